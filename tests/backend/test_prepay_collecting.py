"""Top-ups: allowed by the day's rule, proved by notes or by a sale, booked once."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

import pytest
from backend_bench import CASHIER, Backend, Platforms
from sqlalchemy import select
from tender_bench import pos_sells

from settlement_backend.base.clock import CHINA
from settlement_backend.base.errors import KeyReused, Refused
from settlement_backend.base.outside import NoWord
from settlement_backend.base.tables import AuditLine
from settlement_backend.ledger import ledger
from settlement_backend.notices.tables import Notice
from settlement_backend.people.tables import Person
from settlement_backend.policy.profile import Filing
from settlement_backend.prepay import accounts, monitoring
from settlement_backend.prepay.collecting import Collecting
from settlement_backend.prepay.requests import NewTopUp, Notes, Sale
from settlement_backend.visits.tables import Department, Registration, Schedule

pytestmark = pytest.mark.slow

SILENCE = pytest.mark.expects_warnings("settlement_backend")
LAST_LEGACY = datetime(2025, 3, 30, 10, tzinfo=CHINA)
FIRST_BANNED = datetime(2025, 3, 31, 10, tzinfo=CHINA)


@pytest.fixture
def collecting(backend: Backend) -> Collecting:
    backend.clock.moment = LAST_LEGACY
    return Collecting(backend.context, backend.banks)


def cash(backend: Backend, *notes: tuple[int, int], amount_fen: int = 0) -> NewTopUp:
    counted = tuple(Notes(value_fen=value, count=count) for value, count in notes)
    total_fen = amount_fen or sum(note.value_fen * note.count for note in counted)
    return NewTopUp(
        patient_id=backend.person_id, method="CASH", amount_fen=total_fen, notes=counted
    )


def sold(platforms: Platforms, reference: str, amount_fen: int) -> Sale:
    """What a card terminal did."""
    told = pos_sells(platforms.acquirer, reference, amount_fen)
    assert told["result"] == "approved"
    return Sale(
        reference=reference,
        auth_code=told["auth_code"],
        rrn=told["rrn"],
        masked_card="622202******0017",
    )


def transfer(backend: Backend, sale: Sale, amount_fen: int) -> NewTopUp:
    return NewTopUp(
        patient_id=backend.person_id,
        method="BANKCARD_TRANSFER",
        amount_fen=amount_fen,
        sale=sale,
    )


def refusal(collecting: Collecting, body: NewTopUp) -> str:
    with pytest.raises(Refused) as refused:
        collecting.collect("K9", body, CASHIER)
    return refused.value.reason


def test_s14_notes_become_a_balance_once(backend: Backend, collecting: Collecting) -> None:
    body = cash(backend, (10000, 2), (5000, 1))

    told = collecting.collect("K1", body, CASHIER)

    assert (told.amount_fen, told.balance_fen, told.rule_id) == (25000, 25000, "OP-LEGACY")
    assert told.slip.qr_text.startswith("ZF1.S.")
    assert collecting.collect("K1", body, CASHIER) == told
    with backend.db.read() as session:
        assert ledger.balance(session, "outside:cash") == -25000
        assert session.scalars(select(Notice.kind)).all() == ["prepay_collected"]
        decided = session.scalars(select(AuditLine.event)).all()
        assert decided == ["decided_prepay_collect", "decided_take_cash"]


def test_notes_that_sum_to_another_amount_are_refused(
    backend: Backend, collecting: Collecting
) -> None:
    assert refusal(collecting, cash(backend, (10000, 1), amount_fen=20000)) == "amount"
    assert refusal(collecting, cash(backend, amount_fen=20000)) == "amount"
    assert refusal(collecting, cash(backend, (1000, 4))) == "limits"


def test_s13_s33_sale_of_the_card_terminal_becomes_a_balance_once(
    backend: Backend, collecting: Collecting, platforms: Platforms
) -> None:
    body = transfer(backend, sold(platforms, "POS1", 20000), 20000)

    told = collecting.collect("K1", body, CASHIER)

    assert (told.method, told.balance_fen) == ("BANKCARD_TRANSFER", 20000)
    with pytest.raises(KeyReused):
        collecting.collect("K2", body, CASHIER)
    with backend.db.read() as session:
        assert ledger.balance(session, "outside:card") == -20000


def test_sale_the_acquirer_does_not_know_so_is_refused(
    backend: Backend, collecting: Collecting, platforms: Platforms
) -> None:
    sale = sold(platforms, "POS1", 20000)
    unknown = sale.model_copy(update={"reference": "POS2"})
    foreign = sale.model_copy(update={"auth_code": "000000"})

    assert refusal(collecting, transfer(backend, sale, 10000)) == "not_at_acquirer"
    assert refusal(collecting, transfer(backend, unknown, 20000)) == "not_at_acquirer"
    assert refusal(collecting, transfer(backend, foreign, 20000)) == "not_at_acquirer"


@SILENCE
def test_silent_acquirer_leaves_the_sale_for_the_next_try(
    backend: Backend, collecting: Collecting, platforms: Platforms
) -> None:
    body = transfer(backend, sold(platforms, "POS1", 20000), 20000)
    platforms.acquirer.fault("/sales/query", "silent")

    with pytest.raises(NoWord):
        collecting.collect("K1", body, CASHIER)

    assert collecting.collect("K1", body, CASHIER).balance_fen == 20000


def test_w18_nothing_is_collected_from_2025_03_31(backend: Backend, collecting: Collecting) -> None:
    backend.clock.moment = FIRST_BANNED

    assert refusal(collecting, cash(backend, (10000, 1))) == "prepay.stopped.2025"
    with backend.db.read() as session:
        assert accounts.state_of(session, backend.person_id) == "NONE"


def filed(backend: Backend) -> Collecting:
    """A hospital that told the authority; its clock is past the ban."""
    backend.clock.moment = FIRST_BANNED
    filing = Filing(number="WZ-2025-17", day=date(2025, 3, 31))
    prepay = backend.policy.outpatient_prepay.model_copy(update={"authority_filing": filing})
    policy = backend.policy.model_copy(update={"outpatient_prepay": prepay})
    return Collecting(dataclasses.replace(backend.context, policy=policy), backend.banks)


def born(backend: Backend, day: str) -> None:
    with backend.db.write() as session:
        session.get_one(Person, backend.person_id).birth_date = day


@pytest.mark.parametrize(
    ("birth_date", "consent", "declared", "reason"),
    [
        ("1965-03-31", True, False, ""),
        ("1965-03-31", False, False, "consent_missing"),
        ("1965-04-01", True, False, "prepay.stopped.2025"),
        ("1990-01-01", True, True, ""),
    ],
)
def test_w24_w25_exempt_group_pays_in_of_its_own_will(
    backend: Backend, birth_date: str, consent: bool, declared: bool, reason: str
) -> None:
    exempt = filed(backend)
    born(backend, birth_date)
    wish = {"consent": consent, "declared_need": declared}
    body = cash(backend, (10000, 1)).model_copy(update=wish)

    if reason:
        assert refusal(exempt, body) == reason
    else:
        assert exempt.collect("K1", body, CASHIER).rule_id == "OP-EXEMPT-GROUP"


def test_w23_scene_is_the_hospitals_own_record(backend: Backend) -> None:
    exempt = filed(backend)
    born(backend, "1990-01-01")
    body = cash(backend, (10000, 1)).model_copy(update={"consent": True})
    assert refusal(exempt, body) == "prepay.stopped.2025"

    in_emergency(backend)

    assert exempt.collect("K1", body, CASHIER).rule_id == "OP-EXEMPT-SCENE"


def in_emergency(backend: Backend) -> None:
    day = backend.clock.now().date().isoformat()
    names = dict.fromkeys(("doctor_zh", "doctor_en", "title_zh", "title_en"), "")
    places = dict.fromkeys(("session_zh", "session_en", "room_zh", "room_en"), "")
    with backend.db.write() as session:
        session.add(Department(code="ER", name_zh="急诊", name_en="ER", place_zh="", place_en=""))
        session.flush()
        session.add(
            Schedule(
                id="S1", department_code="ER", day=day, fee_fen=0, capacity=9, **names, **places
            )
        )
        session.flush()
        session.add(
            Registration(
                id="R1",
                person_id=backend.person_id,
                schedule_id="S1",
                state="CONFIRMED",
                expires_at=day,
                scene="EMERGENCY",
            )
        )


def test_s46_totals_count_what_came_in_and_went_out(
    backend: Backend, collecting: Collecting
) -> None:
    collecting.collect("K1", cash(backend, (10000, 2)), CASHIER)
    with backend.db.write() as session:
        now = backend.clock.now()
        accounts.spend(session, backend.person_id, 5000, "take/1", "settling:1", now)
        accounts.put_back(session, backend.person_id, 1000, "return/1", "settling:1", now)

    with backend.db.read() as session:
        totals = monitoring.totals(session, "2025-03-30", "2025-03-30")
        before = monitoring.totals(session, "2025-03-01", "2025-03-29")

    moved = {flow.kind: (flow.amount_fen, flow.count) for flow in totals.flows if flow.count}
    assert moved == {"TOP_UP": (20000, 1), "SPENT": (5000, 1), "RETURNED": (1000, 1)}
    assert (totals.owed_fen, totals.accounts) == (16000, 1)
    assert all(flow.count == 0 for flow in before.flows)
