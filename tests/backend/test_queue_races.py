"""Several rooms, buyers and terminals at the same moment: each gets what nobody else got."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from backend_bench import Json
from service_bench import CLINIC, KIOSK, LI_ID, House, new_key
from visit_bench import doctor, paid

from settlement_backend.visits.tables import Ticket

pytestmark = pytest.mark.both_databases

ROOMS = 4
LIMIT_S = 30


def at_once(house: House, path: str, body: Json, token: str) -> list[Json]:
    """The same wish by everybody, each with a key of its own."""
    barrier = Barrier(ROOMS)

    def ask() -> Json:
        barrier.wait(LIMIT_S)
        told: Json = house.post(path, body, key=new_key(), token=token).json()
        return told

    return _all(ask)


def _all(ask: Callable[[], Json]) -> list[Json]:
    with ThreadPoolExecutor(ROOMS) as pool:
        asked = [pool.submit(ask) for _ in range(ROOMS)]
        return [one.result(LIMIT_S) for one in asked]


def test_two_rooms_never_call_the_same_person(house: House) -> None:
    patient = house.person(LI_ID)
    queue = doctor(house)["schedule_id"]
    with house.service.db.write() as session:
        for number in range(ROOMS):
            session.add(
                Ticket(
                    id=f"T{number}",
                    queue=queue,
                    shown=f"C{number:03d}",
                    rank=1,
                    person_id=patient,
                    about=f"A{number}",
                    state="WAITING",
                    checked_in_at=f"2026-03-02T10:00:0{number}.000+08:00",
                )
            )
    place = {"place": {"zh": "诊室", "en": "Room"}}

    called = at_once(house, f"/v1/queues/{queue}/next", place, CLINIC)

    assert sorted(one["ticket"]["ticket_id"] for one in called) == ["T0", "T1", "T2", "T3"]


def test_last_booklet_is_kept_for_one_buyer(house: House) -> None:
    patient = house.person(LI_ID)
    house.done("/v1/goods/stock", {"item_code": "BOOK", "pieces": 1})
    body = {"patient_id": patient, "item_code": "BOOK"}

    told = at_once(house, "/v1/goods/sales", body, KIOSK)

    assert sorted(one.get("refused", "kept") for one in told) == ["kept"] + ["sold_out"] * 3
    assert house.get("/v1/goods")["articles"][0]["pieces"] == 0


def test_one_person_has_one_booked_place_with_a_doctor(house: House) -> None:
    patient = house.person(LI_ID)
    left = doctor(house, ahead=1)["remaining"]
    body = {"patient_id": patient, "schedule_id": doctor(house, ahead=1)["schedule_id"]}

    told = at_once(house, "/v1/appointments", body, KIOSK)

    assert [one["state"] for one in told] == ["BOOKED"] * ROOMS
    assert doctor(house, ahead=1)["remaining"] == left - 1
    states = [house.registration_state(one["registration_id"]) for one in told]
    assert sorted(states) == ["BOOKED"] + ["CANCELLED"] * 3


def test_everybody_checks_in_the_same_registration_once(house: House) -> None:
    made = paid(house, house.person(LI_ID))

    told = at_once(house, "/v1/check-ins", {"about": made["registration_id"]}, KIOSK)

    assert len({one["ticket_id"] for one in told}) == 1
