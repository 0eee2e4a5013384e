"""What a patient may still ask back at a kiosk or on the phone, line by line (H20, C05, W31)."""

from __future__ import annotations

import pytest
from backend_bench import Json, Line
from service_bench import KIOSK, LI_ID, WINDOW, House
from sqlalchemy import update
from tender_bench import CREDIT, Way, due, pay, prepare
from visit_bench import MOBILE

from settlement_backend.bills.tables import BillLine

pytestmark = pytest.mark.slow


def refundable(house: House, *, token: str = KIOSK) -> list[Json]:
    """Li's."""
    path = f"/v1/patients/{house.person(LI_ID)}/refundable"
    found: list[Json] = house.get(path, token=token)["settlements"]
    return found


def paid(house: House, amount_fen: int = 2000) -> Json:
    """By a payment code; the older balance pays its part first."""
    quoted = due(house, amount_fen)
    house.commit(quoted)
    return house.to_the_end(quoted["settlement_id"])


def test_h20_settlement_is_told_line_by_line_with_its_warning(house: House) -> None:
    settled = paid(house)

    (told,) = refundable(house)

    assert (told["settlement_id"], told["reason"]) == (settled["settlement_id"], "")
    assert told["total_fen"] == sum(line["amount_fen"] for line in told["lines"])
    assert [line["reason"] for line in told["lines"]] == [""]
    assert told["warning"]["zh"]
    assert refundable(house, token=MOBILE) == [told]


def test_h20_what_was_executed_cannot_be_asked_back(house: House) -> None:
    patient = house.person(LI_ID)
    quoted = house.open(patient, [house.bill(patient, Line(3000, "OWN"), Line(2000, "OWN"))])
    house.commit(quoted)
    settled = house.to_the_end(quoted["settlement_id"])
    first = settled["bills"][0]["lines"][0]["line_id"]
    with house.service.db.write() as session:
        session.execute(update(BillLine).where(BillLine.id == first).values(executed=True))

    (told,) = refundable(house)

    reasons = {line["line_id"]: line["reason"] for line in told["lines"]}
    assert reasons.pop(first) == "item_executed"
    assert list(reasons.values()) == [""]


def test_w20_settlement_with_a_refund_under_way_says_so(house: House) -> None:
    settled = paid(house)
    line_ids = [line["line_id"] for line in settled["bills"][0]["lines"]]
    body = {"settlement_id": settled["settlement_id"], "line_ids": line_ids, "reason": "not done"}
    house.done("/v1/refunds", body)

    (told,) = refundable(house)

    assert told["reason"] == "refund.under_way"
    assert [line["reason"] for line in told["lines"]] == ["already_refunded"]


def test_c05_credit_is_asked_back_at_a_window_only(house: House) -> None:
    prepare(house, house.person(LI_ID), CREDIT)
    pay(house, due(house, 2000), Way(CREDIT))

    (told,) = refundable(house)

    assert told["reason"] == "refund.elsewhere"


def test_balance_that_paid_warns_nobody(house: House) -> None:
    patient = house.person(LI_ID)
    house.commit(house.open(patient, [house.bill(patient, Line(2000, "OWN"))]))

    (told,) = refundable(house)

    assert told["warning"] is None


def test_windows_have_settlements_of_their_own(house: House) -> None:
    path = f"/v1/patients/{house.person(LI_ID)}/refundable"

    assert house.ask("GET", path, token=WINDOW).status_code == 401
    nobody = house.ask("GET", "/v1/patients/nobody/refundable", token=MOBILE)
    assert (nobody.status_code, nobody.json()["error"]) == (404, "unknown_patient")
