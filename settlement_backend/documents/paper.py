"""The one official sheet of an invoice: a print token for one terminal at a time (S25, C11, B.6).

Talks to the bureau outside of transactions. What a reader would get wrong: from the exchange on
the sheet counts, printed or not; so a terminal that dies leaves PRINT_UNCERTAIN, never a second
token, and only a window that holds the sheet (or knows that it is lost) goes on from there.
"""

from __future__ import annotations

import hashlib
from typing import assert_never

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from settlement_backend.base.clock import later, stamp
from settlement_backend.base.context import Context
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.base.outside import Done, NoWord, Silent
from settlement_backend.base.steps import CLOCK, Actor, record
from settlement_backend.documents import bureau as finance
from settlement_backend.documents.bureau import AskedBy, Bureau, Numbered, RefusedBy
from settlement_backend.documents.content import place_code
from settlement_backend.documents.invoices import invoice_of, number_of, standing
from settlement_backend.documents.rules import may_print
from settlement_backend.documents.tables import Invoice, InvoiceSheet
from settlement_backend.policy.decision import noted, required

_TOKEN_DIGITS = 32
_MOST_SHEETS = 4
_WITH_A_TERMINAL = ("TURNING", "PRINTING")
_CALLED_BACK = ("PRINTED", "UNCERTAIN", "RETURNING")


def token_of(key: str) -> str:
    """The print token of a request's key: the same key, the same sheet."""
    return hashlib.sha256(f"sheet/{key}".encode()).hexdigest()[:_TOKEN_DIGITS]


