"""Booklet vending: what came out, and what is in the slots.

What a reader would get wrong: the words are answers of `vend`, and events when they come after
`vend` had to answer `Unknown`.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.flow import Event


@dataclass(frozen=True, slots=True)
class Vended(Event):
    """The drop was seen: the goods are with the patient."""

    selection: int


@dataclass(frozen=True, slots=True)
class NotVended(Event):
    """A late word: nothing was delivered. `reason`: trouble.vending.<reason>."""

    selection: int
    reason: str


@dataclass(frozen=True, slots=True)
class VendingSlot:
    """One selection as the controller knows it."""

    selection: int
    stock: int
    capacity: int
    is_paused: bool


@dataclass(frozen=True, slots=True)
class VendingDoorChanged(Event):
    """The vending part's door."""

    is_open: bool
