"""The journal of a virtual card terminal: every transaction it made, and the open holds.

Talks to nothing; the terminal saves it. A hold stays one entry for its life, and what completes or
releases it is an entry of its own with the same receipt number, so a receipt has one open hold. The
result codes are those of ZVT (protocol page 5.1), whatever the terminal speaks.
"""

from dataclasses import asdict, dataclass, field
from typing import Literal, cast

from sandbox.units.json_files import Json

Charge = Literal["sale", "reservation", "refund"]
Kind = Charge | Literal["partial_reversal", "book_total", "preauth_reversal", "void"]
State = Literal["held", "completed", "released", "voided", "failed"]
HIGHEST_NUMBER = 9999
DEBITS = frozenset({"sale", "partial_reversal", "book_total"})
NO_RECEIPT = "0000"

CARD_UNREADABLE, TIMEOUT_OR_CANCEL, NOT_POSSIBLE, PROTOCOL_ERROR = 0x64, 0x6C, 0x83, 0x9A
HOST_SILENT, ALREADY_REVERSED, NO_SUCH_TRANSACTION, AMOUNT_TOO_HIGH = 0xA1, 0xB4, 0xB5, 0xB7


@dataclass(slots=True)
class PosEntry:
    """One transaction. ``result`` is 0 or the code it failed with; ``taken_fen`` what was booked
    of a hold, ``refunded_fen`` what went back of a sale. ``container`` is the host's TLV container
    as hex, to be echoed in a repetition. ``by_acquirer``: a hold the acquirer closed."""

    kind: Kind
    reference: str
    amount_fen: int
    state: State
    result: int
    receipt: str
    trace: str
    auth_code: str
    rrn: str
    masked_pan: str
    bank: str
    taken_fen: int
    time: str
    batch: int
    container: str
    reversal_owed: bool = False
    refunded_fen: int = 0
    by_acquirer: bool = False


@dataclass(frozen=True, slots=True)
class BatchTotals:
    """What was booked since the last end of day; receipts are 0000 when nothing was."""

    debit_fen: int
    debit_count: int
    credit_fen: int
    credit_count: int
    first_receipt: str
    last_receipt: str


@dataclass(slots=True)
class PosBooks:
    """All entries, oldest first, and the counters of receipt, trace and batch."""

    entries: list[PosEntry] = field(default_factory=list)
    next_receipt: int = 1
    next_trace: int = 1
    batch: int = 1

    @classmethod
    def from_json(cls, saved: Json) -> "PosBooks":
        """The books as ``to_json`` wrote them."""
        entries = cast(list[dict[str, object]], saved["entries"])
        return cls(
            entries=[PosEntry(**entry) for entry in entries],  # type: ignore[arg-type]
            next_receipt=int(str(saved["next_receipt"])),
            next_trace=int(str(saved["next_trace"])),
            batch=int(str(saved["batch"])),
        )

    def to_json(self) -> Json:
        """Everything, for the state file and for the control channel."""
        return asdict(self)

    def take_receipt(self) -> str:
        """The next receipt number that no open hold carries, four digits."""
        open_receipts = {entry.receipt for entry in self.open_holds()}
        while True:
            receipt = f"{self.next_receipt:04d}"
            self.next_receipt = self.next_receipt % HIGHEST_NUMBER + 1
            if receipt not in open_receipts:
                return receipt

    def take_trace(self) -> str:
        """The next trace number, six digits."""
        trace = f"{self.next_trace:06d}"
        self.next_trace += 1
        return trace

    def last(self) -> PosEntry | None:
        """The last transaction since the end of day."""
        found = self.entries[-1] if self.entries else None
        return found if found is not None and found.batch == self.batch else None

    def open_holds(self) -> list[PosEntry]:
        """Holds that were neither completed nor released."""
        return [e for e in self.entries if e.kind == "reservation" and e.state == "held"]

    def hold(self, receipt: str) -> PosEntry | None:
        """The newest approved hold with this receipt, open or not."""
        return self._newest("reservation", "receipt", receipt)

    def hold_of(self, auth_code: str) -> PosEntry | None:
        """The newest approved hold with this authorisation, open or not."""
        return self._newest("reservation", "auth_code", auth_code)

    def sale(self, receipt: str) -> PosEntry | None:
        """The newest approved sale with this receipt, of whatever batch."""
        return self._newest("sale", "receipt", receipt)

    def sale_of(self, auth_code: str) -> PosEntry | None:
        """The newest approved sale with this authorisation, of whatever batch."""
        return self._newest("sale", "auth_code", auth_code)

    def totals(self) -> BatchTotals:
        """Sales and completions that stand, and refunds, since the last end of day."""
        booked = [e for e in self.entries if e.batch == self.batch and e.state == "completed"]
        debits = [e for e in booked if e.kind in DEBITS]
        refunds = [e for e in booked if e.kind == "refund"]
        receipts = [e.receipt for e in booked if e.kind in DEBITS | {"refund"}] or [NO_RECEIPT]
        return BatchTotals(
            debit_fen=sum(e.amount_fen for e in debits),
            debit_count=len(debits),
            credit_fen=sum(e.amount_fen for e in refunds),
            credit_count=len(refunds),
            first_receipt=receipts[0],
            last_receipt=receipts[-1],
        )

    def close_batch(self) -> None:
        """End of day: a new batch; of older ones than the last only open holds are kept."""
        self.entries = [
            e for e in self.entries if e.batch == self.batch or e.state == "held" or e.reversal_owed
        ]
        self.batch += 1

    def _newest(self, kind: Kind, name: str, value: str) -> PosEntry | None:
        for entry in reversed(self.entries):
            if entry.kind == kind and entry.result == 0 and getattr(entry, name) == value:
                return entry
        return None
