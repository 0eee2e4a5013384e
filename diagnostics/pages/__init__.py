"""The technician's one page and its sections. Widgets; talks only to the runner."""
