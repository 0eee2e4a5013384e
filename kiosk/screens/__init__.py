"""The patient's screens (Qt Quick) and the pure functions that turn steps into what they show."""
