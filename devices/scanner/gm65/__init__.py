"""GM65 family of scanners (docs/protocols/gm65.md)."""
