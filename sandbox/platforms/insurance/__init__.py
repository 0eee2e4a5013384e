"""The national insurance platform."""
