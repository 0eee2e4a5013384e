"""The journal of the virtual card terminal: every transaction it made, and the open holds.

Talks to nothing; the terminal saves it. A hold stays one entry for its life, and what completes or
releases it is an entry of its own with the same receipt number, so a receipt has one open hold.
"""

from dataclasses import asdict, dataclass, field
from typing import Literal, cast

from sandbox.units.json_files import Json

Kind = Literal["reservation", "partial_reversal", "book_total", "preauth_reversal"]
State = Literal["held", "completed", "released", "failed"]
HIGHEST_NUMBER = 9999


@dataclass(slots=True)
class PosEntry:
    """One transaction. ``result`` is 0 or the code it failed with; ``taken_fen`` what was booked
    of a hold. ``container`` is the host's TLV container as hex, to be echoed in a repetition."""

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

    def open_holds(self) -> list[PosEntry]:
        """Holds that were neither completed nor released."""
        return [e for e in self.entries if e.kind == "reservation" and e.state == "held"]

    def hold(self, receipt: str) -> PosEntry | None:
        """The newest approved hold with this receipt, open or not."""
        for entry in reversed(self.entries):
            if entry.kind == "reservation" and entry.receipt == receipt and entry.result == 0:
                return entry
        return None

    def booked_in_batch_fen(self) -> int:
        """What was booked since the last end of day."""
        return sum(
            entry.amount_fen
            for entry in self.entries
            if entry.batch == self.batch
            and entry.state == "completed"
            and entry.kind != "reservation"
        )
