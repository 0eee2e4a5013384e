"""Refunds at a window: what was asked for anywhere is seen, judged, and carried out."""
