"""What every part stands on: database, keys, gate, clock, audit, lines to the outside."""
