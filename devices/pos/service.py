"""The one contract of a bank POS, whatever language it speaks.

Both protocols fulfil it, so terminal and journeys know no protocol. What a reader would get wrong:
`last` and `last_of` never guess. Without a reference of ours in the POS's answer
(`echoes_reference` false) every doubt is Unknown and goes to a person.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import Protocol, TypeVar

from core.flow import Event
from core.ports import (
    DayEnded,
    DeviceTrouble,
    Done,
    HoldApproved,
    HoldsOpen,
    NoSuchTransaction,
    NotSent,
    PosReceipt,
    RefundApproved,
    Refused,
    SaleApproved,
    Unknown,
)
from devices.checks import Check, Identity

DEVICE = "pos"
NOT_OFFERED = "disabled"

Receipt = TypeVar("Receipt", bound=PosReceipt)


class Pos(Protocol):
    """All calls in one thread, but `cancelled` may be set from any. Amounts in fen."""

    @property
    def echoes_reference(self) -> bool:
        """Whether the POS repeats our reference."""

    def sale(
        self, reference: str, amount_fen: int, cancelled: threading.Event
    ) -> SaleApproved | Refused | NotSent | Unknown:
        """Take money from a card; `cancelled` is a wish to abort, and the POS's answer counts."""

    def hold(
        self, reference: str, amount_fen: int, cancelled: threading.Event
    ) -> HoldApproved | Refused | NotSent | Unknown:
        """Pre-authorise; as `sale`."""

    def complete(
        self, receipt: str, auth_code: str, amount_fen: int, reference: str, *, trace: str = ""
    ) -> Done | Refused | NotSent | Unknown:
        """Book the final amount of a hold, once; what is left of it is freed."""

    def release(self, approved_receipt: str) -> Done | Refused | NotSent | Unknown:
        """Cancel a whole hold; one that is cancelled already is done too."""

    def partial_release(
        self, receipt: str, amount_fen: int, *, reference: str = ""
    ) -> Done | Refused | NotSent | Unknown:
        """Free `amount_fen` of a hold and book the rest."""

    def void(self, receipt: str) -> Done | Refused | NotSent | Unknown:
        """Undo a sale of the same batch; one that is undone already is done too."""

    def refund(
        self, reference: str, amount_fen: int, cancelled: threading.Event, *, receipt: str = ""
    ) -> RefundApproved | Refused | NotSent | Unknown:
        """Money back to a card. `receipt`: of the sale, for a POS that wants to know it."""

    def day_end(self) -> DayEnded | Refused | NotSent | Unknown:
        """Close the POS's batch. Unknown: it may have been closed; ask the acquirer's file."""

    def last(self, reference: str) -> HoldApproved | NoSuchTransaction | NotSent | Unknown:
        """The last transaction, if it is the hold with our reference."""

    def last_of(
        self, kind: type[Receipt], reference: str
    ) -> Receipt | NoSuchTransaction | NotSent | Unknown:
        """The same for any kind; that it was of this kind, only our reference says."""

    def open_holds(self) -> HoldsOpen | NotSent | Unknown:
        """Which holds stand at the POS."""

    def poll(self) -> Iterable[Event]:
        """Health changes."""

    def identity(self) -> Identity | DeviceTrouble:
        """Model with terminal id, software version, serial number: as far as it tells them."""

    def checks(self) -> tuple[Check, ...]:
        """What a technician can try; day end is none, it moves money."""

    def close(self) -> None:
        """Give the line back."""
