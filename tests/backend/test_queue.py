"""Check-in and calls: in order, the old first, never twice, back behind when passed."""

from __future__ import annotations

import pytest
from backend_bench import Json
from people_bench import LI_CITY_CODE, medium
from service_bench import CLINIC, LI_CODE, LI_ID, ZHOU_ID, House
from visit_bench import DAY_S, booked, doctor, kept, paid, told

from settlement_backend.people.tables import Person

ROOM = {"place": {"zh": "B12 诊室", "en": "Room B12"}}


def check_in(house: House, made: Json) -> Json:
    return house.done("/v1/check-ins", {"about": made["registration_id"]})


def call(house: House, queue: str) -> Json | None:
    called: Json | None = house.done(f"/v1/queues/{queue}/next", ROOM, token=CLINIC)["ticket"]
    return called


def finish(house: House, ticket: Json, outcome: str) -> Json:
    path = f"/v1/tickets/{ticket['ticket_id']}/finish"
    return house.done(path, {"outcome": outcome}, token=CLINIC)


def born(house: House, person_id: str, year: int) -> None:
    with house.service.db.write() as session:
        session.get_one(Person, person_id).birth_date = f"{year}-01-01"


def test_h13_paid_patient_checks_in_by_slip_and_is_told_who_is_before(house: House) -> None:
    patient = house.person(LI_ID)
    made = paid(house, patient)

    ticket = house.done("/v1/check-ins", {"text": made["slip"]["qr_text"]})

    assert (ticket["state"], ticket["number"], ticket["ahead"]) == ("WAITING", "C001", 0)
    assert ticket["display_name"] == "李*芳"
    assert ticket["waits_at"]["en"] == "2F, area B, Room B12"
    assert house.done("/v1/check-ins", {"about": made["registration_id"]}) == ticket
    assert told(house, patient)[-1] == "waiting"


@pytest.mark.parametrize(("kind", "code"), [("EC_CODE", LI_CODE), ("CITY_CODE", LI_CITY_CODE)])
def test_h13_a_a6_scanned_code_finds_the_registration_and_checks_in(
    house: House, kind: str, code: str
) -> None:
    made = paid(house, house.person(LI_ID))

    patient = house.done("/v1/people/identify", medium(kind, code))["patient_id"]
    (visit,) = house.get(f"/v1/patients/{patient}/visits")["visits"]
    ticket = house.done("/v1/check-ins", {"about": visit["registration_id"]})

    assert visit["registration_id"] == made["registration_id"]
    assert (ticket["state"], ticket["number"]) == ("WAITING", "C001")


def test_a_a6_called_in_the_order_of_arrival_and_each_once(house: House) -> None:
    li, wang = house.person(LI_ID), house.register_wang()
    born(house, wang, 1980)
    first, second = paid(house, li), paid(house, wang)
    queue = doctor(house)["schedule_id"]
    tickets = []
    for made in (second, first):
        tickets.append(check_in(house, made))
        house.clock.pass_seconds(1)

    assert [ticket["ahead"] for ticket in tickets] == [0, 1]
    called = [call(house, queue) for _ in range(3)]

    assert [one and one["number"] for one in called] == ["C002", "C001", None]
    assert called[0] is not None
    assert called[0]["place"] == ROOM["place"]
    shown = house.get(f"/v1/queues/{queue}")["tickets"]
    assert [(one["number"], one["state"]) for one in shown] == [
        ("C002", "CALLED"),
        ("C001", "CALLED"),
    ]


def test_old_patient_is_called_before_those_who_came_earlier(house: House) -> None:
    li, wang = house.person(LI_ID), house.register_wang()
    born(house, wang, 1940)
    queue = doctor(house)["schedule_id"]
    check_in(house, paid(house, li))
    house.clock.pass_seconds(1)
    check_in(house, paid(house, wang))

    called = call(house, queue)

    assert called is not None
    assert called["number"] == "C002"


def test_passed_patient_comes_back_behind_the_others(house: House) -> None:
    li, wang = house.person(LI_ID), house.register_wang()
    born(house, wang, 1980)
    made = paid(house, li)
    queue = doctor(house)["schedule_id"]
    first = check_in(house, made)
    house.clock.pass_seconds(1)
    check_in(house, paid(house, wang))
    call(house, queue)
    finish(house, first, "PASSED")
    house.clock.pass_seconds(1)

    again = check_in(house, made)

    assert (again["state"], again["ahead"], again["number"]) == ("WAITING", 1, "C001")


def test_seen_patient_does_not_wait_again(house: House) -> None:
    made = paid(house, house.person(LI_ID))
    ticket = check_in(house, made)
    path = f"/v1/tickets/{ticket['ticket_id']}/finish"
    assert house.refused(path, {"outcome": "SEEN"}, token=CLINIC) == "not_called"
    call(house, doctor(house)["schedule_id"])

    assert finish(house, ticket, "SEEN")["state"] == "SEEN"
    assert finish(house, ticket, "SEEN")["state"] == "SEEN"
    assert house.refused("/v1/check-ins", {"about": made["registration_id"]}) == "already_seen"


def test_unpaid_or_coming_registration_does_not_check_in(house: House) -> None:
    unpaid, coming = kept(house, house.person(LI_ID)), booked(house, house.person(ZHOU_ID))

    for made in (unpaid, coming):
        body = {"about": made["registration_id"]}
        assert house.refused("/v1/check-ins", body) == "not_registered"


def test_yesterdays_registration_does_not_check_in(house: House) -> None:
    made = paid(house, house.person(LI_ID))
    house.clock.pass_seconds(DAY_S)

    assert house.refused("/v1/check-ins", {"about": made["registration_id"]}) == "too_late"


@pytest.mark.parametrize(
    ("change", "reason"),
    [(lambda text: text.replace(".V.", ".S."), "slip_forged"), (lambda _text: "", "slip_forged")],
)
def test_foreign_text_does_not_check_in(house: House, change: object, reason: str) -> None:
    assert callable(change)
    made = kept(house, house.person(LI_ID))

    assert house.refused("/v1/check-ins", {"text": change(made["slip"]["qr_text"])}) == reason


def test_settlement_slip_is_no_visit_slip(house: House) -> None:
    patient = house.person(LI_ID)
    made = kept(house, patient)
    settled = house.commit(house.open(patient, [made["bill"]["bill_id"]]))

    text = settled["slip"]["qr_text"]
    assert house.refused("/v1/check-ins", {"text": text}) == "other_slip"


def test_kiosk_calls_nobody(house: House) -> None:
    queue = doctor(house)["schedule_id"]

    answer = house.post(f"/v1/queues/{queue}/next", ROOM)

    assert answer.status_code == 401
