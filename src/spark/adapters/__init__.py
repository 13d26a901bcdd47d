"""The ports' implementations; chosen in `bootstrap` alone."""
