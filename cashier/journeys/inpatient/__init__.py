"""Stays in hospital, at a window."""
