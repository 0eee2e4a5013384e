"""The patient's stories, each from its tile to its end."""
