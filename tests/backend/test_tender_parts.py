"""A part in cash and the rest by another tender, in one settlement at a window (F14)."""

from __future__ import annotations

from datetime import timedelta

import pytest
import requests
from backend_bench import PAY_CODE, Json, Line, Platforms
from service_bench import (
    KIOSK,
    LI_CODE,
    LI_ID,
    NEVER_CODE,
    SLOW_CODE,
    WINDOW,
    Died,
    House,
    ServerGone,
    commit_body,
    new_key,
    tenders,
)
from staff_bench import CASHIER, SUPERVISOR, sign_in
from tender_bench import CREDIT, DEBIT, bind, due, lend, prepare
from test_deciding import FOR_EVER, PROOF, case_path, verdict

from settlement_backend.acquirers.acquirer import Acquirer
from settlement_backend.cases.money import Trail
from settlement_backend.documents.content import content_of
from settlement_backend.ledger import ledger
from settlement_backend.settling.rules import part_cash_trouble
from settlement_backend.settling.tables import Settlement
from settlement_backend.staff.takings import takings
from settlement_backend.statistics.figures import Measure
from settlement_backend.statistics.sources import Day, figures_of

DUE_FEN, PART_FEN = 5150, 2000
REST_FEN = DUE_FEN - PART_FEN
SILENCE = pytest.mark.expects_warnings("settlement_backend")
MONTH_S = 40 * 86_400


@pytest.mark.parametrize(
    ("part_fen", "tender", "terminal_kind", "step_fen", "trouble"),
    [
        (0, "SCAN", "kiosk", 10, ""),
        (2000, "SCAN", "window", 1, ""),
        (2000, "BANK_CARD", "window", 10, ""),
        (2005, "SCAN", "window", 10, "part_cash_coins"),
        (5150, "SCAN", "window", 1, "part_cash_too_much"),
        (6000, "SCAN", "window", 1, "part_cash_too_much"),
        (2000, "SCAN", "kiosk", 1, "part_cash_not_here"),
        (2000, "SCAN", "mobile", 1, "part_cash_not_here"),
        (2000, "CASH", "window", 1, "tender_not_allowed"),
        (2000, "REMOTE", "window", 1, "tender_not_allowed"),
        (2000, "NONE", "window", 1, "tender_not_allowed"),
    ],
)
def test_f14_part_in_cash_is_a_windows_and_less_than_is_due(
    part_fen: int, tender: str, terminal_kind: str, step_fen: int, trouble: str
) -> None:
    assert part_cash_trouble(part_fen, DUE_FEN, tender, terminal_kind, step_fen) == trouble


def body_of(quoted: Json, tender: str = "SCAN", code: str = PAY_CODE, **more: int) -> Json:
    told = commit_body(quoted, tender)
    return {**told, "auth_code": code, "part_cash_fen": PART_FEN, **more}


def path_of(quoted: Json) -> str:
    return f"/v1/settlements/{quoted['settlement_id']}/commit"


def in_parts(house: House, quoted: Json, tender: str = "SCAN", code: str = PAY_CODE) -> Json:
    return house.done(path_of(quoted), body_of(quoted, tender, code), token=WINDOW)


def cash_fen(house: House) -> int:
    """What the ledger says came into drawers."""
    with house.service.db.read() as session:
        assert ledger.balanced(session)
        return -ledger.balance(session, "outside:cash")


@pytest.mark.slow
@pytest.mark.both_databases
def test_f14_cash_and_wallet_pay_one_bill_and_each_is_told(house: House) -> None:
    quoted = due(house, DUE_FEN, WINDOW)

    paid = in_parts(house, quoted)

    assert paid["state"] == "COMPLETED"
    assert tenders(paid) == [
        *(("PREPAY_BALANCE", 8000, "TAKEN"), ("SCAN", REST_FEN, "TAKEN")),
        ("CASH", PART_FEN, "TAKEN"),
    ]
    assert (paid["cash"]["to_take_fen"], paid["cash"]["owed_fen"]) == (PART_FEN, 0)
    assert cash_fen(house) == PART_FEN
    money = house.books()["money_in_fen"]
    assert (money["SCAN"], money["CASH"]) == (REST_FEN, PART_FEN)
    receipt = house.get(f"/v1/slips/{paid['slip']['slip_id']}/receipt", token=WINDOW)
    ways = [(row["label"]["en"], row["amount_fen"]) for row in receipt["sections"][-1]["rows"]]
    assert ways[-1] == ("Cash", PART_FEN)
    assert [amount for _way, amount in ways] == [8000, REST_FEN, PART_FEN]
    house.assert_world_agrees()


