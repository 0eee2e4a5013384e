"""The record booklet of a machine (S37): kept, paid, handed out once, jammed, sold out."""

from __future__ import annotations

from backend_bench import Json
from service_bench import LI_ID, WINDOW, House
from visit_bench import settle


def pieces(house: House) -> int:
    (article,) = house.get("/v1/goods")["articles"]
    count: int = article["pieces"]
    return count


def keep(house: House, patient: str) -> Json:
    return house.done("/v1/goods/sales", {"patient_id": patient, "item_code": "BOOK"})


def outcome(house: House, sale: Json, handed_out: bool) -> Json:
    path = f"/v1/goods/sales/{sale['sale_id']}/outcome"
    return house.done(path, {"handed_out": handed_out})


def test_s37_booklet_is_paid_and_handed_out_once(house: House) -> None:
    patient = house.person(LI_ID)
    before = pieces(house)

    sale = keep(house, patient)
    paid = settle(house, patient, sale["bill"])

    assert (sale["state"], sale["bill"]["kind"], sale["bill"]["total_fen"]) == (
        "KEPT",
        "GOODS",
        100,
    )
    assert paid["state"] == "COMPLETED"
    assert house.get(f"/v1/goods/sales/{sale['sale_id']}")["state"] == "PAID"
    assert [outcome(house, sale, True)["state"] for _ in range(2)] == ["HANDED_OUT"] * 2
    assert pieces(house) == before - 1


def test_s37_paid_booklet_that_jams_is_a_case_with_its_amount(house: House) -> None:
    patient = house.person(LI_ID)
    sale = keep(house, patient)
    settle(house, patient, sale["bill"])

    assert outcome(house, sale, False)["state"] == "JAMMED"

    (case,) = house.books()["open_cases"]
    assert (case["operation_id"], case["amount_fen"]) == (sale["sale_id"], 100)


def test_s37_case_of_a_jam_has_the_operation_that_the_machines_slip_names(house: House) -> None:
    patient = house.person(LI_ID)
    sale = keep(house, patient)
    settle(house, patient, sale["bill"])

    path = f"/v1/goods/sales/{sale['sale_id']}/outcome"
    house.done(path, {"handed_out": False, "operation_id": "op-7"})

    (case,) = house.books()["open_cases"]
    assert case["operation_id"] == "op-7"


def test_s37_machine_that_never_says_what_came_out_is_a_case_by_itself(house: House) -> None:
    patient = house.person(LI_ID)
    sale = keep(house, patient)
    settle(house, patient, sale["bill"])

    house.later(3600)

    assert house.get(f"/v1/goods/sales/{sale['sale_id']}")["state"] == "JAMMED"
    (case,) = house.books()["open_cases"]
    assert (case["operation_id"], case["amount_fen"]) == (sale["sale_id"], 100)


def test_s37_unpaid_booklet_is_not_handed_out_and_is_for_sale_again(house: House) -> None:
    patient = house.person(LI_ID)
    before = pieces(house)
    sale = keep(house, patient)
    path = f"/v1/goods/sales/{sale['sale_id']}/outcome"
    assert house.refused(path, {"handed_out": True}) == "not_paid"
    assert pieces(house) == before - 1

    house.later(15 * 60 + 1)

    assert house.get(f"/v1/goods/sales/{sale['sale_id']}")["state"] == "CANCELLED"
    assert pieces(house) == before
    body = {
        "patient_id": patient,
        "bills": [{"bill_id": sale["bill"]["bill_id"], "version": 1}],
    }
    assert house.refused("/v1/settlements", body) == "bill_changed"


def test_s37_booklet_that_is_being_paid_stays_kept(house: House) -> None:
    patient = house.person(LI_ID)
    before = pieces(house)
    sale = keep(house, patient)
    house.open(patient, [sale["bill"]["bill_id"]])

    house.clock.pass_seconds(15 * 60 + 1)
    house.service.runner.step()

    assert pieces(house) in (before, before - 1)
    state = house.get(f"/v1/goods/sales/{sale['sale_id']}")["state"]
    assert (state == "KEPT") == (house.bill_state(sale["bill"]["bill_id"]) != "CANCELLED")


def test_s37_empty_machine_is_sold_out_until_it_is_filled(house: House) -> None:
    patient = house.person(LI_ID)
    assert house.done("/v1/goods/stock", {"item_code": "BOOK", "pieces": 0})["articles"][0] == {
        "item": {
            "code": "BOOK",
            "name": {"zh": "门诊病历本", "en": "Outpatient record booklet"},
            "kind": "GOODS",
            "insurance_class": "OWN",
            "unit": {"zh": "本", "en": "booklet"},
            "unit_price": "1.00",
            "unit_price_fen": 100,
        },
        "pieces": 0,
    }

    body = {"patient_id": patient, "item_code": "BOOK"}
    assert house.refused("/v1/goods/sales", body) == "sold_out"
    house.done("/v1/goods/stock", {"item_code": "BOOK", "pieces": 1})
    keep(house, patient)
    assert house.refused("/v1/goods/sales", body) == "sold_out"


def test_only_articles_are_counted_and_only_at_machines(house: House) -> None:
    assert house.refused("/v1/goods/stock", {"item_code": "AMLO", "pieces": 1}) == "unknown_item"
    assert house.ask("GET", "/v1/goods", token=WINDOW).status_code == 401
