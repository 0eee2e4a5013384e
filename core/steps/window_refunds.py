"""Acts of a window about refunds that were asked for anywhere: see, judge, name an account.

No money moves by any of them; it moves in `core/journeys/refund.py`. What a reader would get wrong:
the backend takes the same word of the same person twice, so a judgement whose answer was lost is
simply looked at again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.flow import Act
from core.ports import NotSent, Refused, Unknown
from core.refund_files import RefundFile, RefundFiles


@dataclass(frozen=True, slots=True)
class FetchRefundsIn(Act[RefundFiles | Refused | NotSent | Unknown]):
    """All in one state, of every terminal and campus, newest first."""

    durable: ClassVar[bool] = False
    state: str


@dataclass(frozen=True, slots=True)
class FetchRefundsOf(Act[RefundFiles | Refused | NotSent | Unknown]):
    """All of one patient, newest first."""

    durable: ClassVar[bool] = False
    patient_id: str


@dataclass(frozen=True, slots=True)
class FetchRefundFile(Act[RefundFile | Refused | NotSent | Unknown]):
    """One, as it stands now."""

    durable: ClassVar[bool] = False
    refund_id: str


@dataclass(frozen=True, slots=True)
class JudgeRefund(Act[RefundFile | Refused | NotSent | Unknown]):
    """The reviewer's word, proved by a password. `reason`: why, above all why not."""

    durable: ClassVar[bool] = False
    refund_id: str
    operator: str
    password: str
    approve: bool
    reason: str

    def __repr__(self) -> str:
        return f"JudgeRefund({self.refund_id}, {self.operator}, approve={self.approve})"


@dataclass(frozen=True, slots=True)
class NamePayee(Act[RefundFile | Refused | NotSent | Unknown]):
    """The account of a part that is transferred. `name` only where papers show it: another payer,
    or whoever stands for the dead."""

    durable: ClassVar[bool] = False
    refund_id: str
    part_id: str
    account_no: str
    bank: str
    name: str

    def __repr__(self) -> str:
        return f"NamePayee({self.refund_id}, {self.part_id})"
