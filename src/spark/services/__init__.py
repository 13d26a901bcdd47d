"""The use cases, free of HTTP."""
