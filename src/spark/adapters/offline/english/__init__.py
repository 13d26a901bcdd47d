"""Understanding English messages about a film idea."""
