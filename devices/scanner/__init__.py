"""Code scanners, one folder a protocol."""
