"""Doubts, questions and complaints that a person owns."""
