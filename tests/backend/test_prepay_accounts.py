"""Balances: one number in account, ledger and lots, whatever moves it, and only once."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from backend_bench import SLIP_KEY, WANG_ID, HandClock, person, window
from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.database import Database
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.ledger import ledger
from settlement_backend.ledger.ledger import Move
from settlement_backend.notices.tables import Notice
from settlement_backend.prepay import accounts, change
from settlement_backend.prepay.accounts import TopUp
from settlement_backend.prepay.lots import OLD, SetAside, lots_of
from settlement_backend.prepay.tables import ChangeDue
from settlement_backend.settling.tables import Settlement

pytestmark = pytest.mark.both_databases

WHO = "P-WANG"


@pytest.fixture(autouse=True)
def somebody(db: Database, clock: HandClock) -> None:
    with db.write() as session:
        session.add(person(WHO, WANG_ID))
        session.add(window())


def top_up(
    session: Session, clock: HandClock, name: str, fen: int, day: str = "2026-01-05"
) -> None:
    source = TopUp("CASH", day)
    accounts.collect(session, WHO, fen, f"topup/{name}", "outside:cash", source, clock.now())


def spend(session: Session, clock: HandClock, name: str, fen: int) -> bool:
    return accounts.spend(session, WHO, fen, f"take/{name}", "settling:S1", clock.now())


def put_back(session: Session, clock: HandClock, name: str, fen: int) -> None:
    accounts.put_back(session, WHO, fen, f"return/{name}", "settling:S1", clock.now())


def lots(session: Session) -> list[tuple[int, int]]:
    """Left and returned, oldest lot first."""
    return [(lot.left_fen, lot.returned_fen) for lot in lots_of(session, WHO)]


def assert_one_number(session: Session, expected_fen: int) -> None:
    assert accounts.balance_fen(session, WHO) == expected_fen
    assert ledger.balance(session, f"prepaid:{WHO}") == expected_fen
    assert sum(lot.left_fen for lot in lots_of(session, WHO)) == expected_fen
    assert ledger.balanced(session)


def test_oldest_money_is_spent_first_and_comes_back_last(db: Database, clock: HandClock) -> None:
    with db.write() as session:
        top_up(session, clock, "new", 3000, "2026-02-01")
        top_up(session, clock, "old", 2000, "2024-05-01")

        assert spend(session, clock, "1", 2500)
        assert lots(session) == [(0, 0), (2500, 0)]
        assert_one_number(session, 2500)

        put_back(session, clock, "1", 1000)
        assert lots(session) == [(500, 0), (3000, 0)]
        assert_one_number(session, 3500)


def test_s22_each_debit_is_told_with_amount_and_balance(db: Database, clock: HandClock) -> None:
    with db.write() as session:
        top_up(session, clock, "1", 3000)
        spend(session, clock, "1", 2500)
        spend(session, clock, "1", 2500)

        told = session.scalars(select(Notice)).one()

        assert (told.kind, told.facts) == (
            "prepay_spent",
            '{"amount_fen": 2500, "balance_fen": 500}',
        )


def test_more_than_the_balance_is_not_spent(db: Database, clock: HandClock) -> None:
    with db.write() as session:
        assert not spend(session, clock, "0", 1)
        top_up(session, clock, "1", 2000)

        assert not spend(session, clock, "1", 2001)
        assert spend(session, clock, "2", 2000)
        assert not spend(session, clock, "3", 1)
        assert_one_number(session, 0)


def test_same_posting_moves_money_once(db: Database, clock: HandClock) -> None:
    for _ in range(2):
        with db.write() as session:
            top_up(session, clock, "1", 2000)
            assert spend(session, clock, "1", 1500)
            put_back(session, clock, "1", 500)
    with db.read() as session:
        assert_one_number(session, 1000)


def test_two_spenders_share_what_is_there(db: Database, clock: HandClock) -> None:
    with db.write() as session:
        top_up(session, clock, "1", 2000)

    def take(name: str) -> bool:
        with db.write() as session:
            return spend(session, clock, name, 1500)

    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(take, ("a", "b", "c", "d")))

    assert sorted(taken) == [False, False, False, True]
    with db.read() as session:
        assert_one_number(session, 500)


def test_two_top_ups_of_a_new_person_make_one_account(db: Database, clock: HandClock) -> None:
    def add(name: str) -> None:
        with db.write() as session:
            top_up(session, clock, name, 1000)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, ("a", "b", "c", "d")))

    with db.read() as session:
        assert_one_number(session, 4000)


def test_cleared_balance_leaves_by_its_lots_and_can_come_back(
    db: Database, clock: HandClock
) -> None:
    with db.write() as session:
        top_up(session, clock, "old", 2000, "2024-05-01")
        top_up(session, clock, "new", 3000, "2026-02-01")
        spend(session, clock, "1", 500)

        aside = accounts.clear(session, WHO, "clean/1", "cleaning:1", clock.now())

        assert aside == [SetAside("topup/old", 1500), SetAside("topup/new", 3000)]
        assert lots(session) == [(0, 1500), (0, 3000)]
        assert_one_number(session, 0)
        assert ledger.balance(session, "cleaning:1") == 4500
        assert accounts.clear(session, WHO, "clean/2", "cleaning:2", clock.now()) == []

        for _ in range(2):
            accounts.unclear(session, WHO, aside, "unclean/1", "cleaning:1", clock.now())
        assert lots(session) == [(1500, 0), (3000, 0)]
        assert_one_number(session, 4500)


def test_money_that_comes_back_after_the_clean_out_opens_the_account(
    db: Database, clock: HandClock
) -> None:
    with db.write() as session:
        top_up(session, clock, "1", 2000)
        spend(session, clock, "1", 800)
        accounts.clear(session, WHO, "clean/1", "cleaning:1", clock.now())
        accounts.change_state(session, WHO, ("OPEN",), "CLEARED")

        put_back(session, clock, "1", 800)

        assert accounts.state_of(session, WHO) == "OPEN"
        assert lots(session) == [(800, 1200)]
        assert_one_number(session, 800)


def test_money_that_fits_into_no_lot_becomes_an_old_one(db: Database, clock: HandClock) -> None:
    with db.write() as session:
        put_back(session, clock, "1", 700)

        assert [(lot.channel, lot.left_fen) for lot in lots_of(session, WHO)] == [(OLD, 700)]
        assert_one_number(session, 700)


def test_balance_of_the_ledger_alone_gets_its_account(db: Database, clock: HandClock) -> None:
    with db.write() as session:
        opening = Move("opening", f"prepaid:{WHO}", 8000)
        ledger.post(session, "opening/1", stamp(clock.now()), [opening])
        assert accounts.balance_fen(session, WHO) == 0
    for _ in range(2):
        with db.write() as session:
            accounts.adopt(session, clock.now())
            assert_one_number(session, 8000)
            assert accounts.state_of(session, WHO) == "OPEN"


def test_nobody_has_no_account(db: Database, clock: HandClock) -> None:
    with db.write() as session:
        assert (accounts.balance_fen(session, WHO), accounts.state_of(session, WHO)) == (0, "NONE")
        with pytest.raises(NoSuch):
            source = TopUp("CASH", "2026-01-05")
            accounts.collect(session, "nobody", 1, "topup/x", "outside:cash", source, clock.now())


# --- change that a machine owes (C12)


def change_slips(db: Database, clock: HandClock, times: int = 1) -> Sequence[str]:
    """A kiosk took 20.00 more than the bill; how often it says so is no matter."""
    slips = []
    for _ in range(times):
        with db.write() as session:
            if session.get(Settlement, "S1") is None:
                session.add(settlement(clock))
                session.flush()
            due = change.collect_change(session, SLIP_KEY, WHO, "S1", 2000, "K01", clock.now())
            slips.append(due.slip_id)
    return slips


def settlement(clock: HandClock) -> Settlement:
    at = stamp(clock.now())
    return Settlement(
        id="S1",
        person_id=WHO,
        terminal_id="W07",
        state="COMPLETED",
        total_fen=8000,
        created_at=at,
        expires_at=at,
    )


def test_c12_change_is_a_debt_and_no_balance(db: Database, clock: HandClock) -> None:
    first, again = change_slips(db, clock, times=2)

    assert first == again
    with db.read() as session:
        assert accounts.state_of(session, WHO) == "NONE"
        assert ledger.balance(session, "change:S1") == 2000
        assert session.scalars(select(ChangeDue)).one().state == "DUE"


def test_c12_m24_change_slip_is_cashed_once(db: Database, clock: HandClock) -> None:
    (slip,) = change_slips(db, clock)

    def cash(operator: str) -> str:
        try:
            with db.write() as session:
                return change.pay_change(session, slip, operator, "W07", clock.now()).paid_by
        except Refused as refused:
            return refused.reason

    with ThreadPoolExecutor(4) as pool:
        told = sorted(pool.map(cash, ("2107", "2107", "2107", "2107")))

    assert told == ["2107", "change_paid", "change_paid", "change_paid"]
    with db.read() as session:
        assert ledger.balance(session, "change:S1") == 0
        assert ledger.balance(session, "outside:cash") == 0
        assert ledger.balanced(session)
        with pytest.raises(NoSuch):
            change.change_of(session, "C000000NOTHING")
