"""What a cashier learns about a visit's liability, beside the doctor's room's word (N08, C15)."""

from __future__ import annotations

from backend_bench import Json
from deferral_bench import first_visit, ordered, visit
from people_bench import audited, window
from service_bench import CLINIC, LI_ID, House
from sqlalchemy import select

from settlement_backend.visits.tables import Registration, VisitWord

ASKED = "told by the police at the window"


def stated(house: House, visit_id: str, **facts: bool) -> Json:
    words = [{"fact": fact, "stands": stands} for fact, stands in facts.items()]
    told = window(house, "2107").done(
        f"/v1/visits/{visit_id}/liability", {"words": words, "reason": ASKED}
    )
    house.later(5)
    return told


def doctor_says(house: House, visit_id: str, liability: str) -> None:
    body = {"scene": "EMERGENCY", "liability": liability}
    house.done(f"/v1/visits/{visit_id}/facts", body, token=CLINIC)
    house.later(5)


def test_n08_c15_a_cashiers_fact_ends_waiting_and_leaves_the_scene(house: House) -> None:
    patient = house.person(LI_ID)
    visit_id, bills = visit(house, patient, "HBA1C")
    doctor_says(house, visit_id, "")

    told = stated(house, visit_id, TRAFFIC_ACCIDENT=True)

    assert told["excluded"] == ["THIRD_PARTY_LIABILITY"]
    decision = house.get(f"/v1/bills/{bills[0]}/deferral")
    assert (decision["rule_id"], decision["needs"]) == ("N08", ["THIRD_PARTY_LIABILITY"])
    assert not first_visit(house, patient)["bills"][0]["waits"]
    with house.service.db.read() as session:
        kept = session.get_one(Registration, visit_id)
        assert (kept.scene, kept.liability) == ("EMERGENCY", "")
        words = session.scalars(select(VisitWord).order_by(VisitWord.about))
        assert [(w.about, w.word, w.terminal_id, w.operator) for w in words] == [
            ("LIABILITY", "", "CLINIC", ""),
            ("SCENE", "EMERGENCY", "CLINIC", ""),
            ("TRAFFIC_ACCIDENT", "YES", "W07", "2107"),
        ]
    (line,) = audited(house, "visit_liability")
    assert (line.actor, line.terminal_id) == ("2107", "W07")


def test_n08_what_is_ordered_afterwards_is_excluded_too(house: House) -> None:
    patient = house.person(LI_ID)
    visit_id, _ = visit(house, patient, "HBA1C")
    stated(house, visit_id, FIGHT=True)

    (bill,) = ordered(house, visit_id, "ECG12")

    assert house.get(f"/v1/bills/{bill}/deferral")["needs"] == ["ILLEGAL_ACT"]


def test_n08_a_fact_taken_back_opens_it_and_the_doctors_word_stays(house: House) -> None:
    patient = house.person(LI_ID)
    visit_id, bills = visit(house, patient, "HBA1C")
    stated(house, visit_id, FIGHT=True, TRAFFIC_ACCIDENT=True)

    told = stated(house, visit_id, FIGHT=False)
    assert told["excluded"] == ["THIRD_PARTY_LIABILITY"]
    assert not house.get(f"/v1/bills/{bills[0]}/deferral")["allow"]

    stated(house, visit_id, TRAFFIC_ACCIDENT=False)
    assert house.get(f"/v1/bills/{bills[0]}/deferral")["allow"]

    doctor_says(house, visit_id, "OTHER_UNSUITABLE")
    stated(house, visit_id, TRAFFIC_ACCIDENT=False)
    assert house.get(f"/v1/bills/{bills[0]}/deferral")["needs"] == ["OTHER_UNSUITABLE"]


def test_c15_a_doctors_word_does_not_take_a_cashiers_fact_back(house: House) -> None:
    patient = house.person(LI_ID)
    visit_id, bills = visit(house, patient, "HBA1C")
    stated(house, visit_id, POISON_TAKING=True)

    doctor_says(house, visit_id, "")

    assert house.get(f"/v1/bills/{bills[0]}/deferral")["needs"] == ["ILLEGAL_ACT"]
    desk = window(house, "2107")
    path = f"/v1/visits/{visit_id}/liability"
    told = house.ask(
        "GET", path, token=desk.token, headers={"X-Operator-Token": desk.operator}
    ).json()
    facts = {fact["fact"]: fact for fact in told["facts"]}
    assert (told["doctor"], told["doctor_terminal_id"]) == ("", "CLINIC")
    assert facts["POISON_TAKING"]["operator"] == "2107"
    assert facts["POISON_TAKING"]["reason"] == ASKED
    assert facts["FIGHT"]["at"] == ""


def test_fact_that_nobody_knows_and_a_visit_that_is_none_are_refused(house: House) -> None:
    patient = house.person(LI_ID)
    visit_id, _ = visit(house, patient, "HBA1C")
    body = {"words": [{"fact": "MALICIOUS_ARREARS", "stands": True}], "reason": ASKED}
    desk = window(house, "2107")

    assert desk.refused(f"/v1/visits/{visit_id}/liability", body) == "unknown_exclusion"
    known = {"words": [{"fact": "FIGHT", "stands": True}], "reason": ASKED}
    assert desk.refused("/v1/visits/nobody/liability", known) == "not_registered"
