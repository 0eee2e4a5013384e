"""Cards: what readers tell unasked, and what the dispenser answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.flow import Event
from core.identity import IdDocument


@dataclass(frozen=True, slots=True)
class CardMoved:
    """The dispenser did the move."""


@dataclass(frozen=True, slots=True)
class CardWritten:
    """Number written and read back equal. `uid`: the chip's own number, hex."""

    uid: str


@dataclass(frozen=True, slots=True)
class CardPath:
    """Where a card is inside the dispenser: "none", "gate" or "encoder"."""

    position: str
    stacker: str
    bin_full: bool


@dataclass(frozen=True, slots=True)
class IdCardPresent(Event):
    """An ID card lies on the reader and was read.

    The reader cannot tell when it leaves (protocols.md 1.5): the next patient must not be taken
    for its owner, so it is forgotten with the visit.
    """

    level: ClassVar[str | None] = "id_card"
    of_one_visit: ClassVar[bool] = True
    document: IdDocument


@dataclass(frozen=True, slots=True)
class IdCardUnreadable(Event):
    """A card is there but cannot be read after three tries."""

    level: ClassVar[str | None] = "id_card"


@dataclass(frozen=True, slots=True)
class IdCardGone(Event):
    """The reader is empty."""

    level: ClassVar[str | None] = "id_card"


@dataclass(frozen=True, slots=True)
class HealthCardPresent(Event):
    """A card in the slot. `number` is what the dispenser once wrote on it."""

    level: ClassVar[str | None] = "card"
    uid: str
    number: str

    def __repr__(self) -> str:
        return "HealthCardPresent(…)"


@dataclass(frozen=True, slots=True)
class CardUnreadable(Event):
    """A card in the slot that is not one of ours, or damaged."""

    level: ClassVar[str | None] = "card"
    uid: str


@dataclass(frozen=True, slots=True)
class CardGone(Event):
    """The slot is empty."""

    level: ClassVar[str | None] = "card"


@dataclass(frozen=True, slots=True)
class CardTaken(Event):
    """The card at the dispenser's gate is no longer there: the patient has it."""
