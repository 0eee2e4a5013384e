"""The national insurance interface as the backend uses it."""
