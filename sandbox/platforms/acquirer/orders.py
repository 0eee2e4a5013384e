"""One order, and what the requests ask that open one (domain B.2, B.3).

Talks to nothing; the wallet's books keep the orders. What a reader would get wrong: an order is
the money of every source, a debit of a credit line as much as a pay code.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sandbox.platforms.acquirer.channels import Channel, WalletChannel
from sandbox.platforms.acquirer.pay_wire import DebitCode, FailCode, StoredState

Source = Literal["CODE", "QR", "AGREEMENT", "CREDIT"]
FOR_EVER = -1


@dataclass(frozen=True, slots=True)
class PayPlan:
    """How a payment goes: the first answer, then USERPAYING for ``polls`` queries, then SUCCESS.

    ``polls`` FOR_EVER never succeeds; ``fail`` refuses at once.
    """

    first: Literal["SUCCESS", "USERPAYING", "SYSTEMERROR"] = "SUCCESS"
    polls: int = 0
    fail: FailCode | DebitCode | None = None


@dataclass(slots=True)
class Qr:
    """What belongs to an order that is paid by scanning our QR."""

    code_url: str
    payer_note: str
    closes_at: datetime


@dataclass(slots=True)
class Order:
    """One payment; ``polls_left`` counts the queries that still answer USERPAYING.

    ``account_no`` is the agreement or credit contract that pays, "" for codes and QRs. ``channel``
    is "" for a number that was closed before anybody paid.
    """

    order_no: str
    auth_code: str
    channel: Channel | Literal[""]
    amount_fen: int
    state: StoredState
    polls_left: int
    transaction_no: str
    source: Source = "CODE"
    account_no: str = ""
    payer_mask: str = ""
    patient_digest: str = ""
    description: str = ""
    confirmed: bool = False
    qr: Qr | None = None


@dataclass(frozen=True, slots=True)
class CodePayment:
    """``/pay/micropay`` as the books see it."""

    order_no: str
    auth_code: str
    amount_fen: int
    description: str


@dataclass(frozen=True, slots=True)
class Debit:
    """``/agreements/debit`` and ``/credit/debit`` as the books see it."""

    order_no: str
    channel: Channel
    amount_fen: int
    source: Literal["AGREEMENT", "CREDIT"]
    account_no: str
    payer_mask: str
    description: str = ""
    patient_digest: str = ""


@dataclass(frozen=True, slots=True)
class QrPayment:
    """``/pay/precreate`` as the books see it."""

    order_no: str
    channel: WalletChannel
    amount_fen: int
    description: str
    payer_note: str
