"""Pay later, and the credit that all hospitals of a city share."""