class Paper:
    """All sheets of all places."""

    def __init__(self, context: Context, bureau: Bureau) -> None:
        self._context, self._db, self._clock = context, context.db, context.clock
        self._rules, self._bureau = context.policy.invoice, bureau

    # --- a terminal prints

    def take(self, invoice_id: str, key: str, where: Actor) -> InvoiceSheet:
        """The token and its sheet. Raises Refused by `rules.may_print`, `invoice.no_paper`,
        `invoice.paper_refused`, and NoWord: the same key goes on with the same sheet."""
        token = token_of(key)
        with self._db.locks.alone(f"invoice/{invoice_id}"):
            self._claim(invoice_id, token, where)
            for _ in range(_MOST_SHEETS):
                sheet = self._turned(token, where)
                if sheet is not None:
                    return sheet
            self._drop(token)
            raise Refused("invoice.paper_refused")

    def _claim(self, invoice_id: str, token: str, where: Actor) -> None:
        """Whoever changes the state first has the sheet."""
        now = self._clock.now()
        with self._db.write() as session:
            if session.get(InvoiceSheet, token) is not None:
                return
            row = invoice_of(session, invoice_id)
            decision = may_print(self._rules, where.terminal_kind, standing(row))
            about = ("print_invoice", invoice_id)
            noted(session, self._clock, where.terminal_id, where.operator, *about, decision)
        required(decision)
        with self._db.write() as session:
            if not _move(session, invoice_id, ("E_ISSUED",), "PRINTING", Invoice.flush_for == ""):
                raise Refused("invoice.being_printed", "IN-ONCE")
            session.add(
                InvoiceSheet(
                    id=token,
                    invoice_id=invoice_id,
                    terminal_id=where.terminal_id,
                    place_code=place_code(where.terminal_id),
                    state="TURNING",
                    operator=where.operator,
                    at=stamp(now),
                    expires_at=later(now, self._rules.print_token_minutes * 60),
                )
            )

    def _turned(self, token: str, where: Actor) -> InvoiceSheet | None:
        """The sheet when the exchange stands; None when another number must be tried."""
        sheet, row = self._look(token)
        if sheet.state == "PRINTING":
            return sheet
        if sheet.state != "TURNING":
            raise Refused("invoice.token_over")
        paper = Numbered(sheet.paper_batch_code, sheet.paper_no)
        if not sheet.paper_no:
            paper = self._next_sheet(sheet)
        actor = AskedBy(where.named, sheet.at)
        word = self._bureau.turn(number_of(row), sheet.place_code, paper, actor)
        match word:
            case Done():
                return self._out(token, where)
            case RefusedBy(finance.NOT_NEXT_SHEET | finance.SHEET_USED):
                self._renumber(token, Numbered("", ""))
                return None
            case RefusedBy(code):
                self._drop(token)
                raise Refused("invoice.paper_refused", code)
            case Silent():
                raise NoWord
            case impossible:
                assert_never(impossible)

    def _next_sheet(self, sheet: InvoiceSheet) -> Numbered:
        """Its number is written before the exchange is asked for."""
        word = self._bureau.next_sheet(sheet.place_code)
        match word:
            case Numbered():
                self._renumber(sheet.id, word)
                return word
            case RefusedBy(code):
                self._drop(sheet.id)
                reason = "no_paper" if code == finance.NO_SHEET else "paper_refused"
                raise Refused(f"invoice.{reason}", code)
            case Silent():
                raise NoWord
            case impossible:
                assert_never(impossible)

    def _renumber(self, token: str, paper: Numbered) -> None:
        with self._db.write() as session:
            sheet = session.get_one(InvoiceSheet, token)
            sheet.paper_batch_code, sheet.paper_no = paper.batch_code, paper.number

    def _out(self, token: str, where: Actor) -> InvoiceSheet:
        now = self._clock.now()
        with self._db.write() as session:
            sheet = session.get_one(InvoiceSheet, token)
            sheet.state = "PRINTING"
            sheet.expires_at = later(now, self._rules.print_token_minutes * 60)
            record(session, sheet.invoice_id, "TOKEN", where, now, sheet.paper_no)
            return sheet

    def _drop(self, token: str) -> None:
        """No sheet was exchanged: the invoice may be printed elsewhere."""
        with self._db.write() as session:
            sheet = session.get_one(InvoiceSheet, token)
            if sheet.state == "TURNING":
                sheet.state = "DROPPED"
                _move(session, sheet.invoice_id, ("PRINTING",), "E_ISSUED")
                _wake(session, sheet.invoice_id, stamp(self._clock.now()))

    def report(self, session: Session, token: str, outcome: str, where: Actor) -> InvoiceSheet:
        """What the printer said: PRINTED or UNCERTAIN. Raises Refused `invoice.token_over`.

        PRINTED may come late: a terminal that was given up may still find out.
        """
        sheet = self._mine(session, token, where)
        before = ("PRINTING", "UNCERTAIN") if outcome == "PRINTED" else ("PRINTING",)
        if sheet.state == outcome:
            return sheet
        if sheet.state not in before:
            raise Refused("invoice.token_over", sheet.state)
        self._end(session, sheet, outcome, where, outcome)
        return sheet

    def _mine(self, session: Session, token: str, where: Actor) -> InvoiceSheet:
        sheet = session.get(InvoiceSheet, token)
        if sheet is None or sheet.terminal_id != where.terminal_id or not sheet.invoice_id:
            raise NoSuch("unknown_token")
        invoice_of(session, sheet.invoice_id, alone=True)
        session.refresh(sheet)
        return sheet

    def _end(
        self, session: Session, sheet: InvoiceSheet, outcome: str, where: Actor, step: str
    ) -> None:
        now = self._clock.now()
        sheet.state = outcome
        sheet.printed_at = stamp(now) if outcome == "PRINTED" else ""
        after = "PRINTED" if outcome == "PRINTED" else "PRINT_UNCERTAIN"
        _move(session, sheet.invoice_id, ("PRINTING", "PRINT_UNCERTAIN"), after)
        record(session, sheet.invoice_id, step, where, now, sheet.paper_no)

    # --- what the clock finds

    def expire(self) -> None:
        """Tokens nobody answered for: nobody knows whether the paper carries anything."""
        now = stamp(self._clock.now())
        late = select(InvoiceSheet.id).where(
            InvoiceSheet.state.in_(_WITH_A_TERMINAL), InvoiceSheet.expires_at < now
        )
        with self._db.read() as session:
            tokens = list(session.scalars(late))
        for token in tokens:
            self._expire(token, now)

    def _expire(self, token: str, now: str) -> None:
        with self._db.read() as session:
            invoice_id = session.get_one(InvoiceSheet, token).invoice_id
        with self._db.locks.alone(f"invoice/{invoice_id}"):
            with self._db.write() as session:
                invoice_of(session, invoice_id, alone=True)
                sheet = session.get_one(InvoiceSheet, token)
                given_up = sheet.state in _WITH_A_TERMINAL and sheet.expires_at < now
                asked = sheet.state == "PRINTING" or sheet.paper_no != ""
                if given_up and asked:
                    self._end(session, sheet, "UNCERTAIN", CLOCK, "UNCERTAIN")
            if given_up and not asked:
                self._drop(token)

    # --- a window settles it

    def recall(self, invoice_id: str, reason: str, where: Actor) -> None:
        """The sheet is here, or lost for good: it is void, and another may be printed.

        Raises Refused `invoice.no_sheet`, `invoice.being_printed`, `invoice.paper_refused`, and
        NoWord.
        """
        now = self._clock.now()
        with self._db.locks.alone(f"invoice/{invoice_id}"):
            with self._db.write() as session:
                row = invoice_of(session, invoice_id, alone=True)
                sheet = counting(session, invoice_id)
                if sheet is None:
                    raise Refused("invoice.no_sheet")
                if sheet.state in _WITH_A_TERMINAL:
                    raise Refused("invoice.being_printed")
                sheet.state, sheet.reason = "RETURNING", sheet.reason or reason
                sheet.returned_at = sheet.returned_at or stamp(now)
            paper = Numbered(sheet.paper_batch_code, sheet.paper_no)
            actor = AskedBy(where.named, sheet.returned_at)
            word = self._bureau.call_back(number_of(row), paper, sheet.reason, actor)
            match word:
                case Done() | RefusedBy(finance.NOT_THIS_SHEET):
                    self._void(sheet.id, where)
                case RefusedBy(code):
                    raise Refused("invoice.paper_refused", code)
                case Silent():
                    raise NoWord
                case impossible:
                    assert_never(impossible)

    def _void(self, token: str, where: Actor) -> None:
        now = self._clock.now()
        with self._db.write() as session:
            sheet = session.get_one(InvoiceSheet, token)
            sheet.state, sheet.printed_at = "VOID", ""
            _move(session, sheet.invoice_id, ("PRINTED", "PRINT_UNCERTAIN"), "E_ISSUED")
            record(session, sheet.invoice_id, "RECALLED", where, now, sheet.paper_no)
            _wake(session, sheet.invoice_id, stamp(now))

    def mark_printed(self, session: Session, invoice_id: str, where: Actor) -> None:
        """Somebody saw the sheet: it is good. Raises Refused `invoice.not_uncertain`."""
        invoice_of(session, invoice_id, alone=True)
        sheet = counting(session, invoice_id)
        if sheet is None or sheet.state != "UNCERTAIN":
            raise Refused("invoice.not_uncertain")
        self._end(session, sheet, "PRINTED", where, "MARKED_PRINTED")

    def spoil(self, key: str, paper: Numbered, reason: str, where: Actor) -> InvoiceSheet:
        """A blank sheet of this place is void, so that every number is accounted for (I7).

        Raises Refused `invoice.paper_refused` and NoWord.
        """
        now, token = self._clock.now(), token_of(key)
        place = place_code(where.terminal_id)
        word = self._bureau.spoil(place, paper, reason, AskedBy(where.named, stamp(now)))
        if isinstance(word, Silent):
            raise NoWord
        if isinstance(word, RefusedBy):
            raise Refused("invoice.paper_refused", word.code)
        with self._db.write() as session:
            sheet = session.get(InvoiceSheet, token) or InvoiceSheet(id=token, invoice_id="")
            sheet.terminal_id, sheet.place_code = where.terminal_id, place
            sheet.paper_batch_code, sheet.paper_no = paper.batch_code, paper.number
            sheet.state, sheet.reason, sheet.operator = "SPOILT", reason, where.operator
            sheet.at = sheet.expires_at = stamp(now)
            session.add(sheet)
            return sheet

    # --- looking

    def _look(self, token: str) -> tuple[InvoiceSheet, Invoice]:
        with self._db.read() as session:
            sheet = session.get_one(InvoiceSheet, token)
            return sheet, invoice_of(session, sheet.invoice_id)


def _move(
    session: Session,
    invoice_id: str,
    before: tuple[str, ...],
    after: str,
    *also: ColumnElement[bool],
) -> bool:
    """From one of these states; False when somebody else moved it."""
    moved = session.execute(
        update(Invoice)
        .where(Invoice.id == invoice_id, Invoice.state.in_(before), *also)
        .values(state=after)
    )
    return bool(moved.rowcount == 1)  # type: ignore[attr-defined]  # a CursorResult for UPDATE


def _wake(session: Session, invoice_id: str, at: str) -> None:
    """A write-off that waited for the sheet goes on."""
    session.execute(
        update(Invoice).where(Invoice.id == invoice_id, Invoice.flush_for != "").values(next_at=at)
    )


def counting(session: Session, invoice_id: str) -> InvoiceSheet | None:
    """The sheet that counts, printed or being printed."""
    wanted = select(InvoiceSheet).where(
        InvoiceSheet.invoice_id == invoice_id,
        InvoiceSheet.state.in_((*_WITH_A_TERMINAL, *_CALLED_BACK)),
    )
    return session.scalar(wanted)
