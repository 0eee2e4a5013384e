"""The window to play with the virtual machine: cards, codes, paper, the doctor, and faults."""
