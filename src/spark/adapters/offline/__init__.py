"""A writer and an illustrator that need no key and no network."""
