"""Money kept ready for bills, and old balances, at a window."""
