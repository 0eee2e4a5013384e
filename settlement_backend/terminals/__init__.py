"""Terminals: enrolment, identity, heartbeat."""
