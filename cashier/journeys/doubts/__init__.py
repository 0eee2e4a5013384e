"""Doubts at a window: cases, where somebody's money is, enquiries and complaints, problems."""
