"""The one place that chooses adapters, as the settings say."""
