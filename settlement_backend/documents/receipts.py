"""What slips say, in both languages, for whoever prints them (S21, H24, L07).

Reads the books; masked for the kind of terminal that asks. What a reader would get wrong: a slip
tells how things stand now, so a slip printed again after a refund says so; the official invoice is
another paper (`invoices`, `paper`).
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.identity import Audience, mask_name
from settlement_backend.base.shapes import Shape, Words
from settlement_backend.bills.tables import BillLine
from settlement_backend.documents import receipt_words as words
from settlement_backend.documents import slips
from settlement_backend.documents.shapes import SlipShape, slip_shape
from settlement_backend.documents.tables import Slip
from settlement_backend.people.tables import Person
from settlement_backend.prepay.tables import ChangeDue
from settlement_backend.refunds.tables import Refund, RefundPart
from settlement_backend.settling.settling import bills_of, borne, tenders_of
from settlement_backend.settling.tables import Settlement


class ReceiptRow(Shape):
    """One line: `amount_fen` null where it is a text only."""

    label: Words
    text: str
    amount_fen: int | None


class ReceiptSection(Shape):
    """Lines that belong together."""

    title: Words
    rows: tuple[ReceiptRow, ...]


class Receipt(Shape):
    """A slip's content. `patient` is masked; `prints`: how often it was printed so far."""

    kind: str
    title: Words
    slip: SlipShape
    patient: str
    at: str
    sections: tuple[ReceiptSection, ...]
    total_fen: int | None
    prints: int
    footer: Words


def receipt_of(session: Session, slip: Slip, key: bytes, audience: Audience) -> Receipt:
    """Everything to print for a slip of ours."""
    settlement = session.get(Settlement, slip.of) if slip.kind == "S" else None
    refund = session.get(Refund, slip.of) if slip.kind == "S" else None
    title, footer, total_fen = slips.KINDS[slip.kind], words.KEEP, None
    sections: tuple[ReceiptSection, ...] = ()
    if settlement is not None:
        title = words.TITLES.get(settlement.kind, words.SETTLEMENT)
        footer = words.KEEP if settlement.kind == "DEPOSIT" else words.NOTICE
        total_fen, sections = settlement.total_fen, _settled(session, settlement)
    elif refund is not None:
        title, sections = words.REFUND, _refunded(session, refund)
        total_fen = sum(row.amount_fen or 0 for row in sections[0].rows)
    elif slip.kind == "C":
        sections = _change(session, slip)
        total_fen = sum(row.amount_fen or 0 for row in sections[0].rows)
    person = session.get(Person, slip.person_id)
    return Receipt(
        kind=slip.kind,
        title=title,
        slip=slip_shape(session, slip.id, key),
        patient=mask_name(person.name, audience) if person else "",
        at=slip.at,
        sections=sections,
        total_fen=total_fen,
        prints=slip.prints,
        footer=footer,
    )


def _settled(session: Session, row: Settlement) -> tuple[ReceiptSection, ...]:
    """Items of each fee group with its department, who bears what, how the rest was paid."""
    groups = []
    for bill in bills_of(session, row.id):
        lines = select(BillLine).where(BillLine.bill_id == bill.id).order_by(BillLine.place)
        rows = tuple(
            _row(Words(zh=line.name_zh, en=line.name_en), f"×{line.quantity}", line.amount_fen)
            for line in session.scalars(lines)
        )
        title = Words(
            zh=f"{bill.department_zh} {bill.doctor_zh}", en=f"{bill.department_en} {bill.doctor_en}"
        )
        groups.append(ReceiptSection(title=title, rows=rows))
    paid = tuple(
        _row(words.way(tender.kind), tender.label or tender.payer, tender.amount_fen)
        for tender in tenders_of(session, row.id)
        if tender.state == "TAKEN"
    )
    return (*groups, _borne(row), ReceiptSection(title=words.PAID, rows=paid))


def _borne(row: Settlement) -> ReceiptSection:
    """The reimbursement (L07): amounts that are not zero, self-pay always."""
    parts = {
        "FUND": row.fund_fen,
        "ACCOUNT": row.account_fen,
        "MUTUAL": row.mutual_fen,
        "HOSPITAL": row.hospital_fen,
    }
    rows = [_row(words.COMPONENTS[kind], "", fen) for kind, fen in parts.items() if fen]
    self_fen = row.total_fen - borne(row).total_fen
    rows.append(_row(words.COMPONENTS["SELF"], "", self_fen))
    return ReceiptSection(title=words.BORNE, rows=tuple(rows))


def _refunded(session: Session, refund: Refund) -> tuple[ReceiptSection, ...]:
    parts = select(RefundPart).where(RefundPart.refund_id == refund.id).order_by(RefundPart.place)
    rows = tuple(
        _row(words.way(part.route), part.label, part.amount_fen) for part in session.scalars(parts)
    )
    return (ReceiptSection(title=words.BACK, rows=rows),)


def _change(session: Session, slip: Slip) -> tuple[ReceiptSection, ...]:
    due = select(ChangeDue).where(ChangeDue.slip_id == slip.id)
    rows = tuple(_row(words.CHANGE, row.state, row.amount_fen) for row in session.scalars(due))
    return (ReceiptSection(title=slips.KINDS["C"], rows=rows),)


def _row(label: Words, text: str, amount_fen: int | None) -> ReceiptRow:
    return ReceiptRow(label=label, text=text, amount_fen=amount_fen)
