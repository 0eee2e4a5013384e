"""Everything that is printed on request."""
