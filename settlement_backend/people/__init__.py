"""People, their media and who may act for them."""
