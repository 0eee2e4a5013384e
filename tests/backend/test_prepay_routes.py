"""Prepayment, change slips and clean-outs as kiosk, window and finance ask for them."""

from __future__ import annotations

from datetime import datetime

import pytest
from backend_bench import Line
from service_bench import KIOSK, LI_ID, WINDOW, House, new_key
from staff_bench import Desk, sign_in

from settlement_backend.base.clock import CHINA
from settlement_backend.people.faces import keep
from settlement_backend.prepay.change import collect_change
from settlement_backend.settling.tables import Settlement

pytestmark = pytest.mark.slow

AUTHORITY_DAY = datetime(2025, 3, 30, 10, tzinfo=CHINA)
ACCOUNT = {"account_no": "6222021234567890123", "bank": "ICBC", "name": ""}


def face(house: House, person_id: str) -> str:
    with house.service.db.write() as session:
        return keep(session, person_id, True, "2026-01", "K01", house.clock.now()).id


def apply(house: House, person_id: str, key: str = "") -> dict[str, object]:
    body = {
        "patient_id": person_id,
        "warned": True,
        "face_check_id": face(house, person_id),
        "payee": ACCOUNT,
    }
    return house.done("/v1/prepay/clean-outs", body, key=key)


def test_w18_c01_terms_name_the_ban_and_what_is_still_possible(house: House) -> None:
    li = house.person(LI_ID)

    terms = house.get(f"/v1/patients/{li}/prepay-terms")

    assert terms["collect"] == {
        "allow": False,
        "rule_id": "OP-BAN",
        "message_key": "prepay.stopped.2025",
        "needs": [],
    }
    assert [method["method"] for method in terms["methods"]] == [
        "PREAUTH",
        "BANKCARD_TRANSFER",
        "CASH",
    ]
    assert [method["allowed"] for method in terms["methods"]] == [True, False, False]
    assert (terms["spend"]["allow"], terms["refund"]["allow"]) == (True, True)
    assert (terms["balance_fen"], terms["state"]) == (8000, "OPEN")


def test_terms_before_the_ban_allow_both_methods_within_their_limits(house: House) -> None:
    li = house.person(LI_ID)
    house.clock.moment = AUTHORITY_DAY

    terms = house.get(f"/v1/patients/{li}/prepay-terms")

    assert terms["collect"]["rule_id"] == "OP-LEGACY"
    assert [(m["allowed"], m["min_fen"], m["max_fen"]) for m in terms["methods"][1:]] == [
        (True, 5000, 200000),
        (True, 5000, 200000),
    ]


def test_s14_s35_kiosk_tops_up_while_it_is_allowed_and_shows_the_account(house: House) -> None:
    li = house.person(LI_ID)
    body = {
        "patient_id": li,
        "method": "CASH",
        "amount_fen": 10000,
        "notes": [{"value_fen": 5000, "count": 2}],
    }
    assert house.refused("/v1/prepay/top-ups", body) == "prepay.stopped.2025"
    house.clock.moment = AUTHORITY_DAY
    key = new_key()

    told = house.done("/v1/prepay/top-ups", body, key=key)

    assert house.done("/v1/prepay/top-ups", body, key=key) == told
    account = house.get(f"/v1/patients/{li}/prepay")
    assert (told["balance_fen"], account["balance_fen"]) == (18000, 18000)
    assert [(lot["channel"], lot["left_fen"]) for lot in account["lots"]] == [
        ("OLD", 8000),
        ("CASH", 10000),
    ]


def test_s15_c09_rest_is_proposed_after_a_settlement(house: House) -> None:
    wang = house.register_wang()
    quoted = house.open(wang, [house.bill(wang, Line(1000, "OWN"))])

    left = house.get(f"/v1/settlements/{quoted['settlement_id']}/residual")

    assert (left["residual_fen"], left["words"]) == (0, None)
    li = house.person(LI_ID)
    bills = house.get(f"/v1/patients/{li}/bills")["bills"]
    quoted = house.open(li, [bills[0]["bill_id"]])
    left = house.get(f"/v1/settlements/{quoted['settlement_id']}/residual")
    assert left["residual_fen"] == 8000
    assert left["decision"]["message_key"] == "prepay.clear_by_route"
    assert left["words"]["zh"]


def test_c12_m24_window_pays_a_change_slip_once(house: House) -> None:
    li = house.person(LI_ID)
    with house.service.db.write() as session:
        session.add(settlement(li))
        session.flush()
        now, key = house.clock.now(), house.service.slip_key
        slip_id = collect_change(session, key, li, "SETTLED", 1500, "K01", now).slip_id
    desk = sign_in(house, "2107")
    assert house.ask("GET", f"/v1/change/{slip_id}", token=WINDOW).status_code == 401

    shown = desk.get(f"/v1/change/{slip_id}")
    found = house.done("/v1/slips/resolve", {"text": shown["slip"]["qr_text"]}, token=WINDOW)
    paid = desk.done("/v1/change/pay", {"slip_id": slip_id})

    assert (found["kind"], found["slip_id"]) == ("C", slip_id)
    assert (shown["state"], paid["state"], paid["amount_fen"]) == ("DUE", "PAID", 1500)
    assert desk.refused("/v1/change/pay", {"slip_id": slip_id}) == "change_paid"


