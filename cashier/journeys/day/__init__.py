"""The day of a window: who sits there, the drawer, boxes of machines, the daily close, reports."""
