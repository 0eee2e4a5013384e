"""Journeys all modes share: hold, settle, refund, print a slip."""