def settlement(person_id: str) -> Settlement:
    at = "2026-03-02T10:00:00.000+08:00"
    return Settlement(
        id="SETTLED",
        person_id=person_id,
        terminal_id="K01",
        state="CANCELLED",
        total_fen=0,
        created_at=at,
        expires_at=at,
    )


def review(desk: Desk, clean_out_id: object, operator: str = "2201") -> dict[str, object]:
    body = {
        "clean_out_ids": [clean_out_id],
        "operator": operator,
        "password": f"demo-{operator}",
        "approve": True,
    }
    return desk.done("/v1/prepay/clean-outs/review", body)


def test_w27_w35_balance_goes_from_kiosk_to_review_to_the_bank(house: House) -> None:
    li = house.person(LI_ID)
    plan = house.get(f"/v1/patients/{li}/prepay/clean-out")
    assert (plan["balance_fen"], plan["needs"]) == (8000, ["FACE", "PAYEE"])
    assert plan["payee"]["needs"] == ["PATIENT"]
    asked = apply(house, li)
    desk = sign_in(house, "2107")

    waiting = desk.get("/v1/prepay/clean-outs?state=ACCEPTED")["clean_outs"]
    assert [entry["clean_out_id"] for entry in waiting] == [asked["clean_out_id"]]
    review(desk, asked["clean_out_id"])
    told = desk.done(f"/v1/prepay/clean-outs/{asked['clean_out_id']}/confirm", {})
    assert told["state"] == "CONFIRMED"
    house.later(60)
    for _ in range(3):
        house.later(1)

    told = house.get(f"/v1/prepay/clean-outs/{asked['clean_out_id']}")
    assert (told["state"], told["payee_account"]) == ("PAID", "*0123")
    assert house.get(f"/v1/patients/{li}/prepay")["state"] == "CLEARED"
    mine = house.get(f"/v1/patients/{li}/prepay/clean-outs")["clean_outs"]
    assert [entry["state"] for entry in mine] == ["PAID"]


def test_repeated_application_answers_as_before(house: House) -> None:
    li = house.person(LI_ID)
    body = {"patient_id": li, "warned": True, "face_check_id": face(house, li), "payee": ACCOUNT}

    first = house.post("/v1/prepay/clean-outs", body, key="K1")
    again = house.post("/v1/prepay/clean-outs", body, key="K1")

    assert first.content == again.content
    assert again.headers["Idempotent-Replay"] == "true"
    assert house.refused("/v1/prepay/clean-outs", body, key="K2") == "under_way"


def test_c05_kiosk_neither_reviews_nor_pays_out(house: House) -> None:
    asked = apply(house, house.person(LI_ID))
    path = f"/v1/prepay/clean-outs/{asked['clean_out_id']}/confirm"

    assert house.post(path, {}, token=KIOSK).status_code == 401
    assert house.post(path, {}, token=WINDOW).status_code == 401
    body = {"clean_out_ids": ["x"], "operator": "2201", "password": "x", "approve": True}
    assert house.post("/v1/prepay/clean-outs/review", body, token=KIOSK).status_code == 401


def test_w19_w21_finance_lists_enters_and_exports_what_is_left(house: House) -> None:
    cashier = sign_in(house, "2107")
    assert cashier.post("/v1/prepay/ledgered", {"reason": "x"}).status_code == 401
    finance = sign_in(house, "2401")
    stock = finance.get("/v1/prepay/stock")
    assert (stock["open_fen"], len(stock["accounts"]), stock["days_left"]) == (8000, 1, 0)
    house.clock.moment = AUTHORITY_DAY
    assert finance.refused("/v1/prepay/ledgered", {"reason": "no contact"}) == "before_deadline"
    house.begin_again()
    finance = sign_in(house, "2401")

    entered = finance.done("/v1/prepay/ledgered", {"reason": "=no contact"})

    assert entered["open_fen"] == 8000
    answer = house.ask("GET", "/v1/prepay/ledgered.csv", token=WINDOW, headers=finance.headers)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert ",80.00,'=no contact," in answer.text
    assert finance.get("/v1/prepay/stock")["ledgered_fen"] == 8000
    assert finance.get("/v1/prepay/idle?days=0")["accounts"] == []
    totals = finance.get("/v1/prepay/totals?since=2020-01-01&until=2100-01-01")
    moved = {flow["kind"]: flow["amount_fen"] for flow in totals["flows"] if flow["count"]}
    assert moved == {"OLD": 8000, "LEDGERED": 8000}


def test_s51_idle_balance_is_reported_after_the_profiles_days(house: House) -> None:
    finance = sign_in(house, "2401")
    assert finance.get("/v1/prepay/idle")["accounts"] == []

    house.clock.pass_seconds(90 * 24 * 3600)
    finance = sign_in(house, "2401")

    idle = finance.get("/v1/prepay/idle")["accounts"]
    assert [(entry["balance_fen"], entry["idle_days"]) for entry in idle] == [(8000, 90)]


def test_unknown_patient_is_no_such(house: House) -> None:
    for path in ("prepay-terms", "prepay", "prepay/clean-out"):
        assert house.ask("GET", f"/v1/patients/nobody/{path}").status_code == 404
    assert house.ask("GET", "/v1/prepay/clean-outs/none").status_code == 404
