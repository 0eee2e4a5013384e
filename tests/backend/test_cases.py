"""Cases: one a doubt, with evidence, history, a deadline, and an end that two persons vouch for."""

from __future__ import annotations

import pytest
from backend_bench import Json
from service_bench import KIOSK, LI_ID, WINDOW, House, new_key
from staff_bench import CASHIER, FINANCE, SUPERVISOR, Desk, sign_in

from settlement_backend.cases.places import places
from settlement_backend.cases.rules import may_resolve

LIMIT_FEN = 100_000


@pytest.mark.parametrize(
    ("amount_fen", "by", "second", "rule", "allowed"),
    [
        (LIMIT_FEN, "2107", "", "CASE-RESOLVE", True),
        (LIMIT_FEN + 1, "2107", "", "CASE-SECOND", False),
        (LIMIT_FEN + 1, "2107", "2107", "CASE-SECOND", False),
        (LIMIT_FEN + 1, "2107", "2101", "CASE-RESOLVE", True),
        (0, "", "2101", "CASE-NAMED", False),
    ],
)
def test_case_ends_by_a_named_person_above_the_limit_by_two(
    amount_fen: int, by: str, second: str, rule: str, allowed: bool
) -> None:
    decision = may_resolve(LIMIT_FEN, amount_fen, by, second)

    assert (decision.rule_id, decision.allow) == (rule, allowed)


def doubt(house: House, amount_fen: int = 30_000, patient_id: str | None = None) -> Json:
    """A kiosk reports one."""
    body = {
        "operation_kind": "hold",
        "operation_id": f"op-{new_key()}",
        "amount_fen": amount_fen,
        "evidence": "the card terminal says nothing",
        "patient_id": patient_id,
    }
    return house.done("/v1/suspense", body)


def resolution(outcome: str = "NOTHING_MOVED", **second: str) -> Json:
    return {"outcome": outcome, "reason": "the bank has no such sale", **second}


def test_l2_case_is_worked_off_with_its_whole_history(house: House) -> None:
    case_id = doubt(house)["case_id"]
    desk = sign_in(house, CASHIER)
    path = f"/v1/cases/{case_id}"
    (listed,) = desk.get("/v1/cases")["cases"]
    assert (listed["case_id"], listed["overdue"], listed["owner"]) == (
        case_id,
        False,
        "cashier-office",
    )

    desk.done(f"{path}/evidence", {"text": "journal line 17: no answer after 180 s"})
    desk.done(f"{path}/owner", {"owner": "2101", "reason": "knows this bank"})
    ended = desk.done(f"{path}/resolve", resolution())

    assert [step["step"] for step in ended["history"]] == [
        *("OPENED", "EVIDENCE", "GIVEN", "RESOLVED"),
    ]
    assert [step["operator"] for step in ended["history"]] == ["", CASHIER, CASHIER, CASHIER]
    assert ended["evidence"] == [
        "the card terminal says nothing",
        "journal line 17: no answer after 180 s",
    ]
    told = (ended["state"], ended["outcome"], ended["resolved_by"], ended["owner"])
    assert told == ("RESOLVED", "NOTHING_MOVED", CASHIER, "2101")
    assert desk.refused(f"{path}/resolve", resolution("BOOKED")) == "case_resolved"
    assert desk.refused(f"{path}/evidence", {"text": "more"}) == "case_resolved"
    assert desk.get("/v1/cases")["cases"] == []
    assert [case["case_id"] for case in desk.get("/v1/cases?state=")["cases"]] == [case_id]


def test_case_above_the_limit_wants_a_second_person(house: House) -> None:
    case_id = doubt(house, LIMIT_FEN + 1)["case_id"]
    desk = sign_in(house, CASHIER)
    path = f"/v1/cases/{case_id}/resolve"

    assert desk.refused(path, resolution()) == "second_person_needed"
    second = {"second_operator": SUPERVISOR, "second_password": f"demo-{SUPERVISOR}"}
    assert desk.refused(path, resolution(**{**second, "second_password": "x"})) == "wrong_password"
    ended = desk.done(path, resolution(**second))

    assert (ended["resolved_by"], ended["second_by"]) == (CASHIER, SUPERVISOR)


