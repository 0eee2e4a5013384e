"""Pays applications out: each top-up by its channel, the rest by transfer, cash at the window.

Talks to the acquirers, never inside a transaction. What a reader would get wrong: a channel's
refusal is no end: its part becomes a transfer, and when nobody is known to pay to, the person is
asked for an account in real name (W28, W32).
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.acquirers.banks import Banks
from settlement_backend.acquirers.words import Declined, Paying, RefundOutcome
from settlement_backend.base.clock import later, stamp
from settlement_backend.base.context import Context
from settlement_backend.base.outside import Done, Silent
from settlement_backend.cleanout import books
from settlement_backend.cleanout.books import RUNNING, clean_out_of, owed
from settlement_backend.cleanout.plan import parts_of
from settlement_backend.cleanout.rules import CARD
from settlement_backend.cleanout.tables import CleanOut, CleanOutPart
from settlement_backend.ledger import ledger
from settlement_backend.ledger.ledger import Move
from settlement_backend.notices import outbox
from settlement_backend.prepay.tables import PrepayLot
from settlement_backend.refunds import payouts
from settlement_backend.refunds.asking import Question, ask
from settlement_backend.refunds.payouts import Payee
from settlement_backend.refunds.tables import Payout

KIND = "CLEANOUT"
_ASK_AGAIN_S = 1.0


class Execution:
    """The outside steps of all applications."""

    def __init__(self, context: Context, banks: Banks) -> None:
        self._db, self._clock, self._policy = context.db, context.clock, context.policy
        self._slip_key, self._banks = context.slip_key, banks

    def unfinished(self) -> list[str]:
        """Confirmed applications with a channel to ask."""
        asked = (
            select(CleanOutPart.clean_out_id)
            .where(CleanOutPart.route == "ORIGINAL", CleanOutPart.state != "DONE")
            .distinct()
        )
        due = select(CleanOut.id).where(
            CleanOut.state.in_(RUNNING),
            CleanOut.next_at <= stamp(self._clock.now()),
            CleanOut.id.in_(asked),
        )
        with self._db.read() as session:
            return list(session.scalars(due))

    def advance(self, clean_out_id: str) -> None:
        """Everything that can be done now."""
        with self._db.locks.alone(f"clean_out/{clean_out_id}"):
            with self._db.read() as session:
                row = clean_out_of(session, clean_out_id)
                parts = [part for part in parts_of(session, row.id) if part.state != "DONE"]
            if row.state not in RUNNING:
                return
            outcomes = [self._pay_part(part) for part in parts if part.route != "TRANSFER"]
            with self._db.write() as session:
                row = clean_out_of(session, clean_out_id, alone=True)
                row.next_at = later(self._clock.now(), _ASK_AGAIN_S)
                if any(isinstance(outcome, Silent) for outcome in outcomes):
                    self._doubt(session, row)
                elif not any(isinstance(outcome, Paying) for outcome in outcomes):
                    row.decide_at = ""
                    self.settle_up(session, row)

    def _pay_part(self, part: CleanOutPart) -> RefundOutcome:
        with self._db.read() as session:
            lot = session.get_one(PrepayLot, part.lot_id)
        outcome: RefundOutcome = Done() if part.route == "CASH" else self._ask_channel(part, lot)
        with self._db.write() as session:
            mine = session.get_one(CleanOutPart, part.id)
            if isinstance(outcome, Done):
                self._book(session, mine, lot)
            if isinstance(outcome, Declined):
                mine.route, mine.state, mine.rule_id = "TRANSFER", "PLANNED", "RF-CHANNEL-REFUSED"
                return Done()
        return outcome

    def _ask_channel(self, part: CleanOutPart, lot: PrepayLot) -> RefundOutcome:
        """The part's id is the refund number for ever."""
        bank = self._banks.of(lot.acquirer)
        give_back = bank.refund_sale if lot.channel == CARD else bank.refund

        def note() -> None:
            with self._db.write() as session:
                session.get_one(CleanOutPart, part.id).state = "ASKED"

        question = Question(
            query=lambda: bank.refund_query(part.id),
            note=note,
            send=lambda: give_back(lot.order_no, part.id, part.amount_fen),
        )
        return ask(question, asked_before=part.state == "ASKED")

    def _book(self, session: Session, part: CleanOutPart, lot: PrepayLot) -> None:
        where = {"CASH": "outside:cash", CARD: "outside:card"}
        account = where.get(lot.channel, f"outside:scan:{lot.channel}")
        move = Move(owed(part.clean_out_id), account, part.amount_fen)
        ledger.post(session, f"cleaned/{part.id}", stamp(self._clock.now()), [move])
        part.state = "DONE"

    # --- transfers, and the end

    def settle_up(self, session: Session, row: CleanOut) -> None:
        """Queue transfers when the account is known; PAID when nothing is left to give back."""
        session.flush()
        left = [part for part in parts_of(session, row.id) if part.state != "DONE"]
        if not left:
            books.finish(session, row, self._slip_key, self._clock.now())
        elif row.payee_name:
            if row.state in RUNNING:
                self._queue(session, row, left)
        elif books.move(session, row, (*RUNNING, "PAID"), state="NEED_REALNAME_RESUBMIT"):
            about = f"{row.id}-{sum(part.place for part in left)}"
            now = self._clock.now()
            outbox.tell(session, now, row.person_id, "refund_account_needed", about)

    def _queue(self, session: Session, row: CleanOut, left: list[CleanOutPart]) -> None:
        payee = Payee(row.payee_name, row.payee_account, row.payee_bank)
        now = self._clock.now()
        for part in left:
            if part.route == "TRANSFER" and part.state == "PLANNED":
                part.state = "PAYING"
                account, fen = owed(row.id), part.amount_fen
                payouts.queue(session, KIND, row.id, part.id, account, payee, fen, now)

    def payout_paid(self, session: Session, payout: Payout) -> None:
        """Booked already; the last one ends the application."""
        row = clean_out_of(session, payout.of, alone=True)
        session.get_one(CleanOutPart, payout.part_id).state = "DONE"
        books.move(session, row, ("PAYOUT_UNKNOWN",), state="CONFIRMED")
        self.settle_up(session, row)

    def payout_returned(self, session: Session, payout: Payout) -> None:
        """Name or account were wrong: a second real-name submission, reviewed again (W32)."""
        row = clean_out_of(session, payout.of, alone=True)
        session.get_one(CleanOutPart, payout.part_id).state = "PLANNED"
        row.payee_name, row.payee_account = "", ""
        now = self._clock.now()
        outbox.tell(session, now, row.person_id, "refund_account_needed", payout.id)
        self.settle_up(session, row)

    def payout_unknown(self, session: Session, payout: Payout) -> None:
        """Still asked; a person knows of it by the batch's case."""
        books.move(
            session, clean_out_of(session, payout.of), ("CONFIRMED",), state="PAYOUT_UNKNOWN"
        )

    def _doubt(self, session: Session, row: CleanOut) -> None:
        """Nobody answers: asked again under its number; at the limit a person knows of it too."""
        now, rules = self._clock.now(), self._policy.doubt
        if not row.decide_at:
            row.decide_at = later(now, rules.give_up_after)
        elif stamp(now) >= row.decide_at:
            books.hand_over(session, row, now, rules, "a channel says nothing about a refund")
            books.move(session, row, ("CONFIRMED",), state="PAYOUT_UNKNOWN")
