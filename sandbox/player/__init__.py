"""Plays the product's screens without a person: finds, presses and reads what is shown."""
