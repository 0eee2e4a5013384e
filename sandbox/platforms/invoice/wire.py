"""Requests and answers of the e-invoice wire (docs/platforms/invoice.md, domain B.6).

Talks to nothing; the e-invoice routes use it. What a reader would get wrong: only the channel HBWC,
the rounding difference, may be negative.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from sandbox.platforms.desk import Refuse, Reset
from sandbox.platforms.faults import FaultOrder
from sandbox.platforms.shapes import BillBatchCode, BillNo, Fen, Text

ROUNDING_CHANNEL = "HBWC"
InvoiceState = Literal["ISSUED", "PAPER_ISSUED", "RED_FLIPPED", "SCARLET"]
PlaceCode = Annotated[str, Field(pattern="^[A-Za-z0-9]{1,20}$")]
Moment = Annotated[str, Field(pattern=r"^\d{17}$")]
PaperBatchCode = BillBatchCode
PaperNo = BillNo
_ROUNDING_BELOW_FEN = 100
_ITEMS_MOST = 100


class Item(BaseModel):
    """One line of an e-invoice."""

    name: Text
    amount_fen: Fen


class Channel(BaseModel):
    """What one pay channel paid."""

    code: Annotated[str, Field(pattern="^[A-Z0-9_]{2,16}$")]
    amount_fen: Annotated[int, Field(strict=True)]


class Issue(BaseModel):
    """``/invoice/issue``."""

    business_no: Text
    kind: Annotated[str, Field(pattern="^(0[1-9]|1[0-2])$")]
    source: Annotated[int, Field(ge=1, le=4, strict=True)]
    place_code: PlaceCode
    operator: Text
    bus_date_time: Moment
    payer_name: Text
    total_fen: Fen
    items: Annotated[list[Item], Field(min_length=1, max_length=_ITEMS_MOST)]
    fund_fen: Fen
    account_fen: Fen
    own_fen: Fen
    channels: Annotated[list[Channel], Field(max_length=20)]

    def parts_sum(self) -> bool:
        """Whether items and payers both make up the total."""
        paid_fen = self.fund_fen + self.account_fen + self.own_fen
        return paid_fen == self.total_fen == sum(item.amount_fen for item in self.items)

    def channels_sum(self) -> bool:
        """Whether the channels, with at most one small difference, make up the total."""
        amounts = {channel.code: channel.amount_fen for channel in self.channels}
        if len(amounts) != len(self.channels) or sum(amounts.values()) != self.total_fen:
            return False
        rounding_fen = amounts.pop(ROUNDING_CHANNEL, 0)
        return abs(rounding_fen) < _ROUNDING_BELOW_FEN and min(amounts.values(), default=0) >= 0


class Action(BaseModel):
    """What every change of an issued e-invoice or of a sheet carries."""

    operator: Text
    bus_date_time: Moment


class WriteOff(Action):
    """``/invoice/write_off``."""

    bill_batch_code: BillBatchCode
    bill_no: BillNo
    business_no: Text
    reason: Text


class BusinessQuery(BaseModel):
    """``/invoice/query`` by the hospital's own number."""

    business_no: Text


class BillQuery(BaseModel):
    """``/invoice/query`` by the e-invoice's number."""

    bill_batch_code: BillBatchCode
    bill_no: BillNo


class NextPaper(BaseModel):
    """``/invoice/paper/next``."""

    place_code: PlaceCode


class Turn(Action):
    """``/invoice/paper/turn``."""

    bill_batch_code: BillBatchCode
    bill_no: BillNo
    place_code: PlaceCode
    paper_batch_code: PaperBatchCode
    paper_no: PaperNo


class Return(Action):
    """``/invoice/paper/return``."""

    bill_batch_code: BillBatchCode
    bill_no: BillNo
    paper_batch_code: PaperBatchCode
    paper_no: PaperNo
    reason: Text


class InvalidateBlank(Action):
    """``/invoice/paper/invalidate_blank``."""

    place_code: PlaceCode
    paper_batch_code: PaperBatchCode
    paper_no: PaperNo
    reason: Text


class SetPaper(BaseModel):
    """So many blank sheets are left at a place."""

    do: Literal["paper"]
    place_code: PlaceCode
    count: Annotated[int, Field(ge=0)]


Control = Annotated[SetPaper | FaultOrder | Refuse | Reset, Field(discriminator="do")]


@dataclass(frozen=True, slots=True)
class Success:
    """The answer that says only that it is done."""

    result: Literal["S0000"] = "S0000"


@dataclass(frozen=True, slots=True)
class Issued:
    """``/invoice/issue``."""

    bill_batch_code: str
    bill_no: str
    random: str
    create_time: str
    bill_qr: str
    picture_url: str
    result: Literal["S0000"] = "S0000"


@dataclass(frozen=True, slots=True)
class WrittenOff:
    """``/invoice/write_off``: the scarlet e-invoice."""

    scarlet_bill_batch_code: str
    scarlet_bill_no: str
    scarlet_random: str
    create_time: str
    bill_qr: str
    picture_url: str
    result: Literal["S0000"] = "S0000"


@dataclass(frozen=True, slots=True)
class InvoiceShown:
    """``/invoice/query``."""

    state: InvoiceState
    business_no: str
    bill_batch_code: str
    bill_no: str
    random: str
    total_fen: int
    create_time: str
    bill_qr: str
    picture_url: str
    paper_batch_code: str
    paper_no: str
    other_bill_batch_code: str
    other_bill_no: str
    result: Literal["S0000"] = "S0000"


@dataclass(frozen=True, slots=True)
class BlankSheet:
    """``/invoice/paper/next``."""

    paper_batch_code: str
    paper_no: str
    result: Literal["S0000"] = "S0000"


@dataclass(frozen=True, slots=True)
class BookedInvoice:
    """An e-invoice in ``GET /books``."""

    business_no: str
    kind: str
    bill_batch_code: str
    bill_no: str
    state: InvoiceState
    total_fen: int
    paper_no: str
    other_bill_no: str


@dataclass(frozen=True, slots=True)
class BookedSheet:
    """A used sheet in ``GET /books``."""

    place_code: str
    paper_batch_code: str
    paper_no: str
    bill_batch_code: str
    bill_no: str
    state: Literal["ISSUED", "VOID"]
    reason: str


@dataclass(frozen=True, slots=True)
class BooksShown:
    """``GET /books``."""

    invoices: list[BookedInvoice]
    sheets: list[BookedSheet]
