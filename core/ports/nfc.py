"""The NFC tap point: a phone read what we offered, or a tag told us something."""

from __future__ import annotations

from dataclasses import dataclass

from core.flow import Event


@dataclass(frozen=True, slots=True)
class TapRead(Event):
    """A phone has read the whole of what is offered; told once for each offer."""


@dataclass(frozen=True, slots=True)
class TagRead(Event):
    """A tag or phone was held to the tap point. `text`: its first URI or text, "" without one.

    A text may be a person's, so it is never logged. `uid`: hex.
    """

    uid: str
    text: str

    def __repr__(self) -> str:
        return "TagRead(…)"
