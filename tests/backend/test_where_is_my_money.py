"""Where somebody's money is: every step with its proof, what happens next, and who may see what."""

from __future__ import annotations

from backend_bench import Line
from service_bench import NEVER_CODE, WANG_ID, WINDOW, ZHOU_ID, House, new_key
from staff_bench import CASHIER, sign_in

from settlement_backend.cases.money_words import money_words
from settlement_backend.settling.tables import Tender

STATES = {
    "PAYMENT": "INSURED PAYING REVERSING COMPLETED CANCELLED REVERSED SUSPENSE",
    "REFUND": (
        "ACCEPTED REVIEWED CONFIRMED PAID REJECTED NEED_REALNAME_RESUBMIT PAYOUT_UNKNOWN SUSPENSE"
    ),
    "HOLD": "HELD COMPLETED RELEASED SUPERSEDED EXPIRED",
    "CHANGE": "DUE PAID",
    "TOP_UP": "BOOKED",
    "CLEAN_OUT": (
        "ACCEPTED REVIEWED CONFIRMED PAID REJECTED NEED_REALNAME_RESUBMIT PAYOUT_UNKNOWN"
    ),
    "CASE": "OPEN RESOLVED",
}


def test_every_state_has_its_words_and_what_comes_next() -> None:
    states = {(kind, word) for kind, words in STATES.items() for word in words.split()}

    assert set(money_words().states) == states
    assert set(money_words().kinds) == set(STATES)
    assert all(each.next.zh and each.next.en for each in money_words().states.values())


def test_s24_l1_payment_shows_each_step_with_its_proof(house: House) -> None:
    house.register_wang()
    person_id = house.person(WANG_ID)
    bill_id = house.bill(person_id, Line(12_000, "OWN"), Line(10_000, "A"))
    told = house.commit(house.open(person_id, [bill_id]))
    with house.service.db.read() as session:
        (order,) = session.query(Tender).filter(Tender.settlement_id == told["settlement_id"])

    (item,) = house.get(f"/v1/patients/{person_id}/money", token=WINDOW)["items"]
    (masked,) = house.get(f"/v1/patients/{person_id}/money")["items"]

    assert (item["kind"], item["state"], item["open"]) == ("PAYMENT", "COMPLETED", False)
    assert {step["step"] for step in item["steps"]} == {
        *("OPENED", "INSURED", "ASKED", "TAKEN", "COMPLETED"),
    }
    assert [step["at"] for step in item["steps"]] == sorted(s["at"] for s in item["steps"])
    proofs = {step["step"]: step["proof"] for step in item["steps"]}
    assert proofs["TAKEN"] == order.id
    taken = {step["step"]: step["proof"] for step in masked["steps"]}["TAKEN"]
    assert taken == f"*{order.id[-6:]}"
    assert item["next"]["zh"] == "无需处理。"


def test_l1_what_is_still_open_comes_first_with_its_case(house: House) -> None:
    person_id = house.person(ZHOU_ID)
    house.hold(person_id, 50_000)
    house.clock.pass_seconds(60)
    body = {
        "operation_kind": "top_up",
        "operation_id": f"op-{new_key()}",
        "amount_fen": 10_000,
        "evidence": "a note in the path after power came back",
        "patient_id": person_id,
    }
    case = house.done("/v1/suspense", body)

    items = house.get(f"/v1/patients/{person_id}/money")["items"]

    assert [(item["kind"], item["state"]) for item in items] == [("CASE", "OPEN"), ("HOLD", "HELD")]
    assert items[0]["case_id"] == case["case_id"]
    assert "evidence" not in items[0]
    assert items[0]["next"]["en"].startswith("Bring the slip")


def test_payment_that_never_came_is_shown_as_it_stands_until_nothing_was_taken(
    house: House,
) -> None:
    house.register_wang()
    person_id = house.person(WANG_ID)
    bill_id = house.bill(person_id, Line(12_000, "OWN"))
    quoted = house.open(person_id, [bill_id])
    told = house.commit(quoted, auth_code=NEVER_CODE)
    (item,) = house.get(f"/v1/patients/{person_id}/money")["items"]
    assert (item["state"], item["open"]) == ("PAYING", True)

    house.to_the_end(told["settlement_id"])

    (item,) = house.get(f"/v1/patients/{person_id}/money")["items"]
    assert (item["state"], item["open"]) in (("CANCELLED", False), ("REVERSED", False))
    assert "TAKEN" not in {step["step"] for step in item["steps"]}


def test_l1_window_finds_it_by_slip_case_or_phone_and_name_and_nothing_wider(
    house: House,
) -> None:
    house.register_wang()
    person_id = house.person(WANG_ID)
    bill_id = house.bill(person_id, Line(12_000, "OWN"))
    slip = house.commit(house.open(person_id, [bill_id]))["slip"]
    desk = sign_in(house, CASHIER)

    def found(**by: object) -> list[str]:
        told = desk.done("/v1/money/find", by)["patients"]
        return [patient["patient_id"] for patient in told]

    assert found(slip=slip["qr_text"]) == [person_id]
    assert found(phone_tail="0000", name="王建国") == [person_id]
    assert found(phone_tail="0001", name="王建国") == []
    today = house.get("/v1/health")["time"][:10]
    assert found(amount_fen=12_000, day=today) == [person_id]
    assert found(amount_fen=12_000, day="2020-01-01") == []
    assert found(amount_fen=12_001, day=today) == []
    assert desk.refused("/v1/money/find", {"phone_tail": "0000"}) == "search_too_wide"
    assert desk.refused("/v1/money/find", {"amount_fen": 12_000}) == "search_too_wide"
    assert desk.refused("/v1/money/find", {"slip": "ZF1.S.X.Y"}) == "slip_forged"
    assert house.post("/v1/money/find", {"case_id": "C1"}, token=WINDOW).status_code == 401
