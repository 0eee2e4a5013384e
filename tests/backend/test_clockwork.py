"""The clockwork: moves what is due, survives a stumble, picks up what another process left."""

from __future__ import annotations

import threading

import pytest
from backend_bench import Line
from fastapi.testclient import TestClient
from service_bench import LI_ID, NEVER_CODE, SLOW_CODE, House

from settlement_backend.app import make_app
from settlement_backend.settling.settling import tender_id
from settlement_backend.settling.tables import Tender

LIMIT_S = 10.0
LOOK_S = 0.02


def paying(house: House, auth_code: str = SLOW_CODE) -> str:
    patient = house.person(LI_ID)
    bill_id = house.bill(patient, Line(10000, "OWN"))
    told = house.commit(house.open(patient, [bill_id]), auth_code=auth_code)
    assert told["state"] == "PAYING"
    return str(told["settlement_id"])


def test_nothing_is_asked_before_it_is_due(house: House) -> None:
    settlement_id = paying(house)

    for _ in range(20):
        house.tick()

    assert house.settlement(settlement_id)["state"] == "PAYING"


def test_every_settlement_moves_on_in_one_tick(house: House) -> None:
    patient = house.person(LI_ID)
    ids = []
    for code in ("134567890123000001", "134567890123000002"):
        house.platforms.acquirer.control("next_pay", outcome="userpaying", polls=0)
        bill_id = house.bill(patient, Line(9000, "OWN"))
        ids.append(house.commit(house.open(patient, [bill_id]), auth_code=code)["settlement_id"])

    house.later(0.5)

    states = [house.settlement(settlement_id)["state"] for settlement_id in ids]
    assert states == ["COMPLETED", "COMPLETED"]
    house.assert_world_agrees()


@pytest.mark.expects_warnings("settlement_backend.base.runner")
def test_settlement_that_cannot_be_moved_does_not_stop_the_others(house: House) -> None:
    broken = paying(house)
    patient = house.person(LI_ID)
    quoted = house.open(patient, [house.bill(patient, Line(500, "OWN"))])
    house.platforms.acquirer.control("next_pay", outcome="userpaying", polls=0)
    sound = house.commit(quoted, auth_code="134567890123000001")["settlement_id"]
    with house.service.db.write() as session:
        session.get_one(Tender, tender_id(broken, 1)).channel = "NONE"

    house.later(0.5)

    assert house.settlement(broken)["state"] == "PAYING"
    assert house.settlement(sound)["state"] == "COMPLETED"


def test_started_clockwork_reverses_what_a_dead_process_left(house: House) -> None:
    settlement_id = paying(house, NEVER_CODE)
    house.revive()
    house.clock.pass_seconds(60)

    with TestClient(make_app(house.service)):
        waiter = threading.Event()
        for _ in range(int(LIMIT_S / LOOK_S)):
            if house.settlement(settlement_id)["state"] == "REVERSED":
                break
            waiter.wait(LOOK_S)
        ended = house.settlement(settlement_id)
    house.revive()

    assert (ended["state"], ended["trouble"]) == ("REVERSED", "pay_not_confirmed")
    house.assert_world_agrees()


def test_health_tells_the_time_to_anybody(house: House) -> None:
    told = house.get("/v1/health", token="")

    assert told == {"status": "ok", "time": house.clock.now().isoformat(timespec="milliseconds")}
