"""The window's one page: Qt Widgets over `cashier/steps.py`; it computes no money."""
