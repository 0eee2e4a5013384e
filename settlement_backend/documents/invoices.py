"""E-invoices: one for each settlement, written off and made anew when a part goes back (B.6).

`owe` and `flush` only write down what is owed, inside the transaction they belong to; the job asks
the bureau afterwards, under the invoice's own number for ever. What a reader would get wrong: what
an invoice says is fixed when it is first asked for, not when its settlement ends, so a refund that
comes earlier needs no write-off.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import assert_never

from sqlalchemy import literal_column, select
from sqlalchemy.orm import Session

from settlement_backend.base.clock import later, stamp
from settlement_backend.base.context import Context
from settlement_backend.base.errors import NoSuch
from settlement_backend.base.outside import NotFound, Silent
from settlement_backend.base.steps import CLOCK, record
from settlement_backend.cases.cases import open_case
from settlement_backend.documents import bureau as finance
from settlement_backend.documents.bureau import AskedBy, Bureau, Issued, Numbered, RefusedBy
from settlement_backend.documents.content import InvoiceContent, content_of, refund_under_way
from settlement_backend.documents.rules import Standing, may_flush
from settlement_backend.documents.tables import Invoice
from settlement_backend.notices import outbox
from settlement_backend.people.tables import Person
from settlement_backend.policy.decision import Decision
from settlement_backend.settling.tables import Settlement

_NUMBER_DIGITS = 28
_MOST_STEPS = 6
_LOOK_AGAIN_S = 60.0
_RED_REASON = "退费"
_UNNAMED = "未具名"


def owe(session: Session, settlement_id: str, now: datetime) -> None:
    """This settlement is to be invoiced; nothing for a deposit (its slip is its voucher, H24)."""
    row = session.get_one(Settlement, settlement_id)
    if row.kind != "DEPOSIT" and row.total_fen:
        _add(session, settlement_id, 0, now, stamp(now))


def flush(session: Session, settlement_id: str, refund_id: str, now: datetime) -> None:
    """A refund was paid: the invoice is written off, and what stays is invoiced anew.

    An invoice that nobody asked for yet will say what stays anyway. While a sheet of paper counts,
    the write-off waits until a window has called it back.
    """
    last = _last(session, settlement_id)
    if last is None or not last.content or last.flush_for or last.state == "NOT_NEEDED":
        return
    last.flush_for, last.next_at = refund_id, stamp(now)
    _add(session, settlement_id, last.place + 1, now, "")
    if not may_flush(standing(last)).allow:
        person_id = session.get_one(Settlement, settlement_id).person_id
        outbox.tell(session, now, person_id, "invoice_recall_needed", refund_id)


def may_refund(session: Session, settlement_id: str) -> Decision:
    """Whether the invoice could be written off now; else its sheet is brought to a window first."""
    last = _last(session, settlement_id)
    return may_flush(standing(last) if last else Standing("NOT_ISSUED"))


def invoices_of(session: Session, settlement_id: str) -> list[Invoice]:
    """All of a settlement, the first one first."""
    wanted = select(Invoice).where(Invoice.settlement_id == settlement_id)
    return list(session.scalars(wanted.order_by(Invoice.place)))


def invoice_of(session: Session, invoice_id: str, *, alone: bool = False) -> Invoice:
    """One; `alone`: nobody else changes it until this transaction ends. Raises NoSuch."""
    row = session.get(Invoice, invoice_id, with_for_update=alone, populate_existing=alone)
    if row is None:
        raise NoSuch("unknown_invoice")
    return row


def standing(row: Invoice) -> Standing:
    """For the rules."""
    return Standing(row.state, flushing=row.flush_for != "")


def number_of(row: Invoice) -> Numbered:
    """The e-invoice's number at the bureau."""
    return Numbered(row.bill_batch_code, row.bill_no)


def _last(session: Session, settlement_id: str) -> Invoice | None:
    wanted = select(Invoice).where(Invoice.settlement_id == settlement_id)
    newest = wanted.order_by(Invoice.place.desc()).limit(1).with_for_update()
    return session.scalar(newest.execution_options(populate_existing=True))


def _add(session: Session, settlement_id: str, place: int, now: datetime, next_at: str) -> None:
    digest = hashlib.sha256(settlement_id.encode()).hexdigest()[:_NUMBER_DIGITS]
    row = Invoice(
        id=f"{digest}-{place}",
        settlement_id=settlement_id,
        place=place,
        state="NOT_ISSUED",
        at=stamp(now),
        next_at=next_at,
    )
    session.add(row)
    session.flush()


