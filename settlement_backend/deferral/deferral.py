"""Pay-later as one part of the backend: what terminals ask, and what the runner does.

Talks to the insurance and the city through `standing.py` and `reporting.py`, to banks through the
saga. What a reader would get wrong: due bills are debited before anybody is reminded, so that a
reminder only goes to who really did not pay.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.acquirers.agreeing import Agreeing
from settlement_backend.acquirers.shapes import AgreementShape
from settlement_backend.base import audit
from settlement_backend.base.context import Context
from settlement_backend.base.errors import Refused
from settlement_backend.base.runner import Job, moving
from settlement_backend.bills.bills import bill_of
from settlement_backend.deferral import agreements, bill_sets, guidance, rules
from settlement_backend.deferral.account import account_told
from settlement_backend.deferral.agreements import Signature
from settlement_backend.deferral.commitment import commitment
from settlement_backend.deferral.credit_port import CreditPort
from settlement_backend.deferral.repaying import Repaying
from settlement_backend.deferral.reporting import Reporting
from settlement_backend.deferral.shapes import (
    DeferralAccount,
    SignatureTold,
    SigningPage,
    signature_told,
)
from settlement_backend.deferral.standing import Insurer, Standings
from settlement_backend.deferral.tables import CreditWord, DeferralAgreement
from settlement_backend.people.people import person_of
from settlement_backend.people.tables import Person
from settlement_backend.policy.decision import Decision, noted, required
from settlement_backend.settling.saga import Saga
from settlement_backend.signatures import pictures
from settlement_backend.terminals.tables import Terminal
from settlement_backend.visits.tables import Registration, Schedule

_BILLS = "deferral/bills"  # one process at a time puts bills into sets
_EVERY_S = 5.0
_SLOWLY_S = 300.0


class Deferral:
    """One per process."""

    def __init__(
        self, context: Context, insurer: Insurer, port: CreditPort, saga: Saga, agreeing: Agreeing
    ) -> None:
        self._context, self._agreeing = context, agreeing
        self._db, self._clock, self._policy = context.db, context.clock, context.policy
        self.standings = Standings(context, insurer, port)
        self.reporting = Reporting(context, port, self.standings)
        self.repaying = Repaying(context, saga)

    def jobs(self) -> list[Job]:
        """In this order: who may, which bills, debits, reminders; then the city is told."""
        reporting, repaying = self.reporting, self.repaying
        return [
            moving("credit words", self.standings.ask, self._old_words, _SLOWLY_S),
            Job("pay-later bills", self.gather, _EVERY_S),
            moving("repayments", repaying.advance, repaying.due, _EVERY_S),
            moving("pay-later clocks", self._advance, self._due, _EVERY_S),
            moving("suspensions", reporting.advance_suspension, reporting.suspensions, _EVERY_S),
            moving("flags", reporting.advance_flag, reporting.flags, _EVERY_S),
        ]

    # --- what terminals ask

    def account(self, person_id: str, terminal: Terminal) -> DeferralAccount:
        """Everything of one person (W10). Raises NoSuch."""
        person = self._asked_about(person_id)
        bank = self._bank_agreements(person)
        with self._db.write() as session:
            told = account_told(
                session, self._policy, person, terminal.kind, bank, self._clock.now()
            )
            return told.model_copy(
                update={"may_sign": self._noted(session, terminal, person_id, told.may_sign)}
            )

    def page(self, person_id: str, terminal: Terminal) -> SigningPage:
        """What a guided signing page shows (H08). Raises NoSuch."""
        told = self.account(person_id, terminal)
        scheme = self._policy.deferral.scheme
        here = scheme == rules.HERE
        shown = [each.code_url for each in told.bank_agreements if each.state == "WAITING"]
        return SigningPage(
            decision=told.may_sign,
            scheme=scheme,
            risk_bearer=told.risk_bearer,
            commitment=commitment(self._policy.deferral.commitment_version) if here else None,
            product=scheme if scheme in rules.AT_BANK else "",
            qr_text=next(iter(shown), ""),
            steps=guidance.steps(scheme),
        )

    def sign(self, person_id: str, signature: Signature, terminal: Terminal) -> SignatureTold:
        """Insurance and city are asked now; an unknown answer signs nothing (N01-N05, C16).

        The same id again answers as it stands. Raises NoSuch, Refused with the rule's message
        key, `commitment_version`, `guardian_needed`.
        """
        with self._db.read() as session:
            person = person_of(session, person_id)
        if person.id_number:
            self.standings.ask(person.id_number)
        with self._db.write() as session:
            person = person_of(session, person_id, alone=True)
            known = session.get(DeferralAgreement, signature.agreement_id)
            signed = known or self._sign(session, person, signature, terminal)
            return signature_told(signed)

    def _sign(
        self, session: Session, person: Person, signature: Signature, terminal: Terminal
    ) -> DeferralAgreement:
        now = self._clock.now()
        applicant = agreements.applicant(session, person, terminal.kind, now)
        decision = required(rules.may_sign(self._policy, applicant))
        if "GUARDIAN" in decision.needs and not signature.by_guardian:
            raise Refused("guardian_needed", decision.rule_id)
        signed = agreements.sign(session, person, signature, terminal, self._policy, now)
        audit.note(
            session,
            self._clock,
            terminal.id,
            "",
            "deferral_signed",
            of=signed.id,
            version=signed.text_version,
            signer=signed.signer,
            signature=signed.signature_digest,
            rule=decision.rule_id,
        )
        if signature.drawn is not None:
            pictures.keep(session, "COMMITMENT", signed.id, signature.drawn, terminal.id, now)
        return signed

    def cancel(self, session: Session, person_id: str, terminal: Terminal) -> SignatureTold:
        """End it, after `gather`: bills that wait already stay due (N12).

        Raises NoSuch, Refused `not_signed`.
        """
        person = person_of(session, person_id, alone=True)
        ended = agreements.cancel(session, person, terminal.id, self._clock.now())
        audit.note(session, self._clock, terminal.id, "", "deferral_cancelled", of=ended.id)
        return signature_told(ended)

    def check(self, bill_id: str, terminal: Terminal) -> Decision:
        """Whether a bill may wait, so that its items may be carried out now (N03 at each use).

        Raises NoSuch.
        """
        with self._db.read() as session:
            person = person_of(session, bill_of(session, bill_id).person_id)
            signed = agreements.is_signed(session, person.id_number)
        if signed:
            self.standings.ask_when_old(person.id_number)
        with self._db.write() as session:
            bill = bill_of(session, bill_id)
            decision = bill_sets.may_defer(session, self._policy, bill, self._clock.now())
            return noted(session, self._clock, terminal.id, "", "may_defer", bill_id, decision)

    # --- what the runner does

    def gather(self) -> None:
        """Bills that may wait join the set of their visit."""
        if self._policy.deferral.scheme != rules.HERE:
            return
        with self._db.locks.alone(_BILLS), self._db.write() as session:
            bill_sets.gather(session, self._policy, self._clock.now())

    def _due(self) -> list[str]:
        with self._db.read() as session:
            return bill_sets.due(session, self._policy, self._clock.now())

    def _advance(self, set_id: str) -> None:
        with self._db.write() as session:
            bill_sets.advance(session, self._policy, set_id, self._clock.now())

    def _old_words(self) -> list[str]:
        """Numbers that may use it today and about whom nobody was asked today (N03)."""
        today = self._clock.now().date().isoformat()
        with self._db.read() as session:
            return list(
                session.scalars(
                    select(CreditWord.id_number)
                    .join(Person, Person.id_number == CreditWord.id_number)
                    .join(Registration, Registration.person_id == Person.id)
                    .join(Schedule, Schedule.id == Registration.schedule_id)
                    .join(DeferralAgreement, DeferralAgreement.id_number == Person.id_number)
                    .where(
                        Schedule.day == today,
                        Registration.state == "CONFIRMED",
                        DeferralAgreement.state.in_(agreements.COUNTS),
                        CreditWord.credit_at < today,
                    )
                    .distinct()
                )
            )

    def _asked_about(self, person_id: str) -> Person:
        with self._db.read() as session:
            person = person_of(session, person_id)
        if person.id_number and self._policy.deferral.scheme == rules.HERE:
            self.standings.ask_when_old(person.id_number)
        return person

    def _bank_agreements(self, person: Person) -> list[AgreementShape]:
        """Of the scheme's product, asked of the banks now (A.b1)."""
        scheme = self._policy.deferral.scheme
        if scheme not in rules.AT_BANK or not person.id_number:
            return []
        found = self._agreeing.find(person.id).agreements
        return [each for each in found if each.product == scheme and each.state != "CANCELLED"]

    def _noted(
        self, session: Session, terminal: Terminal, person_id: str, decision: Decision
    ) -> Decision:
        return noted(
            session, self._clock, terminal.id, "", "may_sign_deferral", person_id, decision
        )
