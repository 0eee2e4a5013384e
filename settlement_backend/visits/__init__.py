"""Visits from booking to discharge."""
