"""The daily files of acquirers, read into rows."""
