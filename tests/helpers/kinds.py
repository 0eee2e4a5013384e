"""Every class below another, wherever it stands: known by having been imported."""

from __future__ import annotations

import sys
from typing import TypeVar

Base = TypeVar("Base")


def kinds_of(base: type[Base]) -> set[type[Base]]:
    """All subclasses, at any depth, that are what their module calls by their name.

    A dataclass with slots is made anew; the class it was made of is still known as a subclass.
    """
    below = set(base.__subclasses__())
    found = below.union(*(kinds_of(kind) for kind in below))
    return {k for k in found if getattr(sys.modules[k.__module__], k.__name__, None) is k}
