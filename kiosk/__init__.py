"""Kiosk mode: for patients. `python -m kiosk --config FILE`."""
