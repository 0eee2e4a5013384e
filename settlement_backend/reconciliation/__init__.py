"""Do our books and the world's agree: terminals, ledger, acquirers, insurance, bank."""
