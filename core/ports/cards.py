"""Cards: what readers tell unasked, and what the dispenser answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias

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
class CardRead:
    """What is on the card at the dispenser's encoder; `number` None: none of ours."""

    uid: str
    number: str | None


@dataclass(frozen=True, slots=True)
class CaptureCount:
    """How many cards the dispenser drew into its bin since the count was reset."""

    cards: int


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
class SocialCardPresent(Event):
    """A social-security card. `uid`: its identification code; `id_number` says who it is.

    `valid_to`: YYYY-MM-DD, YYYY, or "" when the card does not say it in a known way.
    """

    level: ClassVar[str | None] = "card"
    uid: str
    card_number: str
    id_number: str
    name: str
    version: str
    valid_to: str

    def __repr__(self) -> str:
        return "SocialCardPresent(…)"


@dataclass(frozen=True, slots=True)
class ResidentCardPresent(Event):
    """A resident health card (居民健康卡), which is not a card of this hospital."""

    level: ClassVar[str | None] = "card"
    uid: str
    card_number: str
    id_number: str
    name: str

    def __repr__(self) -> str:
        return "ResidentCardPresent(…)"


CardPresence: TypeAlias = HealthCardPresent | SocialCardPresent | ResidentCardPresent
"""A card in the slot that names a person, and must stay there while that person is served."""


@dataclass(frozen=True, slots=True)
class CardNeedsPsam(Event):
    """A card that shows nothing before a terminal security module has authenticated."""

    level: ClassVar[str | None] = "card"


@dataclass(frozen=True, slots=True)
class BankCardPresent(Event):
    """A bank card in the wrong slot; nothing of it was read."""

    level: ClassVar[str | None] = "card"


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


@dataclass(frozen=True, slots=True)
class CardConfirmed:
    """Read again: the very card that was told is still in the slot."""


@dataclass(frozen=True, slots=True)
class CardSwapped:
    """Read again: another card is there now. No money may move for the first."""


@dataclass(frozen=True, slots=True)
class CardMissing:
    """Asked again: no card is there."""


@dataclass(frozen=True, slots=True)
class CardForgotten(Event):
    """A card that was given back and not taken is in the reader's bin now."""
