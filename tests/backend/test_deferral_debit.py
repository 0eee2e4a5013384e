"""Due bills debited from a bound bank card: once, at most once, and never twice in doubt (W11)."""

from __future__ import annotations

import pytest
from deferral_bench import (
    DAY_S,
    HOUR_S,
    account,
    bind,
    cancelled,
    count,
    debits,
    end_visit,
    first_visit,
    pay,
    visit,
)
from service_bench import LI_ID, Died, House
from sqlalchemy import select
from visit_bench import told

from settlement_backend.deferral.tables import RepaymentDebit
from settlement_backend.settling.saga import Saga
from settlement_backend.settling.tables import Settlement, Tender

# Three bottles at 52.60 that no insurance pays for; 80.00 are prepaid.
ITEMS = ("HYAL", "HYAL", "HYAL")
DEBITED_FEN = 3 * 5260 - 8000


def due(house: House, *, repay: bool = True) -> tuple[str, list[str]]:
    """A visit whose bills are due in five seconds."""
    patient = house.person(LI_ID)
    visit_id, bills = visit(house, patient, *ITEMS, repay_by_debit=repay)
    end_visit(house, visit_id)
    house.clock.pass_seconds(24 * HOUR_S - 10)
    return patient, bills


def debited(house: House) -> list[int]:
    """What the bank took by agreements, in fen."""
    wanted = select(Tender.amount_fen).where(Tender.kind == "BOUND_DEBIT", Tender.state == "TAKEN")
    with house.service.db.read() as session:
        return list(session.scalars(wanted))


def test_w11_due_bills_are_debited_and_nobody_is_reminded(house: House) -> None:
    patient, _ = due(house)
    bind(house, patient)

    house.later(5)
    house.later(5)

    ended = first_visit(house, patient)
    assert (ended["state"], ended["open_fen"]) == ("PAID", 0)
    assert ended["repayments"][0]["automatic"]
    assert debits(house) == [("PAID", "")]
    assert debited(house) == [DEBITED_FEN]
    assert count(house, patient, "deferral_overdue") == 0
    house.assert_world_agrees()


def test_w11_nothing_is_debited_without_consent_or_card(house: House) -> None:
    patient, _ = due(house, repay=False)
    bind(house, patient)
    house.later(60)

    assert debits(house) == []
    assert count(house, patient, "deferral_overdue") == 1


def test_w11_without_a_bound_card_the_patient_is_reminded(house: House) -> None:
    patient, _ = due(house)
    house.later(60)

    assert (debits(house), count(house, patient, "deferral_overdue")) == ([], 1)


def test_w11_a_cancelled_agreement_debits_nothing(house: House) -> None:
    patient, _ = due(house)
    bind(house, patient)
    cancelled(house, patient)
    house.later(60)

    assert debits(house) == []


def test_w11_a_declined_debit_is_tried_again_the_next_day(house: House) -> None:
    patient, _ = due(house)
    bind(house, patient)
    house.platforms.acquirer.control("refuse", path="/agreements/debit", code="NOT_ENOUGH")
    house.later(5)
    house.later(5)
    for _ in range(8):
        house.later(30)
    assert [state for state, _ in debits(house)] == ["FAILED"]
    assert count(house, patient, "deferral_overdue") == 1

    house.later(DAY_S)
    house.later(5)

    assert [state for state, _ in debits(house)] == ["FAILED", "PAID"]
    assert first_visit(house, patient)["state"] == "PAID"
    house.assert_world_agrees()


def test_w03_a_debit_over_the_daily_limit_fails_and_frees_the_bills(house: House) -> None:
    patient, bills = due(house)
    bind(house, patient, daily_limit_fen=100)
    house.later(5)
    house.later(5)

    assert [state for state, _ in debits(house)] == ["FAILED"]
    assert house.bill_state(bills[0]) == "OPEN"
    pay(house, patient, *bills)


@pytest.mark.expects_warnings("settlement_backend.base.outside")
def test_w11_an_answer_that_was_lost_is_asked_about_and_never_doubled(house: House) -> None:
    patient, _ = due(house)
    bind(house, patient)
    house.platforms.acquirer.fault("/agreements/debit", "answer_lost", 1)

    house.later(5)
    for _ in range(20):
        house.later(5)

    assert debits(house) == [("PAID", "")]
    assert first_visit(house, patient)["state"] == "PAID"
    assert debited(house) == [DEBITED_FEN]
    house.assert_world_agrees()


@pytest.mark.expects_warnings("settlement_backend.base.outside", "settlement_backend.settling")
def test_w11_while_one_is_unknown_no_other_begins(house: House) -> None:
    patient, bills = due(house)
    bind(house, patient)
    for path in ("/agreements/debit", "/pay/query", "/pay/reverse"):
        house.platforms.acquirer.fault(path, "http_500", 500)

    house.later(5)
    for _ in range(3):
        house.later(DAY_S)

    assert [state for state, _ in debits(house)] == ["ASKED"]
    assert house.bill_state(bills[0]) == "LOCKED"
    assert count(house, patient, "deferral_overdue") == 0  # its outcome is open
    with house.service.db.read() as session:
        assert session.scalars(select(Settlement.state)).all() == ["SUSPENSE"]


def test_w11_a_killed_process_goes_on_with_the_same_debit(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient, _ = due(house)
    bind(house, patient)
    with monkeypatch.context() as patch:

        def die(*_args: object) -> None:
            raise Died

        patch.setattr(Saga, "commit", die)
        with pytest.raises(Died):
            house.later(15)
    house.revive()
    assert [state for state, _ in debits(house)] == ["ASKED"]

    house.later(5)
    house.later(5)

    assert debits(house) == [("PAID", "")]
    with house.service.db.read() as session:
        debit_id = session.scalars(select(RepaymentDebit.id)).one()
        assert session.get_one(Settlement, debit_id).state == "COMPLETED"
    assert account(house, patient)["open_fen"] == 0
    assert "deferral_overdue" not in told(house, patient)
    house.assert_world_agrees()
