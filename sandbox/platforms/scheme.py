"""The rule of the simulated insurance scheme: who pays which part of a bill.

Talks to nothing. What a reader would get wrong: the parts are rounded once, on the sum of the
classes, and the person's part is what is left, so the parts always add up.
"""

from dataclasses import dataclass
from typing import Literal

FeeClass = Literal["01", "02", "03"]
# 01 (甲): the fund pays 80 %. 02 (乙): 10 % first by the person, 80 % of the rest. 03: nothing.
_FUND_PERCENT: dict[FeeClass, int] = {"01": 80, "02": 72, "03": 0}


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One fee line of a bill."""

    number: str
    amount_fen: int
    fee_class: FeeClass


@dataclass(frozen=True, slots=True)
class Shares:
    """``total`` = ``fund`` + ``account`` + ``cash``, all in fen."""

    total_fen: int
    fund_fen: int
    account_fen: int
    cash_fen: int


def share(lines: list[FeeLine], account_fen: int) -> Shares:
    """Split a bill; the personal account pays the person's part of 01 and 02 while it lasts."""
    total = sum(line.amount_fen for line in lines)
    insured = sum(line.amount_fen for line in lines if line.fee_class != "03")
    # Half up to the fen, in whole hundredths of a fen.
    fund = (sum(line.amount_fen * _FUND_PERCENT[line.fee_class] for line in lines) + 50) // 100
    account = min(account_fen, insured - fund)
    return Shares(total, fund, account, total - fund - account)
