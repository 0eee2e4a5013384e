"""The window's stories: a shift, one patient, one refund. Money moves by core's journeys alone."""
