"""Old prepaid balances on their way back to their owners (W19-W35)."""
