"""Expected cash: every posting that moves it belongs to one terminal, whatever happened (S23)."""

from __future__ import annotations

import random
import uuid

import pytest
from backend_bench import CASHIER, SLIP_KEY, SUPERVISOR, Backend, Line, window
from sqlalchemy import select

from settlement_backend.base.clock import stamp
from settlement_backend.base.context import Context
from settlement_backend.base.steps import Actor
from settlement_backend.bills.tables import Bill, BillLine
from settlement_backend.cleanout.applications import CleanOuts
from settlement_backend.cleanout.requests import NewCleanOut
from settlement_backend.inpatient.tables import Admission
from settlement_backend.ledger import ledger
from settlement_backend.policy.profile import Policy
from settlement_backend.prepay import accounts
from settlement_backend.prepay.change import pay_change
from settlement_backend.prepay.collecting import Collecting
from settlement_backend.prepay.requests import NewTopUp, Notes
from settlement_backend.prepay.tables import ChangeDue
from settlement_backend.refunds.refunds import Refunds
from settlement_backend.settling.saga import Saga
from settlement_backend.settling.wish import Wish
from settlement_backend.staff.takings import Taking, cash_fen, takings
from settlement_backend.terminals.tables import Terminal
from settlement_backend.visits.tables import Department

pytestmark = pytest.mark.slow

DESKS = (CASHIER, Actor("2107", "W09", "window"))
ADMISSION = "A1"
STEPS = 24


def with_cash_everywhere(policy: Policy) -> Policy:
    """Deposits in cash, and balances that a window clears."""
    deposit = policy.inpatient_deposit.model_copy(update={"methods": ("SCAN", "CASH")})
    prepay = policy.outpatient_prepay.model_copy(update={"clear_after_visit": "WINDOW"})
    return policy.model_copy(update={"inpatient_deposit": deposit, "outpatient_prepay": prepay})


class Hospital:
    """Two windows that take cash for bills, deposits and balances, and hand it out again."""

    def __init__(self, backend: Backend) -> None:
        backend.clock.moment = backend.clock.moment.replace(year=2025, month=3, day=28)
        policy = with_cash_everywhere(backend.policy)
        context = Context(backend.db, backend.clock, policy, SLIP_KEY)
        self.backend, self.paid = backend, list[str]()
        self.saga = Saga(context, backend.means, backend.banks, backend.insurance)
        self.collecting = Collecting(context, backend.banks)
        self.clean_outs = CleanOuts(context, backend.banks, backend.payouts)
        self.refunds = Refunds(context, backend.means, backend.insurance, backend.payouts)
        with backend.db.write() as session:
            other = window()
            other.id, other.token_hash = DESKS[1].terminal_id, "w09"
            session.add(other)
            names = {"name_zh": "外科", "name_en": "Surgery", "place_zh": "", "place_en": ""}
            session.add(Department(code="SU", **names))
            session.flush()
            session.add(_admission(backend))

    def pay(self, desk: Actor, amount_fen: int, more_fen: int = 0, *, deposit: bool = False) -> str:
        """A bill is paid; `more_fen` of what was handed over is owed as change."""
        bill_id = self.backend.bill(Line(amount_fen, "OWN"))
        if deposit:
            with self.backend.db.write() as session:
                bill = session.get_one(Bill, bill_id)
                bill.kind, bill.admission_id = "DEPOSIT", ADMISSION
        with self.backend.db.read() as session:
            terminal = session.get_one(Terminal, desk.terminal_id)
        settlement_id, person_id = uuid.uuid4().hex, self.backend.person_id
        due_fen = self.saga.open(settlement_id, person_id, [(bill_id, 1)], terminal).due_fen
        tender, handed_fen = ("CASH", due_fen + more_fen) if due_fen else ("NONE", 0)
        wish = Wish(f"{settlement_id}/commit", tender, "", due_fen, handed_fen)
        told = self.saga.commit(settlement_id, wish, terminal)
        assert told.state == "COMPLETED", told
        self.paid.append(settlement_id)
        return settlement_id

    def refund(self, desk: Actor, settlement_id: str) -> None:
        """All of a paid bill or deposit, confirmed at this desk."""
        with self.backend.db.read() as session:
            bills = select(Bill.id).where(Bill.settlement_id == settlement_id)
            lines = list(session.scalars(select(BillLine.id).where(BillLine.bill_id.in_(bills))))
        told = self.refunds.request(uuid.uuid4().hex, settlement_id, lines, "not done", CASHIER)
        self.refunds.review(told.refund_id, SUPERVISOR, True)
        assert self.refunds.confirm(told.refund_id, desk).state == "PAID"

    def top_up(self, desk: Actor, amount_fen: int) -> None:
        """Notes become a balance."""
        notes = (Notes(value_fen=amount_fen, count=1),)
        person_id = self.backend.person_id
        body = NewTopUp(patient_id=person_id, method="CASH", amount_fen=amount_fen, notes=notes)
        self.collecting.collect(uuid.uuid4().hex, body, desk)

    def clean_out(self, desk: Actor) -> None:
        """The whole balance is handed out."""
        with self.backend.db.read() as session:
            if accounts.balance_fen(session, self.backend.person_id) == 0:
                return
        person_id = self.backend.person_id
        wish = NewCleanOut(patient_id=person_id, warned=True, face_check_id="", payee=None)
        told = self.clean_outs.apply(uuid.uuid4().hex, wish, CASHIER)
        self.clean_outs.review([told.clean_out_id], SUPERVISOR, True, "")
        assert self.clean_outs.confirm(told.clean_out_id, desk).state == "PAID"

    def hand_out_change(self, desk: Actor) -> None:
        """Every slip of change that is open."""
        with self.backend.db.write() as session:
            now = self.backend.clock.now()
            due = select(ChangeDue.slip_id).where(ChangeDue.state == "DUE")
            for slip_id in session.scalars(due).all():
                pay_change(session, slip_id, desk.operator, desk.terminal_id, now)

    def cash_at(self, desk: Actor, since: str = "", until: str = "9") -> int:
        """What the drawer should have grown by."""
        with self.backend.db.read() as session:
            return cash_fen(takings(session, desk.terminal_id, since, until))

    def ledger_fen(self) -> int:
        """What all postings moved on cash."""
        with self.backend.db.read() as session:
            assert ledger.balanced(session)
            return -ledger.balance(session, "outside:cash")


