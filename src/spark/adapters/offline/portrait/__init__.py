"""Portraits drawn by rule: words become traits, traits become a picture."""
