"""Operators and their shifts."""
