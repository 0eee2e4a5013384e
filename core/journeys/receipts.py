"""A card terminal's word in the journal: what is kept of it, and how it is read again.

What a reader would get wrong: the masked card and the acquirer's numbers are all that is kept;
nothing else of a card ever reaches the journal.
"""

from __future__ import annotations

from typing import TypeVar

from core.journal.operations import Operation
from core.ports import PosReceipt

Receipt = TypeVar("Receipt", bound=PosReceipt)


def receipt_facts(approved: PosReceipt) -> dict[str, str | int]:
    """What of the POS's word is journaled: masked card, codes and numbers, nothing more."""
    return {
        "reference": approved.reference,
        "masked_card": approved.masked_card,
        "auth_code": approved.auth_code,
        "rrn": approved.rrn,
        "trace": approved.trace,
        "receipt": approved.receipt,
        "pos_terminal_id": approved.pos_terminal_id,
        "merchant_id": approved.merchant_id,
        "amount_fen": approved.amount_fen,
    }


def receipt_in(kind: type[Receipt], operation: Operation) -> Receipt:
    """The word as it was journaled."""
    return kind(
        reference=operation.text("reference"),
        masked_card=operation.text("masked_card"),
        auth_code=operation.text("auth_code"),
        rrn=operation.text("rrn"),
        trace=operation.text("trace"),
        receipt=operation.text("receipt"),
        pos_terminal_id=operation.text("pos_terminal_id"),
        merchant_id=operation.text("merchant_id"),
        amount_fen=operation.number("amount_fen"),
    )
