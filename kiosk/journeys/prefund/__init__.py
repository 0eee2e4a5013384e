"""Money kept ready: holds, balances."""
