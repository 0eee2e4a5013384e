"""Checks and loop tests of fitted devices, for the command line and for the technician's mode."""
