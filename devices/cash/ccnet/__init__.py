"""CCNET, CashCode and compatibles (docs/protocols/ccnet.md)."""
