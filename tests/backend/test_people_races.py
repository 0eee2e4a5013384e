"""Many at once: one person for a number, one holder for a card, one way for an account."""

from __future__ import annotations

from collections import Counter
from functools import partial

import pytest
from backend_bench import Line
from people_bench import LI_SOCIAL_CARD, medium, window
from service_bench import LI_ID, WANG_ID, WINDOW, House, new_person
from test_saga_races import all_at_once

from settlement_backend.bills.tables import Bill
from settlement_backend.people.tables import Person

pytestmark = [pytest.mark.slow, pytest.mark.both_databases]

CONTENDERS = 4


def test_person_registered_at_once_from_many_places_is_one(house: House) -> None:
    answers = all_at_once([lambda: house.post("/v1/people", new_person())] * CONTENDERS)

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["patient_id"] for answer in answers}) == 1
    with house.service.db.read() as session:
        assert session.query(Person).filter_by(id_number=WANG_ID).count() == 1


def test_s06_card_shown_at_once_in_many_places_is_linked_once(house: House) -> None:
    body = medium("SS_CARD", LI_SOCIAL_CARD)

    answers = all_at_once([lambda: house.post("/v1/people/identify", body)] * CONTENDERS)

    assert {answer.json()["patient_id"] for answer in answers} == {house.person(LI_ID)}


def test_s07_two_kiosks_make_one_card_for_one_person(house: House) -> None:
    body = {"patient_id": house.register_wang()}

    answers = all_at_once([lambda: house.post("/v1/cards", body)] * CONTENDERS)

    numbers = [answer.json()["card_number"] for answer in answers]
    states = [house.get(f"/v1/cards/{number}")["state"] for number in numbers]
    assert Counter(states) == {"RESERVED": 1, "VOID": CONTENDERS - 1}


def test_s28_account_moves_wholly_or_is_settled_first(house: House) -> None:
    """A settlement and a merge at the same moment: the bill is locked for one person only."""
    wang, li, desk = house.register_wang(), house.person(LI_ID), window(house)
    bill = house.bill(wang, Line(100, "OWN"))
    asked = {"patient_id": wang, "bills": [{"bill_id": bill, "version": 1}]}
    merge = {"from_id": wang, "patient_id": li, "reason": "registered twice"}

    settled, merged = all_at_once(
        [
            partial(house.post, "/v1/settlements", asked, token=WINDOW),
            partial(house.post, "/v1/people/merge", merge, token=WINDOW, operator=desk.operator),
        ]
    )

    with house.service.db.read() as session:
        row = session.get_one(Bill, bill)
        found = (settled.status_code, merged.status_code, row.state, row.person_id)
    assert found in {
        (201, 409, "LOCKED", wang),
        (409, 200, "OPEN", li),
        (404, 200, "OPEN", li),
    }
