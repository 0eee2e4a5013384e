"""Tokens that are nobody's, and what no route takes: loose types, unknown fields."""

from __future__ import annotations

import pytest
from backend_bench import PAY_CODE, Json
from service_bench import (
    AUDIT,
    CLINIC,
    KIOSK,
    LI_ID,
    WINDOW,
    House,
    new_key,
    new_person,
    settlement_body,
)

from settlement_backend.terminals.identity import digest
from settlement_backend.terminals.tables import Terminal

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer nobody", KIOSK, f"Basic {KIOSK}", f"bearer{KIOSK}"]
)
def test_token_that_is_not_a_terminals_is_not_authorised(house: House, header: str) -> None:
    headers = {"Authorization": header}

    assert house.ask("GET", "/v1/departments", token="", headers=headers).status_code == 401


def signed_in(house: House) -> str:
    body = {"operator": "2107", "password": "demo-2107"}
    return str(house.done("/v1/operators/sign-in", body, token=WINDOW)["token"])


REFUND = {"settlement_id": "none", "line_ids": [], "reason": "left"}


def test_operator_signed_in_at_this_window_may_refund(house: House) -> None:
    token = signed_in(house)

    answer = house.post("/v1/refunds", REFUND, token=WINDOW, operator=token)

    assert (answer.status_code, answer.json()["refused"]) == (409, "not_settled")


def test_operators_token_is_worth_nothing_at_another_terminal(house: House) -> None:
    token = signed_in(house)
    with house.service.db.write() as session:
        seven = session.get_one(Terminal, "W07")
        names = {name: getattr(seven, name) for name in ("name_zh", "name_en", "place_zh")}
        other = Terminal(id="W08", token_hash=digest("w08"), kind="window", **names)
        other.place_en, other.slip_key = "", ""
        session.add(other)

    for terminal in ("w08", KIOSK):
        answer = house.post("/v1/refunds", REFUND, token=terminal, operator=token)
        assert answer.status_code == 401


# One valid body for each POST whose types matter; the route is not reached with a wrong one.
COMMIT = {"tender": "SCAN", "auth_code": PAY_CODE, "amount_fen": 1}
HOLD = {
    "patient_id": "p",
    "reference": "r",
    "amount_fen": 10000,
    "masked_card": "",
    "auth_code": "a",
    "rrn": "",
    "trace": "",
    "receipt": "",
    "pos_terminal_id": "",
    "merchant_id": "",
}
DOUBT = {
    "operation_kind": "k",
    "operation_id": "o",
    "amount_fen": 1,
    "evidence": "",
    "patient_id": None,
}
LOOSE_NUMBERS: list[object] = [False, True, "1", 1.0, 1.5, None, -1, [1], {}, 10**12]


@pytest.mark.parametrize("loose", LOOSE_NUMBERS, ids=repr)
@pytest.mark.parametrize(
    ("path", "body"),
    [("settlements/none/commit", COMMIT), ("holds", HOLD), ("suspense", DOUBT)],
    ids=["commit", "holds", "suspense"],
)
def test_amount_that_is_not_whole_fen_is_malformed(
    house: House, path: str, body: Json, loose: object
) -> None:
    answer = house.post(f"/v1/{path}", {**body, "amount_fen": loose})

    assert (answer.status_code, answer.json()) == (422, {"error": "malformed: body.amount_fen"})


@pytest.mark.parametrize("loose", ["1", 1.0, True, 0, 2**70], ids=repr)
def test_version_that_is_not_a_whole_number_is_malformed(house: House, loose: object) -> None:
    body = settlement_body("p", ["b"])
    body["bills"][0]["version"] = loose

    answer = house.post("/v1/settlements", body)

    assert answer.json() == {"error": "malformed: body.bills.0.version"}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("settlements", {"patient_id": "p", "bills": []}),
        ("settlements", {"patient_id": "p", "bills": [{"bill_id": "b", "version": 1}] * 51}),
        ("settlements", {"patient_id": 7, "bills": [{"bill_id": "b", "version": 1}]}),
        ("settlements/s/commit", {**COMMIT, "tender": "GOLD"}),
        ("settlements/s/commit", {**COMMIT, "tender": "SCAN\n"}),
        ("settlements/s/commit", {**COMMIT, "auth_code": 134567890123456789}),
        ("settlements/s/commit", {**COMMIT, "extra": 1}),
        ("settlements/s/cancel", {}),
        ("settlements/s/cancel", {"reason": "r" * 201}),
        ("cards", {"patient_id": ""}),
        ("cards", []),
        ("people", {**new_person(), "phone": 13800000000}),
        ("people", new_person(sex="X")),
        ("people", new_person(name="")),
        ("people", new_person(id_number="3" * 19)),
        ("terminals/sign-on", {"journal_seq": -1, "journal_head": "", "software": ""}),
        ("terminals/sign-on", {"journal_seq": "1", "journal_head": "", "software": ""}),
        ("people/identify", {"medium": {"kind": "ID_CARD", "value": ""}}),
        ("people/identify", {"medium": {"kind": "ID_CARD", "value": "v" * 513}}),
        ("registrations", {"patient_id": "p"}),
    ],
)
def test_body_of_another_shape_is_malformed_and_not_repeated(
    house: House, path: str, body: object
) -> None:
    answer = house.post(f"/v1/{path}", body)

    assert answer.status_code == 422
    assert answer.json()["error"].startswith("malformed: body")
    assert PAY_CODE not in answer.text


def test_body_that_is_not_json_is_malformed(house: House) -> None:
    headers = {"Authorization": f"Bearer {KIOSK}", "Idempotency-Key": new_key()}
    answer = house.client.post("/v1/people", content=b"{", headers=headers)

    assert answer.status_code == 422
    assert answer.json()["error"].startswith("malformed")


def test_order_of_a_loose_quantity_is_malformed(house: House) -> None:
    for loose in (1.0, True, "1e3", "-1", ""):
        items = [{"code": "ECG12", "quantity": loose}]
        body = {"groups": [{"department_code": "CARD", "items": items}]}
        answer = house.post("/v1/visits/none/orders", body, token=CLINIC)
        assert answer.status_code == 422


def test_masks_are_the_asking_terminals(house: House) -> None:
    patient = house.person(LI_ID)
    quoted = house.open(
        patient, [house.get(f"/v1/patients/{patient}/bills")["bills"][0]["bill_id"]]
    )
    path = f"/v1/settlements/{quoted['settlement_id']}"

    names = [house.get(path, token=token)["patient"] for token in (KIOSK, WINDOW, AUDIT)]

    assert names == ["李*芳", "李秀芳", "李*芳"]
