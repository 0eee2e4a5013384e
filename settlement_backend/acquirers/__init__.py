"""The banks and wallets as the backend uses them."""
