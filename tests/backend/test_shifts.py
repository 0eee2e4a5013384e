"""Shifts and cash boxes: counted float, takings of the ledger, counted cash, the difference."""

from __future__ import annotations

import pytest
from backend_bench import Json, Line
from service_bench import WINDOW, ZHOU_ID, House, new_key
from staff_bench import CASHIER, FINANCE, SUPERVISOR, TECHNICIAN, Desk, sign_in

from settlement_backend.ledger import ledger
from settlement_backend.ledger.ledger import Move
from settlement_backend.staff.takings import takings

pytestmark = pytest.mark.slow

KIOSK = "demo-kiosk-01"
FLOAT_FEN = 20_000


def opened(desk: Desk, float_fen: int = FLOAT_FEN) -> str:
    """The id of a new shift."""
    return str(desk.done("/v1/shifts", {"float_fen": float_fen})["shift_id"])


def pay_cash(house: House, amount_fen: int = 8_000) -> None:
    """At the window, an own expense."""
    house.clock.pass_seconds(1)
    person_id = house.person(ZHOU_ID)
    bill_id = house.bill(person_id, Line(amount_fen, "OWN"))
    quoted = house.open(person_id, [bill_id], token=WINDOW)
    house.commit(quoted, "CASH", "", token=WINDOW)


def closing(counted_fen: int, explanation: str = "", **more: str) -> Json:
    return {"counted_fen": counted_fen, "explanation": explanation, **more}


def kinds_of(shift: Json) -> dict[str, tuple[int, int, int]]:
    return {t["kind"]: (t["taken_fen"], t["given_fen"], t["count"]) for t in shift["takings"]}


def test_s23_shift_takes_what_the_ledger_says(house: House) -> None:
    pay_cash(house)
    desk = sign_in(house, CASHIER)
    shift_id = opened(desk)
    pay_cash(house, 8_000)
    pay_cash(house, 1_250)

    current = desk.get("/v1/shifts/current")
    assert kinds_of(current) == {"CASH": (9_250, 0, 2)}
    assert current["expected_fen"] == FLOAT_FEN + 9_250
    assert not current["must_close"]
    closed = desk.done(f"/v1/shifts/{shift_id}/close", closing(FLOAT_FEN + 9_250))

    assert (closed["state"], closed["over_fen"], closed["short_fen"]) == ("CLOSED", 0, 0)
    pay_cash(house)
    day = house.clock.now().date().isoformat()
    overseer = sign_in(house, FINANCE)
    (kept,) = overseer.get(f"/v1/shifts?day={day}")["shifts"]
    assert kinds_of(kept) == {"CASH": (9_250, 0, 2)}


def test_difference_is_kept_with_its_explanation_and_second_person(house: House) -> None:
    desk = sign_in(house, CASHIER)
    path = f"/v1/shifts/{opened(desk)}/close"

    assert desk.refused(path, closing(FLOAT_FEN - 5_000)) == "difference_unexplained"
    short = closing(FLOAT_FEN - 5_000, "a note is missing")
    assert desk.refused(path, short) == "second_person_needed"
    seen = {"second_operator": SUPERVISOR, "second_password": "wrong"}
    assert desk.refused(path, {**short, **seen}) == "wrong_password"
    seen = {"second_operator": SUPERVISOR, "second_password": f"demo-{SUPERVISOR}"}
    closed = desk.done(path, {**short, **seen})

    assert (closed["over_fen"], closed["short_fen"]) == (0, 5_000)
    assert (closed["explanation"], closed["seen_by"]) == ("a note is missing", SUPERVISOR)
    assert desk.refused(path, {**short, **seen}) == "not_open"


def test_one_drawer_is_in_one_persons_hands(house: House) -> None:
    desk = sign_in(house, CASHIER)
    key = new_key()
    first = desk.done("/v1/shifts", {"float_fen": 1}, key=key)
    assert desk.done("/v1/shifts", {"float_fen": 1}, key=key) == first
    assert desk.refused("/v1/shifts", {"float_fen": 1}) == "shift_open"

    other = sign_in(house, SUPERVISOR)

    assert other.refused("/v1/shifts", {"float_fen": 1}) == "shift_open"
    path = f"/v1/shifts/{first['shift_id']}/close"
    assert other.refused(path, closing(1)) == "not_your_shift"