@pytest.mark.slow
@pytest.mark.both_databases
def test_f14_every_book_tells_both_parts(house: House) -> None:
    paid = in_parts(house, due(house, DUE_FEN, WINDOW))

    today = house.clock.now().date()
    with house.service.db.read() as session:
        row = session.get_one(Settlement, paid["settlement_id"])
        told = takings(session, "W07", "", "9")
        invoice = content_of(session, row, house.service.context.policy.invoice)
        day = Day(today.isoformat(), (today + timedelta(days=1)).isoformat())
        figures = [one for one in figures_of(session, day) if one.measure is Measure.TENDER]
        items = Trail(session, row.person_id, masked=False).items()
    assert {one.kind: one.taken_fen for one in told} == {"CASH": PART_FEN, "SCAN": REST_FEN}
    channels = {one.code: one.amount_fen for one in invoice.channels}
    assert channels == {"PREPAY": 8000, "WECHAT": REST_FEN, "CASH": PART_FEN}
    assert {(one.name, one.amount_fen) for one in figures} == {
        *(("PREPAY_BALANCE", 8000), ("SCAN:WECHAT", REST_FEN), ("CASH", PART_FEN)),
    }
    (trail,) = [one for one in items if one.kind == "PAYMENT"]
    taken = [step.amount_fen for step in trail.steps if step.step == "TAKEN"]
    assert sorted(taken) == sorted([8000, REST_FEN, PART_FEN])


@pytest.mark.slow
@pytest.mark.both_databases
@pytest.mark.parametrize("tender", [DEBIT, CREDIT, "ONE_CODE"])
def test_f14_tender_that_is_refused_books_no_cash(
    house: House, platforms: Platforms, tender: str
) -> None:
    prepare(house, house.person(LI_ID), tender)
    quoted = due(house, DUE_FEN, WINDOW)
    platforms.acquirer.control("next_pay", outcome="fail:NOT_ENOUGH")
    code = LI_CODE if tender == "ONE_CODE" else ""

    told = in_parts(house, quoted, tender, code)

    assert (told["state"], told["trouble"]) == ("REVERSED", "pay_not_enough")
    assert (cash_fen(house), told["cash"], told["tenders"]) == (0, None, [])
    assert house.bill_state(quoted["bills"][0]["bill_id"]) == "OPEN"
    house.assert_world_agrees()


@pytest.mark.slow
@pytest.mark.both_databases
@pytest.mark.parametrize(("code", "ended"), [(SLOW_CODE, "COMPLETED"), (NEVER_CODE, "REVERSED")])
def test_f14_cash_is_booked_when_the_wallet_says_so_and_no_shift_ends_before(
    house: House, code: str, ended: str
) -> None:
    desk = sign_in(house, CASHIER)
    shift = desk.done("/v1/shifts", {"float_fen": 10_000})
    quoted = due(house, DUE_FEN, WINDOW)

    told = in_parts(house, quoted, code=code)

    assert (told["state"], cash_fen(house)) == ("PAYING", 0)
    close, counted = f"/v1/shifts/{shift['shift_id']}/close", {"counted_fen": 10_000}
    assert desk.refused(close, counted) == "cash_on_its_way"
    assert house.to_the_end(quoted["settlement_id"])["state"] == ended
    part_fen = PART_FEN if ended == "COMPLETED" else 0
    assert cash_fen(house) == part_fen
    desk = sign_in(house, CASHIER)
    closed = desk.done(close, {"counted_fen": 10_000 + part_fen})
    assert (closed["expected_fen"], closed["state"]) == (10_000 + part_fen, "CLOSED")
    house.assert_world_agrees()


