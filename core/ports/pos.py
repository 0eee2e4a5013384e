"""The bank POS: what it tells of a transaction, and nothing more of the card."""

from __future__ import annotations

from dataclasses import dataclass


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
