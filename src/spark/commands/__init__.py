"""What an operator does with the data while nobody serves it, or beside those who do."""
