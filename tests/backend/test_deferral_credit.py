"""Suspension and malicious findings across the city's hospitals (N15, N16, N29, C16)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from deferral_bench import (
    DAY_S,
    HERE,
    HOUR_S,
    account,
    end_visit,
    entries,
    pay,
    registered,
    sign_path,
    visit,
)
from people_bench import HE_ID
from service_bench import KIOSK, LI_ID, WINDOW, House, new_key, new_person
from staff_bench import CASHIER, SUPERVISOR, sign_in

from settlement_backend.base.context import Context
from settlement_backend.base.database import Database
from settlement_backend.deferral import agreements, rules
from settlement_backend.deferral.bill_sets import advance
from settlement_backend.deferral.city_credit import CityCredit
from settlement_backend.deferral.own_credit import OwnCredit
from settlement_backend.deferral.standing import Standings, standing_of

SECOND = {"operator": "2102", "password": "demo-2102"}
EVIDENCE = "left three times without paying, told so on the phone"


def overdue(house: House) -> tuple[str, str, list[str]]:
    """Patient, visit and bills of somebody a day too late."""
    patient = house.person(LI_ID)
    visit_id, bills = visit(house, patient, "HBA1C")
    end_visit(house, visit_id)
    house.later(24 * HOUR_S)
    return patient, visit_id, bills


def suspended(house: House) -> tuple[str, str, list[str]]:
    """The same thirty days later."""
    patient, visit_id, bills = overdue(house)
    house.later(30 * DAY_S)
    house.later(5)
    assert account(house, patient)["state"] == "SUSPENDED"
    return patient, visit_id, bills


def flags(house: House) -> list[tuple[str, str, str]]:
    """What this hospital has in the city's credit file."""
    return [
        (flag["operator"], flag["withdrawn_by"], flag["state"])
        for flag in house.platforms.city.books()["flags"]
        if flag["hospital"] == HERE
    ]


def test_n16_two_supervisors_flag_with_evidence_and_one_withdraws(house: House) -> None:
    patient, visit_id, _ = overdue(house)
    desk = sign_in(house, SUPERVISOR)
    path = f"/v1/deferral/visits/{visit_id}/malicious"
    key = new_key()

    flag = desk.done(path, {"evidence": EVIDENCE, **SECOND}, key=key)

    assert (flag["state"], flag["flagged_by"], flag["second"]) == ("FLAGGED", "2101", "2102")
    assert not flag["reported"]
    assert desk.done(path, {"evidence": EVIDENCE, **SECOND}, key=key) == flag
    assert desk.refused(path, {"evidence": EVIDENCE, **SECOND}) == "flagged"
    house.later(5)
    assert flags(house) == [("2101", "", "FLAGGED")]
    told = house.platforms.city.books()["flags"][-1]
    assert len(told["evidence_digest"]) == 64
    assert EVIDENCE not in str(told)
    assert account(house, patient)["credit"]["malicious"]
    assert account(house, patient)["state"] == "SIGNED"  # a flag suspends nothing by itself

    gone = desk.done(f"/v1/deferral/flags/{flag['flag_id']}/withdraw", {"reason": "a mistake"})
    assert (gone["state"], gone["withdrawn_by"]) == ("WITHDRAWN", "2101")
    house.later(5)
    assert flags(house) == [("2101", "2101", "WITHDRAWN")]
    assert not account(house, patient)["credit"]["malicious"]
    told_flags = desk.get(f"/v1/patients/{patient}/deferral/flags")["flags"]
    assert [(f["state"], f["reported"]) for f in told_flags] == [("WITHDRAWN", True)]


def test_n16_a_flag_needs_arrears_two_persons_and_the_role(house: House) -> None:
    patient = house.person(LI_ID)
    visit_id, _ = visit(house, patient, "HBA1C")
    path = f"/v1/deferral/visits/{visit_id}/malicious"
    body = {"evidence": EVIDENCE, **SECOND}
    desk = sign_in(house, SUPERVISOR)

    assert desk.refused(path, body) == "no_arrears"
    same = {**body, "operator": SUPERVISOR, "password": "demo-2101"}
    assert desk.refused(path, same) == "same_person"
    assert desk.refused(path, {**body, "password": "wrong"}) == "wrong_password"
    cashier = {**body, "operator": CASHIER, "password": "demo-2107"}
    assert desk.refused(path, cashier) == "not_allowed"
    assert desk.post(path, {**body, "evidence": ""}).status_code == 422
    assert desk.post("/v1/deferral/visits/nothing/malicious", body).status_code == 404
    assert sign_in(house, CASHIER).post(path, body).status_code == 401


def test_n08_n16_somebody_flagged_pays_new_bills_at_once(house: House) -> None:
    patient, visit_id, bills = overdue(house)
    desk = sign_in(house, SUPERVISOR)
    desk.done(f"/v1/deferral/visits/{visit_id}/malicious", {"evidence": EVIDENCE, **SECOND})

    decision = house.get(f"/v1/bills/{bills[0]}/deferral")

    assert (decision["allow"], decision["message_key"]) == (False, "deferral.malicious")
    pay(house, patient, *bills)


