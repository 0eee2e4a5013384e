"""Clean-out: whose account is paid, which window pays, and what cannot be returned in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from backend_bench import CASHIER, SUPERVISOR, Backend, Platforms
from cleanout_bench import (
    GOOD,
    KIOSK,
    REVIEWER,
    add_lot,
    agreed,
    asked,
    balance,
    refunds_of,
    state_of,
)
from sqlalchemy import select

from settlement_backend.base.errors import Refused
from settlement_backend.cleanout import ledgered
from settlement_backend.cleanout.applications import CleanOuts
from settlement_backend.cleanout.books import under_way_fen
from settlement_backend.cleanout.requests import Account
from settlement_backend.cleanout.shapes import CleanOutShape
from settlement_backend.notices.tables import Notice
from settlement_backend.people.tables import DocumentSeen, Person, Relation
from settlement_backend.prepay import accounts, monitoring
from settlement_backend.refunds.tables import Payout

pytestmark = pytest.mark.slow


@pytest.fixture
def clean_outs(backend: Backend) -> CleanOuts:
    return CleanOuts(backend.context, backend.banks, backend.payouts)


# --- whose account it is


def born(backend: Backend, birth_date: str) -> None:
    with backend.db.write() as session:
        session.get_one(Person, backend.person_id).birth_date = birth_date


def years_ago(backend: Backend, years: int, days: int = 0) -> str:
    today = backend.clock.now().date()
    return (today.replace(year=today.year - years) + timedelta(days=days)).isoformat()


def contact(backend: Backend, id_number: str) -> None:
    with backend.db.write() as session:
        session.add(
            Relation(
                id="R1",
                person_id=backend.person_id,
                kind="CONTACT",
                name="王小明",
                id_number=id_number,
                phone="13800000001",
                proof="",
                may_see=False,
                may_pay=False,
                state="ACTIVE",
                since="2026-01-01",
                terminal_id="W07",
            )
        )


def payee_names(backend: Backend) -> Sequence[str]:
    with backend.db.read() as session:
        return session.scalars(select(Payout.payee_name)).all()


def test_w28_w30_person_of_18_is_paid_himself(backend: Backend, clean_outs: CleanOuts) -> None:
    born(backend, years_ago(backend, 18))
    add_lot(backend, "o", 1000)

    agreed(clean_outs, asked(backend, clean_outs, name="somebody else"))

    assert payee_names(backend) == ["王建国"]


def test_w30_below_18_the_registered_contact_is_paid(
    backend: Backend, clean_outs: CleanOuts
) -> None:
    born(backend, years_ago(backend, 18, days=1))
    contact(backend, "330302198410131445")
    add_lot(backend, "o", 1000)

    agreed(clean_outs, asked(backend, clean_outs))

    assert payee_names(backend) == ["王小明"]


def test_w32_unclear_contact_needs_a_second_real_name_submission(
    backend: Backend, clean_outs: CleanOuts
) -> None:
    born(backend, years_ago(backend, 12))
    contact(backend, "")
    add_lot(backend, "o", 1000)

    told = asked(backend, clean_outs)

    assert (told.state, told.payee_account) == ("NEED_REALNAME_RESUBMIT", "")
    with pytest.raises(Refused, match="not_allowed"):
        clean_outs.review([told.clean_out_id], REVIEWER, True, "")
    account = Account(account_no=GOOD, bank="ICBC")
    with pytest.raises(Refused, match="real_name_needed"):
        clean_outs.resubmit(told.clean_out_id, account, KIOSK)
    with backend.db.write() as session:
        session.get_one(Relation, "R1").id_number = "330302198410131445"
    agreed(clean_outs, clean_outs.resubmit(told.clean_out_id, account, KIOSK))
    assert payee_names(backend) == ["王小明"]


def test_w34_dead_persons_money_needs_a_window_and_all_documents(
    backend: Backend, clean_outs: CleanOuts
) -> None:
    add_lot(backend, "w", 1000, "WECHAT")
    with backend.db.write() as session:
        session.get_one(Person, backend.person_id).deceased_on = "2026-01-02"

    with pytest.raises(Refused, match="window_only"):
        asked(backend, clean_outs)
    plan = clean_outs.plan(backend.person_id, "window")
    assert plan.documents == backend.policy.refund.deceased_documents
    assert plan.needs == ("PAYEE", "DOCUMENTS")
    with pytest.raises(Refused, match="documents_missing"):
        asked(backend, clean_outs, actor=CASHIER, name="王建国")

    for kind in plan.documents:
        see(backend, kind)
    told = agreed_at_window(clean_outs, asked(backend, clean_outs, actor=CASHIER, name="王建国"))
    assert [way.rule_id for way in told.ways] == ["RF-DECEASED"]
    assert payee_names(backend) == ["王建国"]


def see(backend: Backend, kind: str) -> None:
    with backend.db.write() as session:
        session.add(
            DocumentSeen(
                id=kind,
                person_id=backend.person_id,
                about="DECEASED",
                kind=kind,
                operator="2107",
                terminal_id="W07",
                at="2026-03-02",
            )
        )


def agreed_at_window(clean_outs: CleanOuts, told: CleanOutShape) -> CleanOutShape:
    """Asked for by the cashier, so another person reviews it."""
    clean_outs.review([told.clean_out_id], SUPERVISOR, True, "")
    return clean_outs.confirm(told.clean_out_id, CASHIER)


def test_w35_window_of_another_campus_pays_out(backend: Backend, clean_outs: CleanOuts) -> None:
    add_lot(backend, "o", 1000)
    told = asked(backend, clean_outs)
    elsewhere = replace(SUPERVISOR, terminal_id="W-EAST-01")

    clean_outs.review([told.clean_out_id], REVIEWER, True, "")
    told = clean_outs.confirm(told.clean_out_id, elsewhere)

    assert told.steps[-1].terminal_id == "W-EAST-01"


# --- what cannot be returned in time


def test_w21_balances_left_over_are_listed_once_and_can_be_claimed_at_a_window(
    backend: Backend, clean_outs: CleanOuts, platforms: Platforms
) -> None:
    add_lot(backend, "w", 3000, "WECHAT")
    add_lot(backend, "o", 1000, days_ago=900)
    now = backend.clock.now()
    for expected in (1, 0):
        with backend.db.write() as session:
            assert ledgered.enter(session, "no contact", "2401", now) == expected

    assert state_of(backend) == "LEDGERED"
    with backend.db.read() as session:
        listed = ledgered.listed(session)
        assert (len(listed.entries), listed.open_fen) == (2, 4000)
        lines = ledgered.exported(listed).split("\r\n")
        assert lines[0].startswith("\ufeff患者姓名,证件号码,充值渠道")
        assert "微信" in lines[2] and "30.00" in lines[2]
        assert not accounts.spend(session, backend.person_id, 1, "take/1", "settling:1", now)
    assert balance(backend, f"unreturned:{backend.person_id}") == 4000
    with pytest.raises(Refused, match="window_only"):
        asked(backend, clean_outs)

    told = agreed_at_window(clean_outs, asked(backend, clean_outs, actor=CASHIER))
    assert told.amount_fen == 4000
    assert refunds_of(platforms) == {"TOPUPw": 3000}
    with backend.db.read() as session:
        listed = ledgered.listed(session)
        assert listed.open_fen == 0 and all(entry.claimed_at for entry in listed.entries)
    assert balance(backend, f"unreturned:{backend.person_id}") == 0


def test_w19_s51_stock_shows_age_and_progress(backend: Backend, clean_outs: CleanOuts) -> None:
    add_lot(backend, "o", 1000, days_ago=800)
    rules, today = backend.policy.outpatient_prepay, backend.clock.now().date()

    with backend.db.read() as session:
        stock = monitoring.stock(session, rules, under_way_fen(session), today)
        assert [(h.balance_fen, h.age_days, h.idle_days) for h in stock.accounts] == [
            (1000, 800, 0)
        ]
        assert [(age.until_years, age.amount_fen) for age in stock.ages] == [
            (1, 0),
            (3, 1000),
            (5, 0),
            (0, 0),
        ]
        assert len(monitoring.idle(session, 0, today)) == 1
        assert monitoring.idle(session, 1, today) == ()
    told = asked(backend, clean_outs)
    with backend.db.read() as session:
        stock = monitoring.stock(session, rules, under_way_fen(session), today)
        assert (stock.open_fen, stock.under_way_fen, stock.returned_fen) == (0, 1000, 0)
    agreed(clean_outs, told)
    backend.send_transfers(looks=2)
    with backend.db.read() as session:
        stock = monitoring.stock(session, rules, under_way_fen(session), today)
        assert (stock.open_fen, stock.under_way_fen, stock.returned_fen) == (0, 0, 1000)
        kinds = set(session.scalars(select(Notice.kind)))
        assert {"clean_out_accepted", "clean_out_paid"} <= kinds
