"""What the machine is doing now, in words: one sentence for every Act a patient may wait for.

The sentences are the table of `kiosk/screens/waiting.py`. What a reader would get wrong: leaving is
offered only where it does something, at the bank POS (the POS stops) and while the phone has to
confirm (the backend reverses).
"""

from __future__ import annotations

from typing import Any

from core.billing import PosOrderKind
from core.catalogue import Catalogue
from core.flow import Act
from core.phrase import said, spoken
from core.steps import (
    AskPosForLast,
    CommitSettlement,
    FetchBills,
    FetchHoldTerms,
    FollowSettlement,
    OpenSettlement,
    PlaceHoldAtPos,
    PrintSlip,
    RegisterHold,
)
from core.steps.paying import PayAtPos
from core.steps.sale import SellAtPos
from kiosk.screens.view_parts import View, yuan
from kiosk.screens.waiting import WAITING

_CHECK, _PAY, _SLIP = 1, 2, 3
_OTHER = said("One moment, please")


def progress(act: Act[Any], _: Catalogue) -> View:
    """Title, hint, and what to light up on the machine."""
    match act:
        case PlaceHoldAtPos():
            return _hold_at_pos(act.amount_fen, _)
        case SellAtPos():
            return _sale_at_pos(act.amount_fen, _)
        case PayAtPos() if act.order.kind is PosOrderKind.SALE:
            return _sale_at_pos(act.order.amount_fen, _)
    may_leave = isinstance(act, FollowSettlement)
    hint = (
        _("Please confirm on your phone if it asks you")
        if may_leave
        else _("Please wait a moment. You need not do anything.")
    )
    return {
        "title": spoken(WAITING.get(type(act), _OTHER), _),
        "hint": hint,
        "parts": [],
        "hand": "",
        "amount": "",
        "amount_words": "",
        "steps": [],
        "can_leave": may_leave,
        "step": _place(act),
    }


def _hold_at_pos(amount_fen: int, _: Catalogue) -> View:
    hint = _("The amount is only frozen, nothing is taken")
    return {**_at_pos(amount_fen, _), "hint": hint, "amount_words": _("To be frozen")}


def _sale_at_pos(amount_fen: int, _: Catalogue) -> View:
    hint = _("Exactly this amount is taken from your card")
    return {**_at_pos(amount_fen, _), "hint": hint, "amount_words": _("To pay now")}


def _at_pos(amount_fen: int, _: Catalogue) -> View:
    return {
        "title": _("Please use your bank card at the POS"),
        "parts": ["pos"],
        "hand": "card",
        "amount": yuan(amount_fen),
        "steps": [
            _("Insert or tap the card at the POS"),
            _("Type your PIN if it asks for it"),
            _("Wait until the POS says that it is done"),
        ],
        "can_leave": True,
        "step": _PAY,
    }


def _place(act: Act[Any]) -> int:
    match act:
        case FetchBills() | OpenSettlement() | FetchHoldTerms():
            return _CHECK
        case CommitSettlement() | FollowSettlement() | RegisterHold() | AskPosForLast():
            return _PAY
        case PrintSlip():
            return _SLIP
        case _other:
            return -1
