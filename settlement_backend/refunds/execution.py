"""Carries confirmed refunds out: insurance first, then the money by its routes (domain.md B.10).

Talks to insurance, means and bank, never inside a transaction. Order: the old insurance
settlement is cancelled, what stays is settled anew, then the money goes back. `stage` is written
before each outside step: REVERSE, SETTLE, MONEY, TRANSFER. What a reader would get wrong: every
step is repeated under its own number until its word is known, never under a new one.
"""

from __future__ import annotations

from typing import assert_never

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.acquirers.means import MeansTable
from settlement_backend.acquirers.words import Declined, Paying, RefundOutcome
from settlement_backend.base import steps
from settlement_backend.base.clock import later, stamp
from settlement_backend.base.context import Context
from settlement_backend.base.outside import Done, NotFound, Silent
from settlement_backend.documents import invoices
from settlement_backend.documents.slips import mint
from settlement_backend.insurance import insurance as insurer
from settlement_backend.insurance.insurance import Insurance, Split, msgid_of
from settlement_backend.notices import outbox
from settlement_backend.refunds import books, payouts
from settlement_backend.refunds.asking import Question, ask
from settlement_backend.refunds.books import RUNNING, owed, refund_of
from settlement_backend.refunds.payouts import Payee
from settlement_backend.refunds.plan import (
    BOOKED_HERE,
    Lines,
    claimed_lines,
    standing_msgid,
    stored_parts,
)
from settlement_backend.refunds.rules import NEVER_BY_TRANSFER
from settlement_backend.refunds.tables import Payout, Refund, RefundPart
from settlement_backend.settling.tables import Settlement, Tender

KIND = "REFUND"
NOTHING = Split(0, 0, 0)
_ASK_AGAIN_S = 1.0
_MOST_STEPS = 20


