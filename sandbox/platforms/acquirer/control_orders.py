"""The shapes of a tester's orders to the acquirer, and of what persons do at the bank or by phone.

Come by ``/control``. What a reader would get wrong: plans are forgotten at a restart, what a person
did is in the books.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, NaiveDatetime

from sandbox.platforms.acquirer.channels import Channel, WalletChannel
from sandbox.platforms.acquirer.credit import Form, Product
from sandbox.platforms.acquirer.holds import Completer
from sandbox.platforms.acquirer.movements import FileChannel, Kind
from sandbox.platforms.acquirer.pos_wire import Amount, Text
from sandbox.platforms.acquirer.transfers import ReturnCode
from sandbox.platforms.desk import CommonOrder

Count = Annotated[int, Field(ge=1)]
Polls = Annotated[int, Field(ge=0)]


def date_of(day: str) -> date:
    """The date of ``yyyymmdd``; ValueError when there is no such day."""
    return date(int(day[:4]), int(day[4:6]), int(day[6:]))


def _checked(day: str) -> str:
    date_of(day)
    return day


FileDay = Annotated[str, Field(pattern=r"^20\d{6}$"), AfterValidator(_checked)]


class NextPay(BaseModel):
    """Decides the next payment that would otherwise be judged by its code or contract."""

    do: Literal["next_pay"]
    outcome: Annotated[
        str,
        Field(
            pattern="^(success|userpaying|systemerror|fail:(AUTH_CODE_INVALID|AUTH_CODE_EXPIRED"
            "|NOT_ENOUGH|ORDER_PAID|OVER_LIMIT|AGREEMENT_CANCELLED|CONTRACT_CANCELLED))$"
        ),
    ]
    polls: Polls = 2
    then: Literal["success", "never"] = "success"


class PasswordOver(BaseModel):
    """WeChat payments above this amount wait for a password."""

    do: Literal["password_over"]
    amount_fen: Amount | None


class NextHold(BaseModel):
    """Who can complete the next hold."""

    do: Literal["next_hold"]
    completer: Completer


class NextRefund(BaseModel):
    """The next refund stays PROCESSING for ``polls`` queries."""

    do: Literal["next_refund"]
    outcome: Literal["success", "fail"] = "success"
    polls: Polls = 0


class NextReverse(BaseModel):
    """The next ``count`` reversals answer that the caller must ask again."""

    do: Literal["next_reverse"]
    count: Count = 1


class NextTransfer(BaseModel):
    """How the named or the next transfer ends."""

    do: Literal["next_transfer"]
    outcome: Literal["paid", "returned"]
    code: ReturnCode = "NAME_MISMATCH"
    polls: Polls = 1
    item_no: Text | None = None


class RefundWindow(BaseModel):
    """How many days after the payment a channel still refunds."""

    do: Literal["refund_window"]
    channel: Channel
    days: Polls


class SetClock(BaseModel):
    """The platform's clock stands still at ``now``; None lets it go right again."""

    do: Literal["clock"]
    now: NaiveDatetime | None


PlanOrder = (
    NextPay
    | PasswordOver
    | NextHold
    | NextRefund
    | NextReverse
    | NextTransfer
    | RefundWindow
    | SetClock
)


class ScanQr(BaseModel):
    """A person pays our QR."""

    do: Literal["scan_qr"]
    order_no: Text
    payer: Text


class OneCode(BaseModel):
    """Whether the holder of an e-code token, or everybody else, has signed for one-code pay."""

    do: Literal["one_code"]
    signed: bool
    channel: WalletChannel = "WECHAT"
    ec_token: Text | None = None


class SignAgreement(BaseModel):
    """A payer signs on the phone."""

    do: Literal["sign_agreement"]
    reference: Text
    channel: WalletChannel
    payer: Text
    daily_limit_fen: Amount | None = None
    agreement_no: Text | None = None


class CancelAgreement(BaseModel):
    """A payer ends the agreement on the phone."""

    do: Literal["cancel_agreement"]
    agreement_no: Text


class SignCredit(BaseModel):
    """A person gets a credit line."""

    do: Literal["sign_credit"]
    contract_no: Text
    id_number: Text
    owner: Text
    limit_fen: Amount
    product: Product = "BANK_CREDIT_LINE"
    form: Form = "DIGITAL"


class ShareCredit(BaseModel):
    """The owner of a line lets a relative spend it."""

    do: Literal["share_credit"]
    contract_no: Text
    id_number: Text
    family_contract_no: Text


class CancelCredit(BaseModel):
    """A line ends."""

    do: Literal["cancel_credit"]
    contract_no: Text


class RepayCredit(BaseModel):
    """The owner repays."""

    do: Literal["repay_credit"]
    contract_no: Text
    amount_fen: Amount


class ReturnTransfer(BaseModel):
    """A paid transfer comes back."""

    do: Literal["return_transfer"]
    item_no: Text
    code: ReturnCode = "ACCOUNT_CLOSED"


class AgeOrder(BaseModel):
    """A paid order was paid so many days earlier."""

    do: Literal["age_order"]
    order_no: Text
    days: Count


PersonOrder = (
    ScanQr
    | OneCode
    | SignAgreement
    | CancelAgreement
    | SignCredit
    | ShareCredit
    | CancelCredit
    | RepayCredit
    | ReturnTransfer
    | AgeOrder
)


class DropRow(BaseModel):
    """The files lack a row."""

    do: Literal["drop_row"]
    number: Text
    kind: Kind = "PAY"


class ChangeAmount(BaseModel):
    """The files show another amount."""

    do: Literal["change_amount"]
    number: Text
    kind: Kind = "PAY"
    amount_fen: Amount


class MoveToNextDay(BaseModel):
    """The files show a row a day later."""

    do: Literal["move_to_next_day"]
    number: Text
    kind: Kind = "PAY"


class AddRow(BaseModel):
    """The files show a row that is not in the books."""

    do: Literal["add_row"]
    channel: FileChannel
    day: FileDay
    number: Text
    amount_fen: Amount
    kind: Kind = "PAY"
    original_number: str = ""


class Adjust(BaseModel):
    """The bank corrects a UnionPay payment by hand."""

    do: Literal["adjust"]
    number: Text
    amount_fen: Amount


FileOrder = DropRow | ChangeAmount | MoveToNextDay | AddRow | Adjust

Control = Annotated[PlanOrder | PersonOrder | FileOrder | CommonOrder, Field(discriminator="do")]
