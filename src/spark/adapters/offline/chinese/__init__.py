"""Understanding Chinese messages about a film idea."""