@pytest.mark.slow
@pytest.mark.both_databases
@pytest.mark.parametrize("moment", ["before", "after"])
def test_f14_process_that_dies_at_the_wallet_books_the_cash_with_the_rest_or_not_at_all(
    house: House, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    quoted, called = due(house, DUE_FEN, WINDOW), Acquirer.micropay

    def died(*arguments: object) -> object:
        if moment == "after":
            called(*arguments)  # type: ignore[arg-type]  # as the adapter was called
        raise Died

    with monkeypatch.context() as patched:
        patched.setattr(Acquirer, "micropay", died)
        with pytest.raises((Died, ServerGone)):
            in_parts(house, quoted)
    assert cash_fen(house) == 0
    house.revive()

    told = house.to_the_end(quoted["settlement_id"])

    assert told["state"] == ("COMPLETED" if moment == "after" else "REVERSED")
    assert cash_fen(house) == (PART_FEN if moment == "after" else 0)
    house.assert_world_agrees()


@pytest.mark.slow
@pytest.mark.both_databases
def test_f14_refund_gives_the_cash_back_first_then_the_wallets_part(house: House) -> None:
    patient = house.person(LI_ID)
    bill_id = house.bill(patient, Line(9000, "OWN"), Line(1500, "OWN"), Line(2650, "OWN"))
    quoted = house.open(patient, [bill_id], token=WINDOW)
    assert quoted["due_fen"] == DUE_FEN
    settlement_id = in_parts(house, quoted)["settlement_id"]

    first = refunded(house, settlement_id, f"{bill_id}-1")
    second = refunded(house, settlement_id, f"{bill_id}-2")

    assert first == [("CASH", 1500)]
    assert second == [("CASH", 500), ("SCAN", 2150)]
    assert cash_fen(house) == 0
    house.assert_world_agrees()


def refunded(house: House, settlement_id: str, line_id: str) -> list[tuple[str, int]]:
    """By which routes one line went back."""
    wish = {"settlement_id": settlement_id, "line_ids": [line_id], "reason": "not done"}
    desk = sign_in(house, CASHIER)
    path = f"/v1/refunds/{desk.done('/v1/refunds', wish)['refund_id']}"
    second = {"operator": SUPERVISOR, "password": f"demo-{SUPERVISOR}", "approve": True}
    desk.done(f"{path}/review", second)
    told = desk.done(f"{path}/confirm", {})
    assert told["state"] == "PAID"
    return [(part["route"], part["amount_fen"]) for part in told["parts"]]


@pytest.mark.slow
def test_f14_same_key_with_another_part_changes_nothing(house: House) -> None:
    quoted, key = due(house, DUE_FEN, WINDOW), new_key()
    paid = house.done(path_of(quoted), body_of(quoted), key=key, token=WINDOW)

    again = house.done(path_of(quoted), body_of(quoted), key=key, token=WINDOW)
    other = house.post(path_of(quoted), body_of(quoted, part_cash_fen=1000), key=key, token=WINDOW)

    assert (again, other.status_code) == (paid, 422)
    assert cash_fen(house) == PART_FEN


@pytest.mark.slow
def test_f14_kiosk_and_a_part_of_everything_are_refused_and_the_quote_stays(house: House) -> None:
    quoted = due(house, DUE_FEN)

    assert house.refused(path_of(quoted), body_of(quoted)) == "part_cash_not_here"
    whole = body_of(quoted, part_cash_fen=DUE_FEN)
    assert house.refused(path_of(quoted), whole, token=WINDOW) == "part_cash_too_much"
    one_code = body_of(quoted, "ONE_CODE", LI_CODE, part_cash_fen=DUE_FEN + 1)
    assert house.refused(path_of(quoted), one_code, token=WINDOW) == "part_cash_too_much"

    assert house.settlement(quoted["settlement_id"])["state"] == "QUOTED"
    assert house.commit(quoted, token=KIOSK)["state"] == "COMPLETED"


@pytest.mark.slow
def test_f14_change_of_a_part_is_what_was_handed_less_the_part(house: House) -> None:
    quoted = due(house, DUE_FEN, WINDOW)
    short = body_of(quoted, handed_fen=1000)
    assert house.refused(path_of(quoted), short, token=WINDOW) == "cash_short"

    whole = body_of(quoted, handed_fen=5000, change_fen=3000)
    paid = house.done(path_of(quoted), whole, token=WINDOW)

    assert (paid["cash"]["handed_fen"], paid["cash"]["change_fen"]) == (5000, 3000)
    assert (paid["cash"]["owed_fen"], cash_fen(house)) == (0, PART_FEN)


@pytest.mark.slow
def test_f14_limit_of_a_debit_and_of_a_line_counts_for_the_rest_only(house: House) -> None:
    patient = house.person(LI_ID)
    bind(house, patient, limit_fen=REST_FEN)
    lend(house, patient, limit_fen=REST_FEN)
    quoted = due(house, DUE_FEN, WINDOW)
    reasons = {one["kind"]: one["reason"] for one in quoted["options"]}
    assert (reasons[DEBIT], reasons[CREDIT]) == ("daily_limit", "credit_not_enough")

    paid = in_parts(house, quoted, DEBIT, "")

    assert tenders(paid)[1:] == [(DEBIT, REST_FEN, "TAKEN"), ("CASH", PART_FEN, "TAKEN")]
    house.assert_world_agrees()


@pytest.mark.slow
@SILENCE
def test_f14_case_that_finds_the_money_books_the_cash_into_an_open_drawer(house: House) -> None:
    acquirer, desk = house.platforms.acquirer, sign_in(house, CASHIER)
    shift = desk.done("/v1/shifts", {"float_fen": 0})
    acquirer.control("next_pay", outcome="userpaying", polls=1)
    acquirer.control("next_reverse", count=FOR_EVER)
    told = in_parts(house, due(house, DUE_FEN, WINDOW))
    settlement_id, order_no = told["settlement_id"], told["tenders"][1]["tender_id"]
    house.cancel(settlement_id)
    for _ in range(3):
        requests.post(f"{acquirer.url}/pay/query", json={"order_no": order_no}, timeout=5)
    assert house.to_the_end(settlement_id, seconds=30)["state"] == "SUSPENSE"
    assert cash_fen(house) == 0
    house.clock.pass_seconds(MONTH_S)
    found = verdict("TAKEN", tender_id=order_no, proof=PROOF)
    desk, path = sign_in(house, CASHIER), f"{case_path(house, settlement_id)}/decide"
    assert desk.refused(path, found) == "shift_over_month_end"
    desk.done(f"/v1/shifts/{shift['shift_id']}/close", {"counted_fen": 0})

    desk.done(path, found)

    assert house.to_the_end(settlement_id)["state"] == "COMPLETED"
    assert cash_fen(house) == PART_FEN
    house.assert_world_agrees()