class Execution:
    """The outside steps of all refunds."""

    def __init__(self, context: Context, means: MeansTable, insurance: Insurance) -> None:
        self._db, self._clock, self._policy = context.db, context.clock, context.policy
        self._slip_key = context.slip_key
        self._means, self._insurance = means, insurance

    def unfinished(self) -> list[str]:
        """Confirmed refunds whose next step is due; a waiting one is asked about each second."""
        due = select(Refund.id).where(
            Refund.state.in_(RUNNING),
            Refund.stage != "TRANSFER",
            Refund.next_at <= stamp(self._clock.now()),
        )
        with self._db.read() as session:
            return list(session.scalars(due))

    def advance(self, refund_id: str) -> None:
        """Step after step until one has to wait."""
        with self._db.locks.alone(f"refund/{refund_id}"):
            for _ in range(_MOST_STEPS):
                if not self._step(refund_id):
                    break
            with self._db.write() as session:
                refund = refund_of(session, refund_id)
                refund.next_at = later(self._clock.now(), _ASK_AGAIN_S)

    # --- each step answers whether the next one can follow at once

    def _step(self, refund_id: str) -> bool:
        with self._db.read() as session:
            refund = refund_of(session, refund_id)
            settlement = session.get_one(Settlement, refund.settlement_id)
            lines = claimed_lines(session, refund)
            msgid = standing_msgid(session, settlement)
        if refund.state not in RUNNING:
            return False
        match refund.stage:
            case "REVERSE":
                return self._reverse(refund, settlement, msgid)
            case "SETTLE":
                return self._settle(refund, settlement, lines)
            case "MONEY":
                return self._pay_back(refund)
        return False

    def _reverse(self, refund: Refund, settlement: Settlement, msgid: str) -> bool:
        """2208; its word lost or a no: what 5203 says of our number is what is so."""
        told = self._insurance.reverse(settlement.setl_id, settlement.psn_no, settlement.id)
        stands = Silent() if told == Done() else self._insurance.find(msgid, settlement.psn_no)
        with self._db.write() as session:
            row = refund_of(session, refund.id)
            if told == Done() or stands == NotFound():
                return books.move(session, row, RUNNING, stage="SETTLE", decide_at="")
            if isinstance(told, insurer.RefusedBy) and isinstance(stands, Split):
                self._suspend(session, row, "the insurance keeps the old settlement")
            else:
                self._doubt(session, row)
        return False

    def _settle(self, refund: Refund, settlement: Settlement, lines: Lines) -> bool:
        """What stays is settled anew and booked before any money goes back."""
        new = self._settle_outside(refund, settlement, lines)
        match new:
            case Split():
                word, trouble = new, ""
            case NotFound():
                word, trouble = NOTHING, "the insurance refuses what stays"
            case Silent():
                with self._db.write() as session:
                    self._doubt(session, refund_of(session, refund.id))
                return False
            case _:
                assert_never(new)
        now = self._clock.now()
        with self._db.write() as session:
            row = refund_of(session, refund.id)
            rules = self._policy.refund
            trouble = trouble or books.replan(session, row, word, rules, now.date())
            books.book_insurance(session, row, word, now)
            row.decide_at = ""
            if trouble:
                self._suspend(session, row, trouble)
        return not trouble

    def _settle_outside(
        self, refund: Refund, settlement: Settlement, lines: Lines
    ) -> Split | NotFound | Silent:
        """2207 under the refund's own number; a no may come of an earlier try whose word was
        lost, so 5203 has the last word."""
        if not settlement.setl_id or not lines.stay:
            return NOTHING
        msgid, psn_no = msgid_of(refund.id), settlement.psn_no
        told = self._insurance.settle(msgid, psn_no, settlement.id, lines.fee_lines())
        if isinstance(told, insurer.RefusedBy):
            return self._insurance.find(msgid, psn_no)
        return told

    def _pay_back(self, refund: Refund) -> bool:
        """Every route that is not done; PAID when all are."""
        with self._db.read() as session:
            parts = [p for p in stored_parts(session, refund.id) if p.state != "DONE"]
        outcomes = [self._pay_part(part) for part in parts if part.route != "TRANSFER"]
        with self._db.write() as session:
            row = refund_of(session, refund.id, alone=True)
            if any(isinstance(outcome, Declined) for outcome in outcomes):
                self._suspend(session, row, "the channel does not give the money back")
            elif any(isinstance(outcome, Silent) for outcome in outcomes):
                self._doubt(session, row)
            elif not any(isinstance(outcome, Paying) for outcome in outcomes):
                self.settle_up(session, row)
        return False

    def _pay_part(self, part: RefundPart) -> RefundOutcome:
        """One route; a channel that refuses leaves its money to a transfer where that may be."""
        outcome: RefundOutcome = Done()
        if part.route not in BOOKED_HERE:
            outcome = self._ask_channel(part)
        with self._db.write() as session:
            mine = session.get_one(RefundPart, part.id)
            if isinstance(outcome, Done):
                books.book_part(session, mine, self._clock.now())
            if isinstance(outcome, Declined) and part.route not in NEVER_BY_TRANSFER:
                mine.route, mine.state, mine.rule_id = "TRANSFER", "PLANNED", "RF-CHANNEL-REFUSED"
                return Done()
        return outcome

    def _ask_channel(self, part: RefundPart) -> RefundOutcome:
        """The part's id is the refund number for ever."""
        with self._db.read() as session:
            tender = session.get_one(Tender, part.tender_id)
        means = self._means.of(tender)
        if means is None:
            return Declined("no_means")

        def note() -> None:
            with self._db.write() as session:
                session.get_one(RefundPart, part.id).state = "ASKED"

        question = Question(
            query=lambda: means.refund_query(tender, part.id),
            note=note,
            send=lambda: means.refund(tender, part.id, part.amount_fen),
        )
        return ask(question, asked_before=part.state == "ASKED")

    # --- what is left for transfers, and the end

    def settle_up(self, session: Session, refund: Refund) -> None:
        """Queue transfers whose account is known; PAID when nothing is left to give back."""
        waiting, missing = False, False
        for part in stored_parts(session, refund.id):
            if part.route != "TRANSFER" or part.state == "DONE":
                continue
            waiting = True
            if part.state != "PAYING" and part.payee_name:
                self._queue(session, refund, part)
            missing = missing or not part.payee_name
        after = "NEED_REALNAME_RESUBMIT" if missing else "CONFIRMED"
        before = (*RUNNING, "NEED_REALNAME_RESUBMIT", "PAID")
        if not waiting:
            self._paid(session, refund)
        elif books.move(session, refund, before, state=after, stage="TRANSFER") and missing:
            person_id = books.person_id_of(session, refund)
            now = self._clock.now()
            outbox.tell(session, now, person_id, "refund_account_needed", refund.id)

    def _queue(self, session: Session, refund: Refund, part: RefundPart) -> None:
        payee = Payee(part.payee_name, part.payee_account, part.payee_bank)
        account, now = owed(refund.id), self._clock.now()
        payouts.queue(session, KIND, refund.id, part.id, account, payee, part.amount_fen, now)
        part.state = "PAYING"

    def _paid(self, session: Session, refund: Refund) -> None:
        """The end; the official invoice of these lines is written off (B.6)."""
        if not books.move(session, refund, RUNNING, state="PAID"):
            return
        now = self._clock.now()
        person_id = books.person_id_of(session, refund)
        bill_ids = sorted({line.bill_id for line in claimed_lines(session, refund).back})
        if not refund.slip_id:
            slip = mint(session, self._slip_key, "S", person_id, refund.id, bill_ids, stamp(now))
            refund.slip_id = slip.id
        steps.record(session, refund.id, "PAID", steps.CLOCK, now)
        invoices.flush(session, refund.settlement_id, refund.id, now)
        parts = stored_parts(session, refund.id)
        total_fen = sum(part.amount_fen for part in parts)
        outbox.tell(session, now, person_id, "refund_paid", refund.id, amount_fen=total_fen)
        for part in parts:
            self._tell_payer(session, part, person_id)

    def _tell_payer(self, session: Session, part: RefundPart, person_id: str) -> None:
        """Payer and patient are different people (W04): both hear of it."""
        tender = session.get(Tender, part.tender_id)
        if tender is not None and tender.payer_id not in ("", person_id):
            fen, now = part.amount_fen, self._clock.now()
            outbox.tell(session, now, tender.payer_id, "refund_to_payer", part.id, amount_fen=fen)

    # --- what the bank says of a transfer

    def payout_paid(self, session: Session, payout: Payout) -> None:
        """Booked already; the last one ends the refund."""
        refund = refund_of(session, payout.of, alone=True)
        books.finish_part(session, session.get_one(RefundPart, payout.part_id))
        books.move(session, refund, ("PAYOUT_UNKNOWN",), state="CONFIRMED")
        self.settle_up(session, refund)

    def payout_returned(self, session: Session, payout: Payout) -> None:
        """Name or account were wrong: both are asked for again."""
        refund = refund_of(session, payout.of, alone=True)
        part = session.get_one(RefundPart, payout.part_id)
        if part.state == "DONE":
            session.get_one(Tender, part.tender_id).refunded_fen -= part.amount_fen
        part.state, part.payee_name, part.payee_account = "PLANNED", "", ""
        now, person_id = self._clock.now(), books.person_id_of(session, refund)
        outbox.tell(session, now, person_id, "refund_account_needed", payout.id)
        self.settle_up(session, refund)

    def payout_unknown(self, session: Session, payout: Payout) -> None:
        """Still asked; a person knows of it by the batch's case."""
        refund = refund_of(session, payout.of)
        books.move(session, refund, ("CONFIRMED",), state="PAYOUT_UNKNOWN")

    def _suspend(self, session: Session, refund: Refund, evidence: str) -> None:
        books.suspend(session, refund, self._clock.now(), self._policy.doubt, evidence)

    def _doubt(self, session: Session, refund: Refund) -> None:
        """Nobody answers: asked again under its number; at the limit a person knows of it too."""
        now, rules = self._clock.now(), self._policy.doubt
        if not refund.decide_at:
            refund.decide_at = later(now, rules.give_up_after)
        elif stamp(now) >= refund.decide_at:
            anew = books.move(session, refund, ("CONFIRMED",), state="PAYOUT_UNKNOWN")
            evidence = f"no word at {refund.stage}"
            books.hand_over(session, refund, now, rules, evidence, anew=anew)
