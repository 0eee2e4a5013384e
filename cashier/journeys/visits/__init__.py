"""Visits at a window: same-day registration, booking, collecting, check-in, exams, guide slips."""
