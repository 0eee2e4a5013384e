"""From admission to discharge."""
