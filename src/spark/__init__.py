"""Spark AI: from a conversation to a film project."""

__version__ = "1.0.0"
