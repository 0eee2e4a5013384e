"""A bank that takes money for the hospital, the lead one or a partner."""
