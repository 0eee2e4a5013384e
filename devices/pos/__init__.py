"""Bank POS, one folder a protocol."""
