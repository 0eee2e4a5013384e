"""People at a window: found, registered, given cards, joined, and what they are here."""
