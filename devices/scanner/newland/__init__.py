"""Newland scan engines (docs/protocols/newland.md)."""