def test_case_past_its_deadline_is_overdue(house: House) -> None:
    case_id = doubt(house)["case_id"]
    house.clock.pass_seconds(25 * 3600)
    desk = sign_in(house, FINANCE)

    assert desk.get(f"/v1/cases/{case_id}")["overdue"]
    headers = {"X-Operator-Token": desk.operator_token}
    missing = house.ask("GET", "/v1/cases/none", token=WINDOW, headers=headers)
    assert missing.json() == {"error": "unknown_case"}


def test_case_slip_is_genuine_and_finds_its_patient(house: House) -> None:
    person_id = house.person(LI_ID)
    case_id = doubt(house, patient_id=person_id)["case_id"]
    desk = sign_in(house, CASHIER)
    text = desk.get(f"/v1/cases/{case_id}")["qr_text"]

    resolved = house.done("/v1/slips/resolve", {"text": text})
    found = desk.done("/v1/money/find", {"slip": text})

    assert (resolved["kind"], resolved["case_id"]) == ("U", case_id)
    assert [patient["patient_id"] for patient in found["patients"]] == [person_id]


def test_kiosk_cannot_look_into_cases(house: House) -> None:
    case_id = doubt(house)["case_id"]

    assert house.ask("GET", f"/v1/cases/{case_id}", token=KIOSK).status_code == 401


def test_h36_places_for_what_the_hospital_cannot_solve() -> None:
    told = {place.topic: place for place in places().places}

    assert told["INSURANCE_POLICY"].contact == "12393"
    assert {"CREDIT_RECORD", "WALLET", "SOCIAL_CARD"} <= set(told)
    assert all(each.where.zh and each.where.en for each in told.values())


# --- enquiries and complaints


def asked(desk: Desk, kind: str = "ENQUIRY", **more: str) -> Json:
    body = {
        "kind": kind,
        "name": "赵敏",
        "contact": "13900000000",
        "content": "Why was I charged for two tests?",
        **more,
    }
    return desk.done("/v1/enquiries", body)


def test_h33_enquiry_is_taken_down_followed_up_and_answered(house: House) -> None:
    desk = sign_in(house, CASHIER)
    told = asked(desk)
    path = f"/v1/enquiries/{told['enquiry_id']}"
    assert (told["state"], told["taken_by"], told["overdue"]) == ("OPEN", CASHIER, False)

    desk.done(f"{path}/steps", {"text": "asked the laboratory"})
    ended = desk.done(f"{path}/answer", {"answer": "One of them was cancelled; it goes back."})

    assert [step["step"] for step in ended["history"]] == ["TAKEN_DOWN", "HANDLED", "ANSWERED"]
    assert (ended["state"], ended["answered_by"]) == ("ANSWERED", CASHIER)
    assert desk.refused(f"{path}/answer", {"answer": "another"}) == "enquiry_answered"
    assert desk.get("/v1/enquiries")["enquiries"] == []


def test_h38_complaints_are_kept_with_their_steps_and_deadline(house: House) -> None:
    desk = sign_in(house, CASHIER)
    asked(desk)
    complaint = asked(desk, "COMPLAINT", patient_id=house.person(LI_ID))
    house.clock.pass_seconds(73 * 3600)
    desk = sign_in(house, CASHIER)

    (kept,) = desk.get("/v1/enquiries?kind=COMPLAINT")["enquiries"]

    assert (kept["enquiry_id"], kept["overdue"]) == (complaint["enquiry_id"], True)
    body = {"kind": "ENQUIRY", "name": "x", "contact": "y", "content": "z", "patient_id": "none"}
    assert desk.post("/v1/enquiries", body).status_code == 404
