"""A commercial insurer."""