def _admission(backend: Backend) -> Admission:
    return Admission(
        id=ADMISSION,
        person_id=backend.person_id,
        department_code="SU",
        doctor_zh="",
        doctor_en="",
        ward_zh="",
        ward_en="",
        state="ADMITTED",
        requested_at=stamp(backend.clock.now()),
    )


@pytest.fixture
def hospital(backend: Backend) -> Hospital:
    return Hospital(backend)


@pytest.mark.parametrize("seed", range(4))
def test_s23_drawers_together_hold_what_the_ledger_moved(hospital: Hospital, seed: int) -> None:
    chance = random.Random(seed)
    marks = [""]
    for _ in range(STEPS):
        hospital.backend.clock.pass_seconds(60)
        _something(hospital, chance)
        if chance.random() < 0.2:
            marks.append(stamp(hospital.backend.clock.now()))

    assert sum(hospital.cash_at(desk) for desk in DESKS) == hospital.ledger_fen()
    times = list(zip(marks, [*marks[1:], "9"], strict=True))
    for desk in DESKS:
        shifts_fen = [hospital.cash_at(desk, since, until) for since, until in times]
        assert sum(shifts_fen) == hospital.cash_at(desk)


def _something(hospital: Hospital, chance: random.Random) -> None:
    desk, amount_fen = chance.choice(DESKS), chance.randrange(100, 9000)
    match chance.randrange(6):
        case 0:
            hospital.pay(desk, amount_fen, chance.choice((0, 50)))
        case 1:
            hospital.pay(desk, amount_fen, deposit=True)
        case 2 if hospital.paid:
            paid = hospital.paid.pop(chance.randrange(len(hospital.paid)))
            hospital.refund(desk, paid)
        case 3:
            hospital.top_up(desk, chance.choice((5000, 10000)))
        case 4:
            hospital.clean_out(desk)
        case _:
            hospital.hand_out_change(desk)


def test_s23_each_kind_of_cash_is_in_the_drawer_it_came_to(hospital: Hospital) -> None:
    here, there = DESKS
    bill = hospital.pay(here, 1000, 50)
    deposit = hospital.pay(here, 20000, deposit=True)
    hospital.top_up(here, 5000)
    assert (hospital.cash_at(here), hospital.cash_at(there)) == (26050, 0)

    hospital.hand_out_change(there)
    hospital.clean_out(there)
    hospital.refund(there, bill)
    hospital.refund(there, deposit)

    with hospital.backend.db.read() as session:
        (given,) = takings(session, there.terminal_id, "", "9")
    assert given == Taking(kind="CASH", taken_fen=0, given_fen=26050, count=0)
    assert hospital.ledger_fen() == 0


def test_s23_bill_opened_here_and_paid_there_is_cash_there(hospital: Hospital) -> None:
    here, there = DESKS
    bill_id = hospital.backend.bill(Line(1000, "OWN"))
    with hospital.backend.db.read() as session:
        opened, paid = (session.get_one(Terminal, desk.terminal_id) for desk in DESKS)
    person_id = hospital.backend.person_id
    told = hospital.saga.open("S1", person_id, [(bill_id, 1)], opened)

    hospital.saga.commit("S1", Wish("S1/commit", "CASH", "", told.due_fen), paid)

    assert (hospital.cash_at(here), hospital.cash_at(there)) == (0, 1000)
