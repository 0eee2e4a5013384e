"""Every way an Act can be answered, taken from the Act's own reply union.

What a reader would get wrong: nothing here is a list of Acts. A reply type that is added to a
union and stands in no row of `_SHAPES` raises KeyError in every test that meets it.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import UnionType
from typing import Any, get_args, get_origin

from core import steps
from core.billing import (
    Hold,
    HoldTerms,
    Reauthorisation,
    Refund,
    Registration,
    Settlement,
    SettlementState,
)
from core.flow import Act
from core.identity import Patient
from core.ports import (
    CardConfirmed,
    CardMissing,
    CardMoved,
    CardPath,
    CardSwapped,
    CardWritten,
    DeviceTrouble,
    Done,
    HoldApproved,
    NoSuchTransaction,
    NoteLost,
    NoteReturned,
    NotesAllowed,
    NoteTaken,
    NotSent,
    Printed,
    Refused,
    SaleApproved,
    Unknown,
)
from core.prepay import ToppedUp
from core.steps import cash, paying, sale
from tests.helpers import paper_model
from tests.helpers.driver import Cut
from tests.helpers.told import TOLD


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to answer. `effect`: "done", "not done", or "late" (done after the next Act).

    `state`: which state, reason or condition of the reply; "" is the ordinary one.
    """

    reply: type
    effect: str = "done"
    state: str = ""


SHUT = "not_authorised"
"""Whoever asks may not, so nothing is said about what was done before."""
REFUND_STATES = ("PAID", "CONFIRMED", "ACCEPTED", "REVIEWED", "REJECTED", "SUSPENSE")
POWER_CUTS = (Variant(Cut, "not done"), Variant(Cut, "done"))
POWER_CUTS_AT_THE_GATE = (
    *POWER_CUTS,
    Variant(Cut, "not done", "card taken meanwhile"),
    Variant(Cut, "done", "card taken meanwhile"),
)
_DEVICES = frozenset(
    {
        steps.FindDispenserCard,
        steps.MoveCardToEncoder,
        steps.WriteCard,
        steps.PresentCard,
        steps.CaptureCard,
        steps.PlaceHoldAtPos,
        steps.AskPosForLast,
        steps.ReleaseHoldAtPos,
        paying.CheckPos,
        paying.PayAtPos,
        paying.AskPosForOrder,
        sale.SellAtPos,
        sale.AskPosForSale,
        sale.VoidSaleAtPos,
        cash.AllowNotes,
        cash.TakeNote,
        cash.ReturnNote,
        cash.StopNotes,
        cash.FindNote,
        steps.CheckPrinter,
        steps.ConfirmCard,
        steps.PrintSlip,
        *paper_model.DEVICES,
    }
)
_PLAIN = (
    *(steps.Intended, steps.Recorded, steps.CardReserved, steps.Departments, steps.Referral),
    *(steps.CaseOpened, Patient, Registration, Hold, Done, Printed),
    *(CardMoved, CardWritten, HoldApproved, NoSuchTransaction),
    *(SaleApproved, ToppedUp, Reauthorisation),
    *(CardConfirmed, *paper_model.REPLIES),
)
_SHAPES: dict[type, tuple[Variant, ...]] = {
    **{plain: (Variant(plain),) for plain in (*_PLAIN, *map(type, TOLD.values()))},
    steps.Bills: (Variant(steps.Bills), Variant(steps.Bills, state="none")),
    NotesAllowed: (Variant(NotesAllowed), Variant(NotesAllowed, state="none")),
    NoteTaken: (Variant(NoteTaken, state="taken"),),
    NoteReturned: (Variant(NoteReturned, state="returned"),),
    NoteLost: (Variant(NoteLost, "not done", "lost"),),
    CardSwapped: (Variant(CardSwapped, state="swapped"),),
    CardMissing: (Variant(CardMissing, state="missing"),),
    steps.JournalBroken: (
        Variant(steps.JournalBroken, "not done"),
        Variant(steps.JournalBroken, "done"),
    ),
    CardPath: (
        Variant(CardPath),
        Variant(CardPath, state="empty"),
        Variant(CardPath, state="bin_full"),
    ),
    HoldTerms: (Variant(HoldTerms), Variant(HoldTerms, state="disabled")),
    Settlement: tuple(Variant(Settlement, state=state) for state in SettlementState),
    Refund: tuple(Variant(Refund, state=state) for state in REFUND_STATES),
    Refused: tuple(
        Variant(Refused, "not done", reason)
        for reason in ("other", "window_only", "needs_tender", "bill_paid", SHUT)
    ),
    NotSent: (Variant(NotSent, "not done", "backend_silent"),),
    Unknown: (Variant(Unknown, "done", "timeout"), Variant(Unknown, "not done", "timeout")),
    DeviceTrouble: (Variant(DeviceTrouble, "not done", "offline"),),
}


def replies_of(act: type[Act[Any]]) -> tuple[type, ...]:
    """The members of an Act's reply union."""
    for base in getattr(act, "__orig_bases__", ()):
        if get_origin(base) is Act:
            (union,) = get_args(base)
            return get_args(union) if isinstance(union, UnionType) else (union,)
    raise TypeError(f"{act.__name__} does not name its replies: class {act.__name__}(Act[...])")


def variants_of(act: type[Act[Any]]) -> tuple[Variant, ...]:
    """All answers to try for this Act. Raises KeyError for a reply type without a shape."""
    found = [variant for reply in replies_of(act) for variant in _SHAPES[reply]]
    if Unknown in replies_of(act) and act not in _DEVICES:
        found.append(Variant(Unknown, "late", "timeout"))
    return tuple(found)
