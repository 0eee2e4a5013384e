"""What is physically true at one machine: where cards are, what the POS froze, what was printed.

Talks to nothing. It is fed by the Acts that reach a device, and answers only what is so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

from core.ports import (
    CardMoved,
    CardPath,
    CardWritten,
    Done,
    HoldApproved,
    NoSuchTransaction,
    NoteLost,
    NoteOffered,
    NoteReturned,
    NoteTaken,
    PosReceipt,
    Refused,
    SaleApproved,
)
from core.slips import SlipContent

Receipt = TypeVar("Receipt", bound=PosReceipt)


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
class PosSale:
    """Money taken from one card."""

    approved: SaleApproved
    stands: bool = True


@dataclass(slots=True)
class Pos:
    """The bank terminal; remembers its last transaction only."""

    holds: dict[str, PosHold] = field(default_factory=dict)
    sales: dict[str, PosSale] = field(default_factory=dict)
    commands: list[str] = field(default_factory=list)
    last: str = ""

    def place(self, operation_id: str, amount_fen: int) -> HoldApproved:
        """Freeze."""
        receipt = f"{len(self.holds) + 1:04d}"
        approved = _receipt(HoldApproved, operation_id, receipt, amount_fen)
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

    def sell(self, operation_id: str, amount_fen: int) -> SaleApproved:
        """Take."""
        receipt = f"S{len(self.sales) + 1:03d}"
        approved = _receipt(SaleApproved, operation_id, receipt, amount_fen)
        self.sales[operation_id] = PosSale(approved)
        self.last = operation_id
        return approved

    def ask_last_sale(self, operation_id: str) -> SaleApproved | NoSuchTransaction:
        """As `ask_last`."""
        sale = self.sales.get(operation_id)
        found = sale is not None and sale.stands and self.last == operation_id
        return sale.approved if sale is not None and found else NoSuchTransaction()

    def void(self, receipt: str) -> Done | Refused:
        """Once voided it stays so."""
        for sale in self.sales.values():
            if sale.approved.receipt == receipt:
                sale.stands, self.last = False, ""
                return Done()
        return Refused("pos_not_ready")

    @property
    def sold_fen(self) -> int:
        """What was taken from cards and not given back."""
        return sum(sale.approved.amount_fen for sale in self.sales.values() if sale.stands)

    @property
    def held_fen(self) -> int:
        """What is frozen now."""
        return sum(hold.approved.amount_fen for hold in self.holds.values() if hold.held)


def _receipt(kind: type[Receipt], operation_id: str, receipt: str, amount_fen: int) -> Receipt:
    return kind(
        reference=operation_id,
        masked_card="622848****1234",
        auth_code="A00001",
        rrn="000000000001",
        trace="000001",
        receipt=receipt,
        pos_terminal_id="T0000001",
        merchant_id="M000000000001",
        amount_fen=amount_fen,
    )


@dataclass(slots=True)
class Acceptor:
    """Banknotes: one in escrow, and the box. `boxed`: notes by the operation they came in for."""

    escrow: NoteOffered | None = None
    boxed: dict[str, list[int]] = field(default_factory=dict)
    ends: dict[NoteOffered, NoteTaken | NoteReturned] = field(default_factory=dict)

    def offer(self, offered: NoteOffered) -> None:
        """A hand puts one in; whatever was held before is out by then."""
        self.give_back()
        self.escrow = offered

    def take(self, operation_id: str, offered: NoteOffered) -> NoteTaken:
        """To the box."""
        assert self.escrow == offered, "a note that is not held"
        self.escrow = None
        self.boxed.setdefault(operation_id, []).append(offered.denomination_fen)
        self.ends[offered] = NoteTaken(offered.denomination_fen, offered.note_number, offered.at)
        return self.ends[offered]  # type: ignore[return-value]  # the line above

    def give_back(self) -> None:
        """Out again, if one is held; so does the power's coming back."""
        offered, self.escrow = self.escrow, None
        if offered is not None:
            fen, number = offered.denomination_fen, offered.note_number
            self.ends[offered] = NoteReturned(fen, number, offered.at)

    def find(self, offered: NoteOffered) -> NoteTaken | NoteReturned | NoteLost:
        """As it ended; a note that nobody decided about is given back first."""
        self.give_back()
        return self.ends.get(offered, NoteLost())

    @property
    def boxed_fen(self) -> int:
        """Money in the box."""
        return sum(sum(notes) for notes in self.boxed.values())


@dataclass(slots=True)
class Printer:
    """`paper`: what came out. `tried`: what was asked for."""

    paper: list[SlipContent] = field(default_factory=list)
    tried: list[SlipContent] = field(default_factory=list)
