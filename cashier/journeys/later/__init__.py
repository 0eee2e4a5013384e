"""Treat first, pay later, at a window."""
