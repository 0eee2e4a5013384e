"""The cabinet itself: doors, tamper contact, presence."""

from __future__ import annotations

from dataclasses import dataclass

from core.flow import Event


@dataclass(frozen=True, slots=True)
class CabinetChanged(Event):
    """`name`: cabinet_door, cash_door, tamper or presence. On: open, tampered, somebody there."""

    name: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class PersonLeft(Event):
    """Nobody stands before the machine any more."""
