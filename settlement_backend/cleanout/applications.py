"""Applications for a balance: planned, asked for, reviewed together, confirmed (W20, W27-W35).

Talks to the database; `execution` talks to the acquirers. What a reader would get wrong: a new
account after a bank sent money back is a second submission and is reviewed again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.acquirers.banks import Banks
from settlement_backend.base import steps
from settlement_backend.base.clock import stamp
from settlement_backend.base.context import Context
from settlement_backend.base.errors import Refused
from settlement_backend.base.shapes import audience_of
from settlement_backend.base.steps import Actor
from settlement_backend.cleanout import books, rules
from settlement_backend.cleanout.books import RUNNING, clean_out_of
from settlement_backend.cleanout.execution import KIND, Execution
from settlement_backend.cleanout.plan import Planned, asker_of, parts_of, planned, unclaimed
from settlement_backend.cleanout.requests import Account, NewCleanOut
from settlement_backend.cleanout.shapes import (
    CleanOutList,
    CleanOutShape,
    PlanShape,
    clean_out_shape,
    way_shape,
)
from settlement_backend.cleanout.tables import CleanOut
from settlement_backend.notices import outbox
from settlement_backend.people.faces import passed
from settlement_backend.people.people import person_of
from settlement_backend.people.tables import Person
from settlement_backend.policy.decision import noted, required
from settlement_backend.prepay.lots import SetAside, lots_of
from settlement_backend.refunds import payees
from settlement_backend.refunds.payouts import Payouts
from settlement_backend.refunds.rules import needs_second, reviewers
from settlement_backend.refunds.shapes import WARNING
from settlement_backend.staff.shifts import hand_out

_ID_DIGITS = 28
_MOST_LISTED = 200


class CleanOuts:
    """All applications of this backend."""

    def __init__(self, context: Context, banks: Banks, payouts: Payouts) -> None:
        self._db, self._clock, self._policy = context.db, context.clock, context.policy
        self._slip_key = context.slip_key
        self._execution = Execution(context, banks)
        self.unfinished, self.advance = self._execution.unfinished, self._execution.advance
        payouts.belongs_to(KIND, self._execution)

    def plan(self, person_id: str, terminal_kind: str) -> PlanShape:
        """What an application would do now. Raises NoSuch."""
        today = self._clock.now().date()
        with self._db.read() as session:
            person = person_of(session, person_id)
            asker = asker_of(session, person, terminal_kind)
            left = [SetAside(lot.id, lot.left_fen) for lot in lots_of(session, person_id)]
            left += [SetAside(e.lot_id, e.amount_fen) for e in unclaimed(session, person_id)]
            ways = planned(session, self._policy, asker, [p for p in left if p.amount_fen], today)
            needs = rules.needs(self._policy.outpatient_prepay, asker, [plan.way for plan in ways])
            documents = payees.missing_documents(session, self._policy, person)
            return PlanShape(
                decision=rules.may_apply(self._policy.outpatient_prepay, asker),
                balance_fen=sum(plan.amount_fen for plan in ways),
                ways=tuple(
                    way_shape(p.lot, p.amount_fen, p.way.route, p.way.rule_id) for p in ways
                ),
                needs=(*needs, "DOCUMENTS") if documents else needs,
                warning=WARNING if rules.WARNING in needs else None,
                payee=payees.decision_of(session, self._policy, person, today),
                documents=documents,
            )

    def apply(self, key: str, body: NewCleanOut, actor: Actor) -> CleanOutShape:
        """ACCEPTED, or NEED_REALNAME_RESUBMIT while nobody is known to transfer to; the money has
        left the balance. The same key answers the same application.

        Raises Refused `under_way`, `refund.elsewhere`, `window_only`, `nothing_to_return`,
        `warning_missing`, `face_missing`, `payee_missing`, `documents_missing`, `payee_name`.
        """
        clean_out_id = hashlib.sha256(key.encode()).hexdigest()[:_ID_DIGITS]
        now = self._clock.now()
        self._decide(body.patient_id, actor)
        with self._db.write() as session:
            known = session.get(CleanOut, clean_out_id)
            if known is not None:
                return self._shape(session, known, actor)
            person = person_of(session, body.patient_id, alone=True)
            asker = asker_of(session, person, actor.terminal_kind)
            if not books.freeze(session, person.id):
                raise Refused("under_way" if asker.state != "NONE" else "nothing_to_return")
            aside = books.set_aside(session, person.id, clean_out_id, now)
            if not aside:
                raise Refused("nothing_to_return")
            ways = planned(session, self._policy, asker, aside, now.date())
            self._check(session, body, [plan.way for plan in ways], asker, actor)
            row = self._new(session, clean_out_id, person, body, ways, actor)
            books.add_parts(session, row.id, ways)
            steps.record(session, row.id, row.state, actor, now)
            outbox.tell(session, now, person.id, "clean_out_accepted", row.id)
            return self._shape(session, row, actor)

    def _decide(self, person_id: str, actor: Actor) -> None:
        """The rule's word is noted whatever it says."""
        with self._db.write() as session:
            asker = asker_of(session, person_of(session, person_id), actor.terminal_kind)
            decision = rules.may_apply(self._policy.outpatient_prepay, asker)
            asked = (actor.terminal_id, actor.operator, "clean_out", person_id)
            noted(session, self._clock, *asked, decision)
        if decision.message_key != "under_way":
            required(decision)

    def _check(
        self,
        session: Session,
        body: NewCleanOut,
        ways: Sequence[rules.Way],
        asker: rules.Asker,
        actor: Actor,
    ) -> None:
        needs = rules.needs(self._policy.outpatient_prepay, asker, ways)
        if rules.WARNING in needs and not body.warned:
            raise Refused("warning_missing")
        if rules.FACE in needs:
            minutes = self._policy.identity.face_check_minutes
            now = self._clock.now()
            if not passed(session, body.face_check_id, body.patient_id, now, minutes):
                raise Refused("face_missing")
        if rules.PAYEE in needs and body.payee is None:
            raise Refused("payee_missing")

    def _new(
        self,
        session: Session,
        clean_out_id: str,
        person: Person,
        body: NewCleanOut,
        ways: Sequence[Planned],
        actor: Actor,
    ) -> CleanOut:
        account = body.payee if any(plan.way.route == "TRANSFER" for plan in ways) else None
        name = self._holder(session, person, account) if account is not None else ""
        row = CleanOut(
            id=clean_out_id,
            person_id=person.id,
            amount_fen=sum(plan.amount_fen for plan in ways),
            state="ACCEPTED" if name or account is None else "NEED_REALNAME_RESUBMIT",
            channel=actor.terminal_kind,
            asked_by=actor.operator,
            warned=body.warned,
            face_check_id=body.face_check_id,
            payee_name=name,
            payee_account=account.account_no if account is not None and name else "",
            payee_bank=account.bank if account is not None and name else "",
            at=stamp(self._clock.now()),
        )
        session.add(row)
        session.flush()
        return row

    def _holder(self, session: Session, person: Person, account: Account) -> str:
        """Who holds the account by our books; "" while a minor's contact is unclear (W30, W32)."""
        today = self._clock.now().date()
        decision = payees.decision_of(session, self._policy, person, today)
        if not decision.allow and not person.deceased_on:
            return ""
        return payees.name_for(session, self._policy, person, account.name, today)

    def resubmit(self, clean_out_id: str, account: Account, actor: Actor) -> CleanOutShape:
        """The second real-name submission: whom to pay to; it is reviewed again (W32).

        Raises Refused `not_asked` and the words of the payee's rule.
        """
        now = self._clock.now()
        with self._db.write() as session:
            row = clean_out_of(session, clean_out_id)
            person = person_of(session, row.person_id)
            name = payees.name_for(session, self._policy, person, account.name, now.date())
            taken = books.move(
                session,
                row,
                ("NEED_REALNAME_RESUBMIT",),
                state="ACCEPTED",
                asked_by=actor.operator,
                reviewed_by="",
                payee_name=name,
                payee_account=account.account_no,
                payee_bank=account.bank,
            )
            if not taken:
                raise Refused("not_asked")
            steps.record(session, row.id, "RESUBMITTED", actor, now)
            return self._shape(session, row, actor)

    def reviewers_of(self, clean_out_ids: Sequence[str]) -> tuple[str, ...]:
        """The roles that may review all of these. Raises NoSuch."""
        with self._db.read() as session:
            rows = [clean_out_of(session, clean_out_id) for clean_out_id in clean_out_ids]
        return reviewers(self._policy.refund, max(row.amount_fen for row in rows))

    def review(
        self, clean_out_ids: Sequence[str], reviewer: Actor, approve: bool, reason: str
    ) -> CleanOutList:
        """One word for all of these or for none (W29).

        Raises Refused `same_person`, and `not_allowed` with the id of one that waits for no
        review; the same word again is no trouble.
        """
        with self._db.write() as session:
            rows = [clean_out_of(session, each) for each in sorted(set(clean_out_ids))]
            for row in rows:
                self._review(session, row, reviewer, approve, reason)
            return CleanOutList(
                clean_outs=tuple(self._shape(session, row, reviewer) for row in rows)
            )

    def _review(
        self, session: Session, row: CleanOut, reviewer: Actor, approve: bool, reason: str
    ) -> None:
        state, operator = "REVIEWED" if approve else "REJECTED", reviewer.operator
        if row.asked_by == operator and needs_second(self._policy.refund, row.amount_fen):
            raise Refused("same_person", row.id)
        if not approve and any(part.state != "PLANNED" for part in parts_of(session, row.id)):
            raise Refused("paid_in_part", row.id)
        waits = ("ACCEPTED",) if approve else ("ACCEPTED", "NEED_REALNAME_RESUBMIT")
        if books.move(session, row, waits, state=state, reviewed_by=operator, reason=reason):
            steps.record(session, row.id, state, reviewer, self._clock.now())
            if not approve:
                books.reject(session, row, self._clock.now())
        elif (row.state, row.reviewed_by) != (state, operator):
            raise Refused("not_allowed", row.id)

    def confirm(self, clean_out_id: str, actor: Actor) -> CleanOutShape:
        """A window has it paid out, as far as that goes now.

        Raises Refused `not_reviewed`, `same_person` when the reviewer of what a patient asked
        for confirms it too, and `drawer_short` when the drawer holds less cash than goes back.
        """
        with self._db.write() as session:
            row = clean_out_of(session, clean_out_id)
            alone = not row.asked_by and row.reviewed_by == actor.operator
            if alone and needs_second(self._policy.refund, row.amount_fen):
                raise Refused("same_person")
            if books.move(session, row, ("REVIEWED",), state="CONFIRMED"):
                cash = (p.amount_fen for p in parts_of(session, row.id) if p.route == "CASH")
                hand_out(session, self._clock, actor, sum(cash))
                steps.record(session, row.id, "CONFIRMED", actor, self._clock.now())
            elif row.state not in (*RUNNING, "PAID", "NEED_REALNAME_RESUBMIT"):
                raise Refused("not_reviewed")
        self.advance(clean_out_id)
        return self.view(clean_out_id, actor)

    def view(self, clean_out_id: str, actor: Actor) -> CleanOutShape:
        """As it stands. Raises NoSuch."""
        with self._db.read() as session:
            return self._shape(session, clean_out_of(session, clean_out_id), actor)

    def listed(self, person_id: str, state: str, actor: Actor) -> CleanOutList:
        """Oldest first; of one person, or in one state, "" for all of them."""
        wanted = select(CleanOut).order_by(CleanOut.at, CleanOut.id).limit(_MOST_LISTED)
        if person_id:
            wanted = wanted.where(CleanOut.person_id == person_id)
        if state:
            wanted = wanted.where(CleanOut.state == state)
        with self._db.read() as session:
            rows = session.scalars(wanted)
            return CleanOutList(clean_outs=tuple(self._shape(session, row, actor) for row in rows))

    def _shape(self, session: Session, row: CleanOut, actor: Actor) -> CleanOutShape:
        audience = audience_of(actor.terminal_kind)
        return clean_out_shape(session, row, self._slip_key, audience)