@pytest.mark.expects_warnings("settlement_backend.base.outside")
def test_n16_a_flag_withdrawn_before_the_city_heard_is_withdrawn_there(house: House) -> None:
    _, visit_id, _ = overdue(house)
    desk = sign_in(house, SUPERVISOR)
    house.platforms.city.fault("/credit/malicious", "answer_lost", 1)
    body = {"evidence": EVIDENCE, **SECOND}
    flag = desk.done(f"/v1/deferral/visits/{visit_id}/malicious", body)
    house.later(5)
    desk.done(f"/v1/deferral/flags/{flag['flag_id']}/withdraw", {"reason": "a mistake"})

    house.later(5)
    house.later(5)

    assert flags(house) == [("2101", "2101", "WITHDRAWN")]


def test_arrears_are_listed_for_supervisors_with_masked_names(house: House) -> None:
    patient, visit_id, _ = suspended(house)

    told = sign_in(house, SUPERVISOR).get("/v1/deferral/arrears")["arrears"]

    assert [(a["patient_id"], a["registration_id"], a["state"]) for a in told] == [
        (patient, visit_id, "SUSPENDING")
    ]
    assert told[0]["suspension"]["lacks"] == ["PAID", "REPAIR_CONFIRMED"]
    assert told[0]["open_fen"] == 6500
    assert house.ask("GET", "/v1/deferral/arrears", token=KIOSK).status_code == 401


@pytest.mark.expects_warnings("settlement_backend.base.outside")
def test_n15_a_repair_reaches_the_city_before_its_suspension(house: House) -> None:
    patient, visit_id, bills = overdue(house)
    house.platforms.city.fault("/credit/suspend", "http_500", 1)
    house.later(30 * DAY_S)
    assert entries(house.platforms) == []
    pay(house, patient, *bills)
    path = f"/v1/deferral/suspensions/S{visit_id}/confirm-repair"
    house.tick()
    with house.service.db.write() as session:
        advance(session, house.service.policy, visit_id, house.clock.now())
    sign_in(house, SUPERVISOR).done(path, {})

    house.later(5)

    assert entries(house.platforms) == []
    assert account(house, patient)["state"] == "REPAIRED"


def test_unknown_suspensions_and_flags_are_404(house: House) -> None:
    desk = sign_in(house, SUPERVISOR)

    for path, body in (
        ("/v1/deferral/suspensions/none/confirm-repair", {}),
        ("/v1/deferral/flags/none/withdraw", {"reason": "x"}),
    ):
        assert desk.post(path, body).status_code == 404


def test_n15_the_citys_suspended_person_cannot_sign_here(house: House) -> None:
    document = {"name": "何志强", "id_number": HE_ID, "birth_date": "1979-05-16"}
    patient = str(house.done("/v1/people", new_person(**document))["patient_id"])
    registered(house, patient)

    told = account(house, patient, token=WINDOW)

    assert (told["state"], told["credit"]["since"]) == ("SUSPENDED", "2026-01-12")
    assert house.refused(sign_path(patient), {"version": "2026-01"}) == "deferral.suspended"


@contextmanager
def other_hospital(house: House, file: Path) -> Iterator[Context]:
    """A second backend with books of its own in the same city."""
    db = Database(f"sqlite:///{file}")
    policy = house.service.policy.model_copy(update={"hospital_id": "H33030200002"})
    try:
        yield replace(house.service.context, db=db, policy=policy)
    finally:
        db.close()


def test_n29_n15_a_suspension_counts_in_every_hospital_of_the_city(
    house: House, tmp_path: Path
) -> None:
    patient, visit_id, bills = suspended(house)
    with other_hospital(house, tmp_path / "second.db") as second:
        port = CityCredit(house.platforms.city.url, second.policy.hospital_id, read_s=1.0)
        standings = Standings(second, house.service.insurance, port)

        standings.ask(LI_ID)
        with second.db.read() as session:
            there = standing_of(session, LI_ID)
            assert not agreements.is_signed(session, LI_ID)
        assert (there.credit, there.insured, there.local) == ("SUSPENDED", "NORMAL", True)
        charge = rules.Charge("OUTPATIENT", "ENDO", (), signed=True, standing=there)
        decision = rules.may_wait(second.policy.deferral, second.policy.scope, charge)
        assert decision.rule_id == "N15"

        pay(house, patient, *bills)
        house.later(5)
        path = f"/v1/deferral/suspensions/S{visit_id}/confirm-repair"
        sign_in(house, SUPERVISOR).done(path, {})
        house.later(5)
        standings.ask(LI_ID)
        with second.db.read() as session:
            assert standing_of(session, LI_ID).credit == "CLEAR"


def test_c16_without_a_city_register_our_own_books_are_it(house: House) -> None:
    suspended(house)
    port = OwnCredit(house.service.db, HERE)

    told = port.status(LI_ID)

    assert (told.suspended, told.hospital, told.malicious) == (True, HERE, False)
    assert told.since == house.clock.now().date().isoformat()
    assert not port.status("330302195501123411").suspended
