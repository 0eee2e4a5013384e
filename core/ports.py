"""What journeys get back from outside: closed result types, and the events devices tell.

Expected outcomes are values, matched with `assert_never`; exceptions are bugs. Three words are
never mixed up: `NotSent` (nothing happened, safe to drop or send again), `Refused` (the other side
answered no), `Unknown` (it may have happened; ask by id, never assume).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.flow import Event
from core.identity import IdDocument


@dataclass(frozen=True, slots=True)
class Refused:
    """The other side's word: no. `reason` is a code of resources/messages (refusal.<reason>).

    `detail`: a short masked text that may be shown, such as a card's last four digits.
    """

    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class NotSent:
    """Nothing reached the other side. `reason` names why (trouble.<reason>)."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Sent, and no trustworthy answer: it may have been done."""

    reason: str


@dataclass(frozen=True, slots=True)
class Done:
    """The other side did it, or had done it before under the same id."""


# --- device outcomes -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DeviceTrouble:
    """A device did not do it, and it is known that nothing happened.

    `reason` is an XFS4IoT-like code: offline, timeout, paper_out, cover_open, cutter_jam, jam,
    empty, bin_full, hardware_error, user_error, busy (trouble.<device>.<reason>).
    """

    device: str
    reason: str


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
class HoldApproved:
    """What the POS told of a pre-authorisation: nothing more of the card ever reaches us.

    `masked_card`: at most first 6 and last 4 digits. `reference`: ours, echoed. `rrn`: the
    acquirer's. `receipt`: the POS's own number, needed to release or complete at this POS.
    """

    reference: str
    masked_card: str
    auth_code: str
    rrn: str
    trace: str
    receipt: str
    pos_terminal_id: str
    merchant_id: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class NoSuchTransaction:
    """The POS answered, and its last transaction does not carry our reference."""


@dataclass(frozen=True, slots=True)
class Printed:
    """Paper cut, and the printer said healthy afterwards."""


# --- events (unasked) ----------------------------------------------------------------------


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
class CodeScanned(Event):
    """A text from the code scanner; may be a payment code, so it is never logged."""

    text: str

    def __repr__(self) -> str:
        return f"CodeScanned({len(self.text)} characters)"


@dataclass(frozen=True, slots=True)
class CardTaken(Event):
    """The card at the dispenser's gate is no longer there: the patient has it."""


@dataclass(frozen=True, slots=True)
class DeviceHealth(Event):
    """A device came, went or changed. `state`: ok | offline | low | out | jammed | unknown."""

    device: str
    state: str
