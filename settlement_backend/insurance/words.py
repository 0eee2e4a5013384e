"""What the insurance says, in closed words: the answers of every method of `Insurance`.

Talks to nobody. What a reader would get wrong: `RefusedBy` is the platform's own word that nothing
was done; whatever is not such a word is `Silent`, which decides nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from settlement_backend.base.outside import Done, NotFound, Silent

__all__ = [
    "Decoded",
    "Done",
    "Expired",
    "FeeLine",
    "FundPart",
    "Insured",
    "NotFound",
    "NotInsured",
    "RefusedBy",
    "Silent",
    "Split",
    "Status",
]


@dataclass(frozen=True, slots=True)
class Decoded:
    """The person behind an e-code. The token stands for the code once."""

    id_number: str
    token: str
    name: str = ""

    def __repr__(self) -> str:
        return "Decoded(…)"


@dataclass(frozen=True, slots=True)
class Expired:
    """The code is expired, used for this purpose, or nobody's: a new one is needed."""


@dataclass(frozen=True, slots=True)
class Insured:
    """An active insurance (1101). `insutype`: 310 employee, 390 resident (insutypes.py).

    `region`: six digits, where the person is insured; `local`: in this hospital's pooling area;
    `identities`: special identities in the hospital's words (S20), served by a window only.
    """

    psn_no: str
    insutype: str
    balance_fen: int
    region: str = ""
    local: bool = True
    identities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotInsured:
    """The platform does not know this person, or no insurance of theirs is active."""


class Status(StrEnum):
    """How a person's insurance stands (N03)."""

    NORMAL = "NORMAL"
    PAUSED = "PAUSED"
    NONE = "NONE"


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One line of a bill. `insurance_class`: A, B or OWN."""

    line_id: str
    amount_fen: int
    insurance_class: str


@dataclass(frozen=True, slots=True)
class FundPart:
    """What one fund bears of the whole fund part. `kind`: see setlinfo.FUNDS."""

    kind: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Split:
    """Who bears what; the five parts never overlap and sum to the bill.

    `mutual_fen`: relatives' accounts (B.9), `hospital_fen`: borne by the hospital, `fund_parts`:
    which funds make up `fund_fen`. `setl_id` is "" for a quote.
    """

    fund_fen: int
    account_fen: int
    cash_fen: int
    setl_id: str = ""
    mutual_fen: int = 0
    hospital_fen: int = 0
    fund_parts: tuple[FundPart, ...] = ()

    @property
    def total_fen(self) -> int:
        """The bill."""
        insured_fen = self.fund_fen + self.account_fen + self.mutual_fen
        return insured_fen + self.hospital_fen + self.cash_fen


@dataclass(frozen=True, slots=True)
class RefusedBy:
    """The platform's own words; nothing was done."""

    text: str
