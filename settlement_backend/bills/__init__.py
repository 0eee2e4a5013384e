"""Fee groups of a visit."""
