"""Cashier mode: for a staffed window. `python -m cashier --config FILE`."""
