"""What is physically true at one machine: where cards are, what the POS froze, what was printed.

Talks to nothing. It is fed by the Acts that reach a device, and answers only what is so.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from core.ports import (
    CardMoved,
    CardPath,
    CardWritten,
    Done,
    HoldApproved,
    NoSuchTransaction,
    Refused,
)
from core.slips import SlipContent


@dataclass(slots=True)
class Dispenser:
    """One card at a time between stacker and gate. `outside`: numbers in patients' hands."""

    position: str = "none"
    written: str = ""
    stacker: str = "full"
    bin_full: bool = False
    outside: list[str] = field(default_factory=list)
    captured: list[str] = field(default_factory=list)

    def path(self) -> CardPath:
        """Where a card is."""
        return CardPath(self.position, self.stacker, self.bin_full)

    def to_encoder(self) -> CardMoved:
        """A blank card."""
        assert self.position == "none", "two cards in the transport"
        self.position, self.written = "encoder", ""
        return CardMoved()

    def write(self, number: str) -> CardWritten:
        """Only at the encoder."""
        assert self.position == "encoder"
        self.written = number
        return CardWritten("04A1B2C3")

    def present(self) -> CardMoved:
        """To the gate."""
        assert self.position == "encoder"
        self.position = "gate"
        return CardMoved()

    def capture(self) -> CardMoved:
        """To the bin; an empty transport is captured too."""
        if self.position != "none":
            self.captured.append(self.written)
        self.position = "none"
        return CardMoved()

    def pull(self) -> None:
        """The patient takes what lies at the gate, if anything does."""
        if self.position == "gate":
            self.outside.append(self.written)
            self.position = "none"


@dataclass(slots=True)
class PosHold:
    """One frozen amount at the bank."""

    approved: HoldApproved
    held: bool = True


@dataclass(slots=True)
class Pos:
    """The bank terminal; remembers its last transaction only."""

    holds: dict[str, PosHold] = field(default_factory=dict)
    commands: list[str] = field(default_factory=list)
    last: str = ""

    def place(self, operation_id: str, amount_fen: int) -> HoldApproved:
        """Freeze."""
        approved = HoldApproved(
            reference=operation_id,
            masked_card="622848****1234",
            auth_code="A00001",
            rrn="000000000001",
            trace="000001",
            receipt=f"{len(self.holds) + 1:04d}",
            pos_terminal_id="T0000001",
            merchant_id="M000000000001",
            amount_fen=amount_fen,
        )
        self.holds[operation_id] = PosHold(approved)
        self.last = operation_id
        return approved

    def ask_last(self, operation_id: str) -> HoldApproved | NoSuchTransaction:
        """Only our own reference counts, and a release replaces the hold as the last one."""
        hold = self.holds.get(operation_id)
        found = hold is not None and hold.held and self.last == operation_id
        return hold.approved if hold is not None and found else NoSuchTransaction()

    def release(self, receipt: str) -> Done | Refused:
        """In full; once released it stays so."""
        for hold in self.holds.values():
            if hold.approved.receipt == receipt:
                hold.held, self.last = False, ""
                return Done()
        return Refused("pos_not_ready")

    @property
    def held_fen(self) -> int:
        """What is frozen now."""
        return sum(hold.approved.amount_fen for hold in self.holds.values() if hold.held)


@dataclass(slots=True)
class Printer:
    """`paper`: what came out. `tried`: what was asked for."""

    paper: list[SlipContent] = field(default_factory=list)
    tried: list[SlipContent] = field(default_factory=list)
