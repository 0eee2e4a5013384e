"""Top-ups: decided by the profile, proved by notes or by a card terminal's sale, then booked.

Talks to the acquirer outside of transactions: a sale counts only when its bank knows it with our
amount. What a reader would get wrong: the money is in the machine before it is booked here, so a
refusal after it was taken is a case for a person; terminals ask for the terms first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.acquirers.acquirer import SaleAt
from settlement_backend.acquirers.banks import Banks, bank_for
from settlement_backend.base.clock import stamp
from settlement_backend.base.context import Context
from settlement_backend.base.errors import KeyReused, Refused
from settlement_backend.base.outside import NotFound, NoWord, Silent
from settlement_backend.base.steps import Actor
from settlement_backend.documents.shapes import slip_shape
from settlement_backend.documents.slips import mint
from settlement_backend.documents.tables import Slip
from settlement_backend.notices import outbox
from settlement_backend.people.id_numbers import age_of
from settlement_backend.people.people import person_of
from settlement_backend.people.tables import Person
from settlement_backend.policy.decision import noted, required
from settlement_backend.prepay import accounts
from settlement_backend.prepay.accounts import TopUp
from settlement_backend.prepay.requests import NewTopUp, Sale
from settlement_backend.prepay.rules import Allowed, Asked, groups_of, may_collect, may_take
from settlement_backend.prepay.shapes import TopUpShape
from settlement_backend.prepay.tables import PrepayLot
from settlement_backend.staff.shifts import drawer_for
from settlement_backend.visits.tables import Registration, Schedule

_SOURCES = {"CASH": "outside:cash", "BANKCARD_TRANSFER": "outside:card"}
_ORDINARY = "OUTPATIENT"


@dataclass(frozen=True, slots=True)
class Proof:
    """What shows that the money came in."""

    payer: str = ""
    acquirer: str = ""
    order_no: str = ""


class Collecting:
    """Top-ups of this backend."""

    def __init__(self, context: Context, banks: Banks) -> None:
        self._db, self._clock, self._policy = context.db, context.clock, context.policy
        self._slip_key, self._banks = context.slip_key, banks

    def allowed(
        self, session: Session, person: Person, *, declared_need: bool, consented: bool
    ) -> tuple[Allowed, str]:
        """What the profile says today for this person, and the scene it was asked for."""
        today = self._clock.now().date()
        scene = _scene_of(session, person.id, today.isoformat())
        age = age_of(person.birth_date, today)
        rules = self._policy.outpatient_prepay
        groups = groups_of(rules, age, declared_need)
        asked = Asked(today, scene, groups, person.real_name, consented)
        return may_collect(rules, asked), scene

    def collect(self, top_up_id: str, body: NewTopUp, actor: Actor) -> TopUpShape:
        """Book a top-up once, under its own number.

        Raises Refused with the rule's word or the drawer's (`no_shift`, `shift_over_month_end`),
        `amount` for notes that sum to another amount, `not_at_acquirer`; KeyReused for a sale that
        another top-up has; NoWord.
        """
        posting = f"topup/{top_up_id}"
        with self._db.read() as session:
            if session.get(PrepayLot, posting) is not None:
                return self._shape(session, posting)
        rule_id = self._decide(body, actor)
        proof = self._proof(body, actor)
        now = self._clock.now()
        top_up = TopUp(
            channel=body.method,
            day=now.date().isoformat(),
            payer=proof.payer,
            acquirer=proof.acquirer,
            order_no=proof.order_no,
            rule_id=rule_id,
            terminal_id=actor.terminal_id,
        )
        with self._db.write() as session:
            person_of(session, body.patient_id, alone=True)
            _check_unused(session, proof, posting)
            accounts.collect(
                session,
                body.patient_id,
                body.amount_fen,
                posting,
                _SOURCES[body.method],
                top_up,
                now,
            )
            self._tell(session, posting, body)
            return self._shape(session, posting)

    def _decide(self, body: NewTopUp, actor: Actor) -> str:
        """The rule that allows it, noted. Raises Refused."""
        with self._db.write() as session:
            person = person_of(session, body.patient_id)
            allowed, _scene = self.allowed(
                session, person, declared_need=body.declared_need, consented=body.consent
            )
            balance_fen = accounts.balance_fen(session, person.id)
            rules = self._policy.outpatient_prepay
            decision = may_take(rules, allowed, body.method, body.amount_fen, balance_fen)
            asked = (actor.terminal_id, actor.operator, "prepay_collect", person.id)
            noted(session, self._clock, *asked, decision)
            if body.method == "CASH" and decision.allow:
                drawer = drawer_for(session, self._policy.staff, self._clock, actor)
                decision = decision if drawer.allow else drawer
        return required(decision).rule_id

    def _proof(self, body: NewTopUp, actor: Actor) -> Proof:
        if body.method == "CASH":
            counted_fen = sum(note.value_fen * note.count for note in body.notes)
            if counted_fen != body.amount_fen or body.sale is not None:
                raise Refused("amount")
            return Proof()
        if body.sale is None or body.notes:
            raise Refused("amount")
        return self._sold(body.sale, body.amount_fen, actor)

    def _sold(self, sale: Sale, amount_fen: int, actor: Actor) -> Proof:
        bank = bank_for(self._policy.acquirers, actor.terminal_id, sale.masked_card)
        found = self._banks.of(bank).sale(sale.reference)
        match found:
            case SaleAt():
                same = (found.amount_fen, found.auth_code) == (amount_fen, sale.auth_code)
                if found.voided or not same:
                    raise Refused("not_at_acquirer")
                return Proof(found.masked_card, bank, sale.reference)
            case NotFound():
                raise Refused("not_at_acquirer")
            case Silent():
                raise NoWord
            case _:
                assert_never(found)

    def _tell(self, session: Session, posting: str, body: NewTopUp) -> None:
        now = self._clock.now()
        if session.scalar(select(Slip.id).where(Slip.of == posting)) is not None:
            return
        mint(session, self._slip_key, "S", body.patient_id, posting, [], stamp(now))
        outbox.tell(
            session,
            now,
            body.patient_id,
            "prepay_collected",
            posting,
            amount_fen=body.amount_fen,
            balance_fen=accounts.balance_fen(session, body.patient_id),
        )

    def _shape(self, session: Session, posting: str) -> TopUpShape:
        lot = session.get_one(PrepayLot, posting)
        slip_id = session.scalars(select(Slip.id).where(Slip.of == posting)).one()
        return TopUpShape(
            top_up_id=posting.removeprefix("topup/"),
            method=lot.channel,
            amount_fen=lot.amount_fen,
            balance_fen=accounts.balance_fen(session, lot.person_id),
            rule_id=lot.rule_id,
            slip=slip_shape(session, slip_id, self._slip_key),
        )


def _check_unused(session: Session, proof: Proof, lot_id: str) -> None:
    """One sale is one top-up."""
    used = select(PrepayLot.id).where(PrepayLot.order_no == proof.order_no, PrepayLot.id != lot_id)
    if proof.order_no and session.scalar(used) is not None:
        raise KeyReused


def _scene_of(session: Session, person_id: str, day: str) -> str:
    """Where the person is treated today by the hospital's own books (W23); never by a terminal."""
    scenes = (
        select(Registration.scene)
        .join(Schedule, Schedule.id == Registration.schedule_id)
        .where(
            Registration.person_id == person_id,
            Registration.state == "CONFIRMED",
            Registration.scene != _ORDINARY,
            Schedule.day == day,
        )
    )
    return session.scalar(scenes.limit(1)) or _ORDINARY
