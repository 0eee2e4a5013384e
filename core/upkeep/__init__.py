"""The state of the machine as its journal tells it: devices, tests, consumables, cash box.

Nothing here keeps a file of its own: levels and histories are folds over audit records, so they
survive what the journal survives. Talks to nothing.
"""
