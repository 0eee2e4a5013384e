"""Treat first, pay later; what is signed elsewhere."""
