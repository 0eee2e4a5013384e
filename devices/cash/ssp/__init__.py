"""ITL SSP in plain mode (docs/protocols/ssp.md)."""
