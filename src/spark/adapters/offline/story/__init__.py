"""Telling a story from an idea, and describing the people in it."""
