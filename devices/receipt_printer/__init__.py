"""Receipt printers, one folder a protocol."""
