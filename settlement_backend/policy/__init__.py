"""The hospital's policy profile."""