class Invoices:
    """The outside steps of all e-invoices."""

    def __init__(self, context: Context, bureau: Bureau) -> None:
        self._db, self._clock, self._policy = context.db, context.clock, context.policy
        self._bureau = bureau

    def unfinished(self) -> list[str]:
        """Those whose next step is due."""
        due = select(Invoice.id).where(
            Invoice.next_at != literal_column("''"), Invoice.next_at <= stamp(self._clock.now())
        )
        with self._db.read() as session:
            return list(session.scalars(due.order_by(Invoice.next_at)))

    def advance(self, invoice_id: str) -> None:
        """Step after step until one has to wait."""
        with self._db.locks.alone(f"invoice/{invoice_id}"):
            for _ in range(_MOST_STEPS):
                if not self._step(invoice_id):
                    break

    def _step(self, invoice_id: str) -> bool:
        """Whether the next one can follow at once."""
        with self._db.read() as session:
            row = invoice_of(session, invoice_id)
        match row.state:
            case "NOT_ISSUED" if row.content:
                return self._issue(row)
            case "NOT_ISSUED":
                return self._compose(row)
            case "E_ISSUED" if row.flush_for:
                return self._write_off(row)
        with self._db.write() as session:
            mine = invoice_of(session, invoice_id, alone=True)
            if mine.state != "E_ISSUED" or not mine.flush_for:
                mine.next_at = ""
        return False

    def _compose(self, row: Invoice) -> bool:
        """Fix what it says, before anybody outside hears of it."""
        now = self._clock.now()
        with self._db.write() as session:
            mine = invoice_of(session, row.id, alone=True)
            settlement = session.get_one(Settlement, mine.settlement_id)
            if refund_under_way(session, settlement.id):
                mine.next_at = later(now, _LOOK_AGAIN_S)
                return False
            content = content_of(session, settlement, self._policy.invoice)
            if not content.total_fen or not content.kind:
                mine.state, mine.next_at = "NOT_NEEDED", ""
                return False
            mine.content, mine.total_fen = content.model_dump_json(), content.total_fen
            mine.asked_at = stamp(now)
        return True

    def _issue(self, row: Invoice) -> bool:
        with self._db.read() as session:
            settlement = session.get_one(Settlement, row.settlement_id)
            payer_name = session.get_one(Person, settlement.person_id).name or _UNNAMED
            actor = AskedBy(settlement.terminal_id, row.asked_at)
        content = InvoiceContent.model_validate_json(row.content)
        word = self._bureau.issue(row.id, payer_name, content, actor)
        if word == RefusedBy(finance.BUSINESS_NO_USED):
            found = self._bureau.find(row.id)
            word = Silent() if isinstance(found, NotFound) else found
        match word:
            case Issued():
                return self._issued(row, word)
            case RefusedBy(code):
                return self._doubt(row, f"the bureau does not issue it: {code}", at_once=True)
            case Silent():
                return self._doubt(row, "no word on issuing it")
            case impossible:
                assert_never(impossible)

    def _issued(self, row: Invoice, word: Issued) -> bool:
        now = self._clock.now()
        with self._db.write() as session:
            mine = invoice_of(session, row.id, alone=True)
            mine.bill_batch_code, mine.bill_no = word.named.batch_code, word.named.number
            mine.check_code, mine.bill_qr = word.check_code, word.bill_qr
            mine.state, mine.issued_at, mine.decide_at = "E_ISSUED", stamp(now), ""
            mine.next_at = stamp(now) if mine.flush_for else ""
            record(session, row.id, "ISSUED", CLOCK, now)
            return bool(mine.flush_for)

    def _write_off(self, row: Invoice) -> bool:
        now = self._clock.now()
        with self._db.write() as session:
            mine = invoice_of(session, row.id, alone=True)
            mine.flush_asked_at = mine.flush_asked_at or stamp(now)
            actor = AskedBy("BACKEND", mine.flush_asked_at)
        word = self._bureau.write_off(number_of(row), f"{row.id}R", _RED_REASON, actor)
        match word:
            case Numbered():
                return self._written_off(row, word)
            case RefusedBy(code):
                return self._doubt(row, f"the bureau does not write it off: {code}", at_once=True)
            case Silent():
                return self._doubt(row, "no word on the write-off")
            case impossible:
                assert_never(impossible)

    def _written_off(self, row: Invoice, scarlet: Numbered) -> bool:
        """The invoice of what stays may be asked for now."""
        now = self._clock.now()
        with self._db.write() as session:
            mine = invoice_of(session, row.id, alone=True)
            mine.state, mine.next_at, mine.decide_at = "RED_FLUSHED", "", ""
            mine.scarlet_batch_code, mine.scarlet_no = scarlet.batch_code, scarlet.number
            record(session, row.id, "RED_FLUSHED", CLOCK, now)
            follower = _last(session, row.settlement_id)
            if follower is not None and follower.place == row.place + 1:
                follower.next_at = stamp(now)
        return False

    def _doubt(self, row: Invoice, evidence: str, *, at_once: bool = False) -> bool:
        """Asked again under its number; at the limit, or after a plain no, a person knows too."""
        now, rules = self._clock.now(), self._policy.doubt
        with self._db.write() as session:
            mine = invoice_of(session, row.id, alone=True)
            mine.decide_at = mine.decide_at or later(now, rules.give_up_after)
            handed_over = at_once or stamp(now) >= mine.decide_at
            mine.next_at = later(now, _LOOK_AGAIN_S if handed_over else rules.ask_every)
            if handed_over:
                open_case(
                    session,
                    rules,
                    now,
                    operation_kind="invoice",
                    operation_id=row.id,
                    amount_fen=mine.total_fen,
                    evidence=evidence,
                    person_id=session.get_one(Settlement, row.settlement_id).person_id,
                )
        return False
