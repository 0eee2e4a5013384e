"""What a terminal commits to, and the words that travel with it in memory only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wish:
    """`key` is the request's own, for ever. `auth_code`: a wallet's code for SCAN, the insurance
    e-code for ONE_CODE, the channel of the QR for REMOTE, "" else.

    Cash: `handed_fen` was put in (0: exactly what is taken), `change_fen` the machine gave back.
    `amount_fen` is all that is due; `part_cash_fen` of it is cash in a cashier's hand.
    """

    key: str
    tender: str
    auth_code: str
    amount_fen: int
    handed_fen: int = 0
    change_fen: int = 0
    part_cash_fen: int = 0

    @property
    def tender_fen(self) -> int:
        """What the tender takes."""
        return self.amount_fen - self.part_cash_fen

    def __repr__(self) -> str:
        return f"Wish({self.tender}, {self.amount_fen})"


def automatic_key(settlement_id: str) -> str:
    """The key of a settlement that is paid with nobody present; no terminal's key is like it."""
    return f"{settlement_id}/automatic"


@dataclass(frozen=True, slots=True)
class OneCode:
    """A credential that pays the due amount once, and the channel it comes from."""

    channel: str
    auth_code: str

    def __repr__(self) -> str:
        return f"OneCode({self.channel}, …)"
