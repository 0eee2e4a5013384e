"""The technician's stories: sign in, look, test, count; `terminal.upkeep` carries them out."""
