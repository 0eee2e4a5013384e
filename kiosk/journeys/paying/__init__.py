"""Bills and what pays them."""
