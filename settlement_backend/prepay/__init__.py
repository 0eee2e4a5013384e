"""Prepaid balances: what came in, what is left, and how the old ones go back to their owners."""
