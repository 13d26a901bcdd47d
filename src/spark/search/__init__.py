"""What searching for words means: pure text, whichever store keeps it."""
