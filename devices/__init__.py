"""Drivers on the devices' real protocols; never Qt, never the backend.

Each device: transport seam, pure coder (`frames.py`), driver (one method a command), status, and a
service that opens lazily and reconnects. What a reader would get wrong: no mock lives here; a
settings path such as `serial:…` or `tcp:…` is all that differs between a real and a virtual unit.
"""
