"""The technician's mode: what the machine knows of itself, its tests, and what to do about them."""
