"""Everything behind the backend as HTTP programs of their own (docs/platforms.md).

A package or module a platform; what they share stands beside them: `desk` (answers, faults, books
that survive a restart), `clock`, `shapes`. What a reader would get wrong: nothing here imports a
product package, because one mistake must not satisfy both ends.
"""
