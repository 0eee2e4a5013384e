"""The shared words of Zhenfu: money, people, bills, operations, steps and journeys.

Standard library only; no Qt, no threads, no network. Everything else may import this package,
and it imports nothing of ours.
"""
