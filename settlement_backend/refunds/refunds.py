"""Refunds: asked for, reviewed by a second person, confirmed at a window, then carried out (W20).

Talks to the insurance for the plan; `execution` talks to everybody else. What a reader would get
wrong: asking moves no money and takes no step outside; from the review on nothing can be added.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import assert_never

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.identity import Audience
from settlement_backend.acquirers.means import MeansTable
from settlement_backend.base import steps
from settlement_backend.base.clock import stamp
from settlement_backend.base.context import Context
from settlement_backend.base.errors import Refused
from settlement_backend.base.outside import Silent
from settlement_backend.base.steps import Actor
from settlement_backend.documents import invoices
from settlement_backend.insurance import insurance as insurer
from settlement_backend.insurance.insurance import Insurance, Split
from settlement_backend.notices import outbox
from settlement_backend.people.people import person_of
from settlement_backend.policy.decision import noted, required
from settlement_backend.refunds import books, payees
from settlement_backend.refunds.books import completed, refund_of
from settlement_backend.refunds.deposits import deposits_of, shares_of
from settlement_backend.refunds.execution import KIND, NOTHING, Execution
from settlement_backend.refunds.payouts import Payee, Payouts
from settlement_backend.refunds.plan import (
    Lines,
    PlanImpossible,
    back_fen_of,
    care_for,
    expected,
    parts_of,
    stored_parts,
    wanted_lines,
)
from settlement_backend.refunds.rules import may_request, needs_second, reviewers
from settlement_backend.refunds.shapes import RefundList, RefundShape, refund_shape
from settlement_backend.refunds.tables import Refund, RefundPart
from settlement_backend.settling.tables import Settlement
from settlement_backend.staff.shifts import hand_out

_MOST_LISTED = 100
_ID_DIGITS = 30


class Refunds:
    """All refunds of this backend."""

    def __init__(
        self, context: Context, means: MeansTable, insurance: Insurance, payouts: Payouts
    ) -> None:
        self._db, self._clock, self._policy = context.db, context.clock, context.policy
        self._slip_key, self._insurance = context.slip_key, insurance
        self._execution = Execution(context, means, insurance)
        self.unfinished, self.advance = self._execution.unfinished, self._execution.advance
        payouts.belongs_to(KIND, self._execution)

    def request(
        self,
        key: str,
        settlement_id: str,
        line_ids: Sequence[str],
        reason: str,
        actor: Actor,
        amount_fen: int = 0,
    ) -> RefundShape:
        """ACCEPTED with its plan; no money moves. The same key answers the same refund.

        `amount_fen`: a part of a deposit, 0 for whole lines.

        Raises Refused `not_settled`, `refund.elsewhere`, `nothing_to_refund`, `already_refunded`,
        `item_executed`, `insurance_silent`, `insurance_refused`. A settlement has one refund
        under way at most.
        """
        refund_id = _id_of(key)
        with self._db.read() as session:
            known = session.get(Refund, refund_id)
            if known is not None:
                return self._shape(session, known, actor)
            settlement = completed(session, settlement_id)
            lines = wanted_lines(session, settlement, line_ids)
        self._check_channel(settlement, actor)
        new = self._quote(settlement, lines)
        refund = self._new(refund_id, settlement, lines, reason, actor, new, amount_fen)
        now = self._clock.now()
        with self._db.write() as session:
            settlement = completed(session, settlement_id)
            books.claim(session, refund)
            session.add(refund)
            session.flush()
            try:
                parts = parts_of(
                    session,
                    refund_id,
                    settlement,
                    amount_fen or lines.back_fen,
                    new,
                    self._policy.refund,
                    now.date(),
                )
            except PlanImpossible:
                raise Refused("insurance_refused") from None
            session.add_all(parts)
            steps.record(session, refund_id, "ACCEPTED", actor, now)
            person_id = settlement.person_id
            outbox.tell(session, now, person_id, "refund_accepted", refund_id)
            return self._shape(session, refund, actor)

    def request_rest(self, key: str, admission_id: str, reason: str, actor: Actor) -> RefundList:
        """What is left of a stay's deposit, as one refund for each deposit (H26).

        Raises Refused `not_settled`, `nothing_to_refund`, and what `request` raises.
        """
        with self._db.read() as session:
            names = [_id_of(f"{key}/{each}") for each in deposits_of(session, admission_id)]
            asked = session.scalars(select(Refund).where(Refund.id.in_(names)))
            known = [self._shape(session, row, actor) for row in asked]
            shares = shares_of(session, admission_id)
        if not known and not shares:
            raise Refused("nothing_to_refund")
        made = [
            self.request(
                f"{key}/{share.settlement_id}",
                share.settlement_id,
                share.line_ids,
                reason,
                actor,
                share.amount_fen,
            )
            for share in shares
        ]
        return RefundList(refunds=(*known, *made))

    def _check_channel(self, settlement: Settlement, actor: Actor) -> None:
        with self._db.write() as session:
            care = care_for(session, settlement)
            decision = may_request(self._policy.refund, care, actor.terminal_kind)
            noted(
                session,
                self._clock,
                actor.terminal_id,
                actor.operator,
                "refund_request",
                settlement.id,
                decision,
            )
        required(decision)

    def _new(
        self,
        refund_id: str,
        settlement: Settlement,
        lines: Lines,
        reason: str,
        actor: Actor,
        new: Split,
        amount_fen: int,
    ) -> Refund:
        """Raises Refused `amount`: only of a deposit may a part go back."""
        if amount_fen and (settlement.kind != "DEPOSIT" or amount_fen > lines.back_fen):
            raise Refused("amount")
        return Refund(
            id=refund_id,
            settlement_id=settlement.id,
            amount_fen=amount_fen,
            line_ids=",".join(line.id for line in lines.back),
            reason=reason,
            state="ACCEPTED",
            asked_by=actor.operator,
            channel=actor.terminal_kind,
            new_fund_fen=new.fund_fen,
            new_account_fen=new.account_fen,
            new_mutual_fen=new.mutual_fen,
            new_hospital_fen=new.hospital_fen,
            at=stamp(self._clock.now()),
        )

    def _quote(self, settlement: Settlement, lines: Lines) -> Split:
        if not settlement.setl_id or not lines.stay:
            return NOTHING
        quote = self._insurance.quote(settlement.psn_no, settlement.id, lines.fee_lines())
        match quote:
            case Split():
                return expected(quote, lines, settlement.account_fen)
            case insurer.RefusedBy():
                raise Refused("insurance_refused")
            case Silent():
                raise Refused("insurance_silent")
            case _:
                assert_never(quote)

    def reviewers_of(self, refund_id: str) -> tuple[str, tuple[str, ...]]:
        """Who must not review it ("" when anybody may), and the roles that may. Raises NoSuch."""
        with self._db.read() as session:
            refund = refund_of(session, refund_id)
            total_fen = back_fen_of(session, refund)
        rules = self._policy.refund
        not_by = refund.asked_by if needs_second(rules, total_fen) else ""
        return not_by, reviewers(rules, total_fen)

    def review(
        self, refund_id: str, reviewer: Actor, approve: bool, reason: str = ""
    ) -> RefundShape:
        """A second person's word. Raises Refused `same_person`, and `not_allowed` when it is
        reviewed already, otherwise than now."""
        not_by, _roles = self.reviewers_of(refund_id)
        state, operator = "REVIEWED" if approve else "REJECTED", reviewer.operator
        with self._db.write() as session:
            refund = refund_of(session, refund_id)
            if not_by == operator:
                raise Refused("same_person")
            if books.move(session, refund, ("ACCEPTED",), state=state, reviewed_by=operator):
                self._reviewed(session, refund, reviewer, reason)
            elif (refund.state, refund.reviewed_by) != (state, operator):
                raise Refused("not_allowed")
            return self._shape(session, refund, reviewer)

    def _reviewed(self, session: Session, refund: Refund, reviewer: Actor, reason: str) -> None:
        now = self._clock.now()
        steps.record(session, refund.id, refund.state, reviewer, now, reason)
        if refund.state == "REJECTED":
            books.free(session, refund)
            person_id = books.person_id_of(session, refund)
            outbox.tell(session, now, person_id, "refund_rejected", refund.id)

    def confirm(self, refund_id: str, actor: Actor) -> RefundShape:
        """Carry it out as far as it goes now.

        Raises Refused `not_reviewed`, `same_person` when the reviewer of what a patient asked for
        confirms it too, `invoice.paper_stands` until the official paper was called back (B.6), and
        `drawer_short` when the drawer holds less cash than goes back.
        """
        now = self._clock.now()
        with self._db.write() as session:
            refund = refund_of(session, refund_id)
            alone = not refund.asked_by and refund.reviewed_by == actor.operator
            total_fen = back_fen_of(session, refund)
            if alone and needs_second(self._policy.refund, total_fen):
                raise Refused("same_person")
            settlement = session.get_one(Settlement, refund.settlement_id)
            stage = "REVERSE" if settlement.setl_id else "SETTLE"
            if books.move(session, refund, ("REVIEWED",), state="CONFIRMED", stage=stage):
                required(invoices.may_refund(session, settlement.id))
                cash = (p.amount_fen for p in stored_parts(session, refund.id) if p.route == "CASH")
                hand_out(session, self._clock, actor, sum(cash))
                books.begin(session, refund, now)
                steps.record(session, refund.id, "CONFIRMED", actor, now)
            elif refund.state in ("ACCEPTED", "REJECTED"):
                raise Refused("not_reviewed")
        self.advance(refund_id)
        return self.view(refund_id, actor)

    def pay_to(self, refund_id: str, part_id: str, payee: Payee, actor: Actor) -> RefundShape:
        """The account of a part that is transferred; `payee.name` only where a window reads it on
        papers: of another payer, or of whoever stands for the dead.

        Raises Refused `not_a_transfer`, `payee_name`, and the words of the payee's rule.
        """
        with self._db.write() as session:
            refund = refund_of(session, refund_id, alone=True)
            part = session.get(RefundPart, part_id)
            if part is None or part.refund_id != refund_id or part.route != "TRANSFER":
                raise Refused("not_a_transfer")
            if part.state != "PLANNED":
                raise Refused("not_a_transfer")
            name = self._holder_name(session, refund, part, payee.name)
            part.payee_name, part.payee_account, part.payee_bank = (
                name,
                payee.account_no,
                payee.bank,
            )
            steps.record(session, refund_id, "PAYEE", actor, self._clock.now())
            session.flush()
            if refund.state == "NEED_REALNAME_RESUBMIT":
                self._execution.settle_up(session, refund)
            return self._shape(session, refund, actor)

    def _holder_name(self, session: Session, refund: Refund, part: RefundPart, typed: str) -> str:
        """Another payer's name is on his papers; the patient's is in our books."""
        if part.payer and typed:
            return typed
        if part.payer:
            raise Refused("payee_name")
        person = person_of(session, books.person_id_of(session, refund))
        today = self._clock.now().date()
        return payees.name_for(session, self._policy, person, typed, today)

    def view(self, refund_id: str, actor: Actor) -> RefundShape:
        """As it stands. Raises NoSuch."""
        with self._db.read() as session:
            return self._shape(session, refund_of(session, refund_id), actor)

    def listed(self, person_id: str, state: str, actor: Actor) -> RefundList:
        """Newest first; of one person, or in one state, "" for all of them."""
        wanted = select(Refund).join(Settlement, Settlement.id == Refund.settlement_id)
        if person_id:
            wanted = wanted.where(Settlement.person_id == person_id)
        if state:
            wanted = wanted.where(Refund.state == state)
        with self._db.read() as session:
            rows = session.scalars(wanted.order_by(Refund.at.desc()).limit(_MOST_LISTED))
            return RefundList(refunds=tuple(self._shape(session, row, actor) for row in rows))

    def _shape(self, session: Session, refund: Refund, actor: Actor) -> RefundShape:
        window = actor.terminal_kind == "window"
        audience = Audience.WINDOW if window else Audience.KIOSK
        return refund_shape(session, refund, self._slip_key, audience)


def _id_of(key: str) -> str:
    """A refund's id: what was asked for under one key is one refund."""
    return hashlib.sha256(key.encode()).hexdigest()[:_ID_DIGITS]
