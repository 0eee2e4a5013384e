"""Pre-authorisations."""
