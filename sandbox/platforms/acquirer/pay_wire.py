"""What the requests about orders answer (docs/platforms/acquirer.md).

Talks to nothing. What a reader would get wrong: a field that is None is left out on the wire.
"""

from dataclasses import dataclass
from typing import Literal

from sandbox.platforms.acquirer.channels import Channel

StoredState = Literal["NOTPAY", "USERPAYING", "SUCCESS", "CLOSED", "REVOKED"]
FailCode = Literal["AUTH_CODE_INVALID", "AUTH_CODE_EXPIRED", "NOT_ENOUGH", "ORDER_PAID"]
UsedCode = Literal["ORDER_PAID", "ORDER_CLOSED", "ORDER_NO_USED"]
DebitCode = Literal[
    UsedCode,
    "OVER_LIMIT",
    "AGREEMENT_CANCELLED",
    "AGREEMENT_NOT_FOUND",
    "CONTRACT_CANCELLED",
    "CONTRACT_NOT_FOUND",
    "NOT_CONFIRMED",
    "NOT_THE_HOLDER",
    "NOT_ENOUGH",
]


@dataclass(frozen=True, slots=True)
class PayAnswer:
    """``/pay/micropay``, ``/agreements/debit``, ``/credit/debit``."""

    result: Literal["SUCCESS", "USERPAYING", "FAIL", "SYSTEMERROR"]
    channel: Channel | None = None
    transaction_no: str | None = None
    code: FailCode | DebitCode | None = None


@dataclass(frozen=True, slots=True)
class PrecreateAnswer:
    """``/pay/precreate``."""

    result: Literal["SUCCESS", "FAIL"]
    code_url: str | None = None
    code: UsedCode | None = None


@dataclass(frozen=True, slots=True)
class OrderState:
    """``/pay/query``; an order nobody paid has amount 0 and an empty channel."""

    state: StoredState | Literal["NOTFOUND", "REFUND"]
    amount_fen: int
    channel: Channel | Literal[""]
    payer_mask: str | None = None


@dataclass(frozen=True, slots=True)
class CloseAnswer:
    """``/pay/close``."""

    result: Literal["CLOSED", "FAIL"]
    code: Literal["ORDER_PAID"] | None = None


@dataclass(frozen=True, slots=True)
class ReverseAnswer:
    """``/pay/reverse``; ``recall`` belongs to FAIL, the other two to Alipay."""

    result: Literal["REVOKED", "CLOSED", "FAIL"]
    recall: bool | None = None
    action: str | None = None
    retry_flag: str | None = None