def test_hand_over_gives_the_counted_cash_to_the_next_person(house: House) -> None:
    desk = sign_in(house, CASHIER)
    shift_id = opened(desk)
    pay_cash(house, 3_000)
    house.done(
        "/v1/suspense",
        {
            "operation_kind": "hold",
            "operation_id": "op-1",
            "amount_fen": 700,
            "evidence": "",
            "patient_id": None,
        },
    )
    body = closing(23_000, to_operator=SUPERVISOR, to_password=f"demo-{SUPERVISOR}")
    assert (
        desk.refused(f"/v1/shifts/{shift_id}/hand-over", {**body, "to_operator": CASHIER})
        == "same_person"
    )

    told = desk.done(f"/v1/shifts/{shift_id}/hand-over", body)

    assert (told["closed"]["state"], told["closed"]["expected_fen"]) == ("HANDED_OVER", 23_000)
    assert (told["opened"]["operator"], told["opened"]["float_fen"]) == (SUPERVISOR, 23_000)
    assert [doubt["amount_fen"] for doubt in told["opened"]["open_doubts"]] == [700]
    assert kinds_of(told["opened"]) == {}


def test_shift_of_last_month_has_to_be_closed(house: House) -> None:
    desk = sign_in(house, CASHIER)
    shift_id = opened(desk)
    house.clock.pass_seconds(32 * 24 * 3600)
    desk = sign_in(house, CASHIER)

    assert desk.get("/v1/shifts/current")["must_close"]
    assert desk.get("/v1/operators/me")["shift_id"] == shift_id
    assert desk.done(f"/v1/shifts/{shift_id}/close", closing(FLOAT_FEN))["state"] == "CLOSED"


def note(denomination_fen: int, counted: int, in_journal: int) -> Json:
    return {"denomination_fen": denomination_fen, "counted": counted, "in_journal": in_journal}


def test_i1_cash_box_is_compared_with_journal_and_ledger(house: House) -> None:
    with house.service.db.write() as session:
        now = house.clock.now().isoformat(timespec="milliseconds")
        ledger.post(session, "change/none", now, [Move("outside:cash", "opening", 500)])
        assert takings(session, "K01", "", "9") == ()
    desk = sign_in(house, TECHNICIAN, KIOSK)
    body = {"box_number": "B-17", "notes": [note(10_000, 2, 2), note(5_000, 1, 1)]}

    assert desk.refused("/v1/cash-boxes", body) == "difference_unexplained"
    twice = {**body, "notes": [note(100, 1, 1), note(100, 1, 1)]}
    assert desk.refused("/v1/cash-boxes", twice) == "denomination_twice"
    explained = {**body, "explanation": "the books of the demo know no cash at machines"}
    box = desk.done("/v1/cash-boxes", explained)

    assert (box["counted_fen"], box["journal_fen"], box["booked_fen"]) == (25_000, 25_000, 0)
    assert box["technician"] == TECHNICIAN
    overseer = sign_in(house, FINANCE)
    assert overseer.get("/v1/cash-boxes/K01")["boxes"] == [box]


def test_empty_box_that_agrees_needs_no_explanation(house: House) -> None:
    desk = sign_in(house, TECHNICIAN, KIOSK)

    box = desk.done("/v1/cash-boxes", {"box_number": "B-1", "notes": [note(100, 0, 0)]})

    assert (box["counted_fen"], box["explanation"]) == (0, "")


def test_s23_drawer_hands_out_no_more_than_is_in_it(house: House) -> None:
    pay_cash(house)
    desk = sign_in(house, CASHIER)
    person_id = house.person(ZHOU_ID)
    (paid, *_) = desk.get(f"/v1/patients/{person_id}/settlements")["settlements"]
    line_ids = [line["line_id"] for bill in paid["bills"] for line in bill["lines"]]
    wish = {"settlement_id": paid["settlement_id"], "line_ids": line_ids, "reason": "not done"}
    path = f"/v1/refunds/{desk.done('/v1/refunds', wish)['refund_id']}"
    seen = {"operator": SUPERVISOR, "password": f"demo-{SUPERVISOR}", "approve": True}
    desk.done(f"{path}/review", seen)
    shift_id = opened(desk, 7_999)

    assert desk.refused(f"{path}/confirm", {}) == "drawer_short"
    assert desk.get("/v1/shifts/current")["expected_fen"] == 7_999
    desk.done(f"/v1/shifts/{shift_id}/close", closing(7_999))
    opened(desk, 8_000)
    house.clock.pass_seconds(1)

    assert desk.done(f"{path}/confirm", {})["state"] == "PAID"
    assert desk.get("/v1/shifts/current")["expected_fen"] == 0


def test_count_whose_answer_was_lost_is_found_among_ones_own(house: House) -> None:
    desk = sign_in(house, CASHIER)
    path, key = f"/v1/shifts/{opened(desk)}/close", new_key()
    closed = desk.done(path, closing(FLOAT_FEN), key=key)

    again = sign_in(house, CASHIER)

    assert again.done(path, closing(FLOAT_FEN), key=key) == closed
    assert again.get("/v1/shifts/mine")["shifts"] == [closed]
    assert sign_in(house, SUPERVISOR).get("/v1/shifts/mine")["shifts"] == []
