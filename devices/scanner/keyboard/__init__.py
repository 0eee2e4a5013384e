"""Scanners that present themselves as keyboards (docs/protocols/evdev.md)."""
