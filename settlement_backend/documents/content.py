"""What an e-invoice says: its items, who bears them, and the channels they were paid through.

Reads a settlement as it stands: lines that came back are gone, tenders count what is left of them.
What a reader would get wrong: items, payers and channels each sum to the total, and what a drawer
was rounded by stands in one channel `HBWC`, the only amount that may be negative (B.6).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.base.shapes import Shape
from settlement_backend.bills.tables import Bill, BillLine
from settlement_backend.documents.rules import Care, invoice_kind, invoice_source
from settlement_backend.insurance.tables import InsuranceVisit
from settlement_backend.policy.profile import InvoiceRules
from settlement_backend.refunds.tables import Refund
from settlement_backend.settling.settling import bills_of, tenders_of
from settlement_backend.settling.tables import Settlement, Tender
from settlement_backend.terminals.tables import Terminal
from settlement_backend.visits.tables import Registration

ROUNDING = "HBWC"
OTHER_ITEMS = "其他费用"
_MOST_ITEMS = 100
_NAME_LENGTH = 128
_PLACE_LENGTH = 20
_CODE_LENGTH = 16
_NOTHING_CAME_BACK = (None, "ACCEPTED", "REVIEWED", "REJECTED")
_MOVING = ("CONFIRMED", "NEED_REALNAME_RESUBMIT", "PAYOUT_UNKNOWN", "SUSPENSE")
_CHANNELS = {
    "CASH": "CASH",
    "PREPAY_BALANCE": "PREPAY",
    "DEPOSIT": "DEPOSIT",
    "PREAUTH": "CARD",
    "BANK_CARD": "CARD",
    "CREDIT_LINE": "CREDIT",
    "FAMILY_CREDIT_LINE": "CREDIT",
    "COMMERCIAL_DIRECT": "CLAIM",
}


class ItemShape(Shape):
    """One line of an invoice."""

    name: str
    amount_fen: int


class ChannelShape(Shape):
    """What one pay channel paid."""

    code: str
    amount_fen: int


class InvoiceContent(Shape):
    """Fixed when the invoice is asked for, and sent as it is; names nobody.

    What the hospital bears counts with the fund, mutual aid with the personal account: the wire
    has no fields of their own for them, the channels tell them apart.
    """

    kind: str
    source: int
    place_code: str
    total_fen: int
    fund_fen: int
    account_fen: int
    own_fen: int
    items: tuple[ItemShape, ...]
    channels: tuple[ChannelShape, ...]


def lines_standing(session: Session, settlement_id: str) -> list[BillLine]:
    """The lines that were paid and did not come back, in the bills' order; a refund that is only
    asked for has not given anything back."""
    found = select(BillLine, Refund.state).join(Bill, Bill.id == BillLine.bill_id)
    mine = found.outerjoin(Refund, Refund.id == BillLine.refunded_by).where(
        Bill.settlement_id == settlement_id
    )
    ordered = session.execute(mine.order_by(Bill.issued_at, Bill.id, BillLine.place))
    return [line for line, refund_state in ordered if refund_state in _NOTHING_CAME_BACK]


def refund_under_way(session: Session, settlement_id: str) -> bool:
    """Whether amounts are moving: what stays is not known before that refund ends."""
    moving = select(Refund.id).where(
        Refund.settlement_id == settlement_id, Refund.state.in_(_MOVING)
    )
    return session.scalar(moving.limit(1)) is not None


def content_of(session: Session, row: Settlement, rules: InvoiceRules) -> InvoiceContent:
    """As the settlement stands now; a total of 0 needs no invoice."""
    terminal = session.get_one(Terminal, row.terminal_id)
    items = items_of((line.name_zh, line.amount_fen) for line in lines_standing(session, row.id))
    total_fen = sum(item.amount_fen for item in items)
    fund_fen, account_fen = row.fund_fen + row.hospital_fen, row.account_fen + row.mutual_fen
    return InvoiceContent(
        kind=invoice_kind(_care(session, row)),
        source=invoice_source(rules, terminal.kind),
        place_code=place_code(terminal.id),
        total_fen=total_fen,
        fund_fen=fund_fen,
        account_fen=account_fen,
        own_fen=total_fen - fund_fen - account_fen,
        items=items,
        channels=channels_of(total_fen, _paid(row, tenders_of(session, row.id))),
    )


def place_code(terminal_id: str) -> str:
    """The issuing place of a terminal: letters and digits."""
    plain = "".join(each for each in terminal_id if each.isascii() and each.isalnum())
    return plain[:_PLACE_LENGTH] or "0"


def items_of(lines: Iterable[tuple[str, int]]) -> tuple[ItemShape, ...]:
    """Name and fen, equal names together; more than a hundred end in one of all the others."""
    amounts: dict[str, int] = {}
    for name, amount_fen in lines:
        short = name[:_NAME_LENGTH]
        amounts[short] = amounts.get(short, 0) + amount_fen
    items = [ItemShape(name=name, amount_fen=fen) for name, fen in amounts.items()]
    if len(items) <= _MOST_ITEMS:
        return tuple(items)
    kept, rest = items[: _MOST_ITEMS - 1], items[_MOST_ITEMS - 1 :]
    rest_fen = sum(item.amount_fen for item in rest)
    return (*kept, ItemShape(name=OTHER_ITEMS, amount_fen=rest_fen))


def channels_of(total_fen: int, paid_fen: Mapping[str, int]) -> tuple[ChannelShape, ...]:
    """Channels that paid something, and HBWC for what is missing or too much."""
    amounts = {code: fen for code, fen in paid_fen.items() if fen}
    difference_fen = total_fen - sum(amounts.values())
    if difference_fen:
        amounts[ROUNDING] = difference_fen
    return tuple(ChannelShape(code=code, amount_fen=fen) for code, fen in amounts.items())


def _paid(row: Settlement, tenders: Sequence[Tender]) -> dict[str, int]:
    paid_fen = {
        "FUND": row.fund_fen,
        "ACCOUNT": row.account_fen,
        "MUTUAL": row.mutual_fen,
        "HOSPITAL": row.hospital_fen,
    }
    for tender in tenders:
        if tender.state == "TAKEN":
            code = channel_code(tender.kind, tender.channel)
            paid_fen[code] = paid_fen.get(code, 0) + _left_fen(tender)
    return paid_fen


def _left_fen(tender: Tender) -> int:
    """What a tender still pays; the drawer's rounding belongs to one that is whole."""
    rounding_fen = 0 if tender.refunded_fen else tender.rounding_fen
    return tender.amount_fen - tender.refunded_fen + rounding_fen


def channel_code(kind: str, channel: str) -> str:
    """A tender as the bureau names its channel: 2 to 16 capitals."""
    return (_CHANNELS.get(kind) or channel or kind)[:_CODE_LENGTH]


def _care(session: Session, row: Settlement) -> Care:
    bill = next((bill for bill in bills_of(session, row.id) if bill.registration_id), None)
    registration = session.get(Registration, bill.registration_id) if bill else None
    visit = session.get(InsuranceVisit, registration.id) if registration else None
    visit = visit or session.get(InsuranceVisit, row.id)
    return Care(
        row.kind, registration.scene if registration else "", visit.med_type if visit else ""
    )
