"""Booking ahead: by the patient or a relative, collected on the day, missed, given back."""

from __future__ import annotations

import pytest
from backend_bench import Json
from service_bench import LI_ID, WINDOW, ZHOU_ID, House
from visit_bench import DAY_S, MOBILE, booked, doctor, told

from settlement_backend.people.tables import NO_NUMBER, Person, Relation


def collect(house: House, made: Json) -> Json:
    return house.done(f"/v1/appointments/{made['registration_id']}/collect", {})


def relation(house: House, person_id: str, state: str = "ACTIVE") -> str:
    """The daughter of somebody."""
    with house.service.db.write() as session:
        session.add(
            Relation(
                id="REL1",
                person_id=person_id,
                kind="CHILD",
                name="周小华",
                id_number="330302198501011234",
                phone="13900000000",
                proof="",
                may_see=True,
                may_pay=True,
                state=state,
                since="2026-01-01T00:00:00.000+08:00",
                terminal_id="MOBILE",
            )
        )
    return "REL1"


def test_s30_booked_place_is_kept_without_a_bill(house: House) -> None:
    patient = house.person(LI_ID)
    left = doctor(house, ahead=1)["remaining"]

    made = booked(house, patient)

    assert (made["state"], made["bill"], made["queue_number"]) == ("BOOKED", None, "")
    assert made["slip"]["qr_text"].startswith("ZF1.V.V")
    assert doctor(house, ahead=1)["remaining"] == left - 1
    assert told(house, patient) == ["appointment_booked"]


def test_s31_slip_of_the_day_bills_the_fee_and_a_paid_one_has_a_number(house: House) -> None:
    patient = house.person(LI_ID)
    made = booked(house, patient)
    path = f"/v1/appointments/{made['registration_id']}/collect"
    assert house.refused(path, {}) == "not_today"
    house.clock.pass_seconds(DAY_S)

    collected = collect(house, made)
    house.commit(house.open(patient, [collected["bill"]["bill_id"]]))

    assert collected["state"] == "HELD"
    assert collect(house, made)["bill"]["bill_id"] == collected["bill"]["bill_id"]
    now = house.get(f"/v1/registrations/{made['registration_id']}")
    assert (now["state"], now["queue_number"]) == ("CONFIRMED", "C001")
    assert now["slip"] == made["slip"]


def test_collected_and_not_paid_in_time_is_booked_again(house: House) -> None:
    patient = house.person(LI_ID)
    made = booked(house, patient)
    house.clock.pass_seconds(DAY_S)
    first = collect(house, made)["bill"]

    house.later(15 * 60 + 1)

    assert house.registration_state(made["registration_id"]) == "BOOKED"
    assert house.bill_state(first["bill_id"]) == "CANCELLED"
    second = collect(house, made)["bill"]
    assert (second["bill_id"] != first["bill_id"], second["total_fen"]) == (True, 3000)


def test_place_nobody_collects_is_missed_and_three_of_them_end_booking(house: House) -> None:
    patient = house.person(LI_ID)
    for day in range(1, 4):
        made = booked(house, patient, ahead=day)
    assert house.registration_state(made["registration_id"]) == "BOOKED"
    left = doctor(house, ahead=3)["remaining"]

    house.later(4 * DAY_S)

    assert house.registration_state(made["registration_id"]) == "MISSED"
    body = {"patient_id": patient, "schedule_id": doctor(house, ahead=1)["schedule_id"]}
    assert house.refused("/v1/appointments", body) == "too_many_missed"
    listed = house.get(f"/v1/patients/{patient}/visits")["visits"]
    assert [visit["state"] for visit in listed] == ["MISSED", "MISSED", "MISSED"]
    assert left == 14


def test_booked_place_is_given_back_by_its_slip_holder(house: House) -> None:
    made = booked(house, house.person(LI_ID))
    path = f"/v1/registrations/{made['registration_id']}/cancel"

    given = [house.done(path, {"reason": "cannot come"}) for _ in range(2)]

    assert [one["state"] for one in given] == ["CANCELLED", "CANCELLED"]
    assert doctor(house, ahead=1)["remaining"] == 15
    collect_path = f"/v1/appointments/{made['registration_id']}/collect"
    assert house.refused(collect_path, {}) == "appointment_over"


def test_today_is_registered_and_not_booked(house: House) -> None:
    body = {"patient_id": house.person(LI_ID), "schedule_id": doctor(house)["schedule_id"]}

    assert house.refused("/v1/appointments", body) == "not_bookable"


def test_other_day_is_booked_and_not_registered(house: House) -> None:
    schedule_id = doctor(house, ahead=1)["schedule_id"]
    body = {"patient_id": house.person(LI_ID), "schedule_id": schedule_id}

    assert house.refused("/v1/registrations", body) == "not_today"


def test_n26_a_a12_relative_books_on_the_phone_and_the_patient_collects(house: House) -> None:
    patient = house.person(ZHOU_ID)
    body = {
        "patient_id": patient,
        "schedule_id": doctor(house, ahead=1)["schedule_id"],
        "relation_id": relation(house, patient),
    }

    made = house.done("/v1/appointments", body, token=MOBILE)
    house.clock.pass_seconds(DAY_S)

    assert made["booked_by_relative"]
    assert collect(house, made)["state"] == "HELD"


@pytest.mark.parametrize("state", ["ASKED", "ENDED"])
def test_n26_somebody_who_was_not_agreed_to_books_nothing(house: House, state: str) -> None:
    patient = house.person(ZHOU_ID)
    body = {
        "patient_id": patient,
        "schedule_id": doctor(house, ahead=1)["schedule_id"],
        "relation_id": relation(house, patient, state),
    }

    assert house.refused("/v1/appointments", body, token=MOBILE) == "not_a_relative"
    query = f"/v1/patients/{patient}/progress?relation_id=REL1"
    assert house.ask("GET", query, token=MOBILE).status_code == 409


def test_w38_anonymous_person_is_neither_registered_nor_booked(house: House) -> None:
    patient = house.person(LI_ID)
    with house.service.db.write() as session:
        session.get_one(Person, patient).id_number = NO_NUMBER + patient
    today, coming = doctor(house)["schedule_id"], doctor(house, ahead=1)["schedule_id"]

    for path, schedule_id in (("/v1/registrations", today), ("/v1/appointments", coming)):
        body = {"patient_id": patient, "schedule_id": schedule_id}
        assert house.refused(path, body, token=WINDOW) == "real_name_needed"


def test_a_a4_window_registers_and_books_too(house: House) -> None:
    patient = house.person(LI_ID)
    for path, ahead in (("/v1/registrations", 0), ("/v1/appointments", 1)):
        body = {"patient_id": patient, "schedule_id": doctor(house, ahead=ahead)["schedule_id"]}
        made = house.done(path, body, token=WINDOW)
        assert made["state"] == ("BOOKED" if ahead else "HELD")
