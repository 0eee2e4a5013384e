"""What only a window does: special identities, a death, the green channel, double registrations."""

from __future__ import annotations

import pytest
from backend_bench import Json, Line
from people_bench import (
    DAUGHTER_ID,
    Desk,
    audited,
    child,
    id_number,
    kiosk,
    medium,
    phone,
    window,
)
from service_bench import KIOSK, LI_ID, WANG_ID, WINDOW, ZHOU_ID, House

from settlement_backend.base.clock import stamp
from settlement_backend.inpatient.tables import Admission
from settlement_backend.ledger import ledger
from settlement_backend.ledger.ledger import Move
from settlement_backend.people.tables import Handover, Person

GREEN = {"card": "GREEN_CHANNEL", "called": "急救一", "sex": "M", "birth_date": ""}


# --- special identities and views


@pytest.mark.parametrize("identity", ["DUAL_IDENTITY", "BENEFIT", "SPECIAL_DISEASE", "ON_ACCOUNT"])
def test_s20_s27_special_identity_set_at_a_window_is_a_windows(house: House, identity: str) -> None:
    li, desk = house.person(LI_ID), window(house, "2107")
    path, bill = f"/v1/patients/{li}/identities", house.bill(li, Line(100, "OWN"))
    asked = {"patient_id": li, "bills": [{"bill_id": bill, "version": 1}]}

    assert desk.done(path, {"identities": [identity]})["identities"] == [identity]

    assert kiosk(house).may(li, "use-kiosk") == (False, "S20")
    assert house.refused("/v1/settlements", asked) == "window_only"
    desk.done(path, {"identities": []})
    assert kiosk(house).may(li, "use-kiosk") == (True, "S20")
    assert [line.actor for line in audited(house, "identities_set")] == ["2107", "2107"]


def test_s20_nobody_becomes_anonymous_or_something_unheard_of(house: House) -> None:
    path = f"/v1/patients/{house.person(LI_ID)}/identities"

    for word in ("ANONYMOUS", "VIP"):
        assert window(house).refused(path, {"identities": [word]}) == "unknown_identity"
    assert house.post(path, {"identities": []}, token=WINDOW).status_code == 401


def test_h35_refusal_says_the_rule_and_the_way_out(house: House) -> None:
    told = house.get(f"/v1/patients/{house.person(ZHOU_ID)}/may/use-kiosk")

    assert told == {
        "allow": False,
        "rule_id": "S20",
        "message_key": "window_only",
        "needs": ["WINDOW"],
    }
    assert house.ask("GET", f"/v1/patients/{house.person(ZHOU_ID)}/may/fly").status_code == 422


def test_data_is_shown_in_full_for_a_reason_and_on_the_record(house: House) -> None:
    li = house.person(LI_ID)
    path, body = f"/v1/patients/{li}/reveal", {"field": "id_number", "reason": "CORRECTION"}

    assert window(house).done(path, body) == {"field": "id_number", "value": LI_ID}

    (line,) = audited(house, "revealed")
    assert line.actor == "2101"
    assert line.facts == f'{{"field": "id_number", "of": "{li}", "reason": "CORRECTION"}}'
    for token in (KIOSK, WINDOW, "demo-mobile"):
        assert house.post(path, body, token=token).status_code == 401


def test_phone_finds_everybody_who_shares_it_masked_and_on_the_record(house: House) -> None:
    zhou, li = house.person(ZHOU_ID), house.person(LI_ID)
    with house.service.db.write() as session:
        for person_id in (zhou, li):
            session.get_one(Person, person_id).phone = "13912340001"

    told = window(house).done("/v1/people/find-by-phone", {"phone": "13912340001"})

    assert sorted(one["patient_id"] for one in told["patients"]) == sorted([zhou, li])
    assert all("*" in one["display_name"] for one in told["patients"])
    assert {line.actor for line in audited(house, "found_by_phone")} == {"2101"}
    for token in (KIOSK, WINDOW, "demo-mobile"):
        body = {"phone": "13912340001"}
        assert house.post("/v1/people/find-by-phone", body, token=token).status_code == 401


def test_s26_number_of_the_own_card_is_revealed_for_a_loss(house: House) -> None:
    li, zhou = house.person(LI_ID), house.person(ZHOU_ID)
    body = {"field": "card_number", "reason": "CORRECTION"}

    told = window(house).done(f"/v1/patients/{li}/reveal", body)

    assert told == {"field": "card_number", "value": "260000000025"}
    other = window(house).done(f"/v1/patients/{zhou}/reveal", body)["value"]
    assert other == "" or other.isdigit()


# --- a death


def test_w34_death_is_a_windows_with_its_proof(house: House) -> None:
    li, desk = house.person(LI_ID), window(house)
    path, day = f"/v1/patients/{li}/death", "2026-01-02"
    papers = ["VISIT_CARD", "PATIENT_ID", "PATIENT_SAVINGS_CARD", "AGENT_ID", "RELATION_PROOF"]
    assert desk.refused(path, {"died_on": day, "documents": papers}) == "death_proof_needed"
    assert kiosk(house).may(li, "use-kiosk") == (True, "S20")

    told = desk.done(path, {"died_on": day, "documents": ["DEATH_PROOF", "TRAM_TICKET"]})

    assert (told["documents"], told["refund"]["needs"]) == (["DEATH_PROOF"], papers)
    assert kiosk(house).may(li, "use-kiosk") == (False, "W34")
    assert kiosk(house).may(li, "be-paid-back") == (False, "W34")
    later = desk.done(path, {"died_on": day, "documents": papers})
    assert (len(later["documents"]), later["refund"]["needs"]) == (6, [])


@pytest.mark.parametrize("day", ["2199-01-01", "yesterday", ""])
def test_w34_day_of_death_is_a_day_in_the_past(house: House, day: str) -> None:
    path = f"/v1/patients/{house.person(LI_ID)}/death"
    body = {"died_on": day, "documents": ["DEATH_PROOF"]}

    assert window(house).refused(path, body) == "bad_day"


# --- the green channel


def green_card(desk: Desk) -> tuple[str, str]:
    """Somebody unknown with a card in use: the patient id and the card's number."""
    patient = desk.done("/v1/people/unknown", GREEN)["patient_id"]
    number = desk.done("/v1/cards", {"patient_id": patient})["card_number"]
    told = desk.done(f"/v1/cards/{number}/activate", {"uid": "04BB"})
    assert told["state"] == "OPEN"
    return patient, number


def bills_of(house: House, patient: str) -> list[str]:
    return [bill["bill_id"] for bill in house.get(f"/v1/patients/{patient}/bills")["bills"]]


def test_s28_account_goes_to_the_real_identity_and_the_card_is_spent(house: House) -> None:
    desk, wang = window(house), house.register_wang()
    patient, number = green_card(desk)
    bill = house.bill(patient, Line(5000, "A"))
    owe(house, patient, 700)

    told = desk.done(f"/v1/cards/{number}/transfer", {"patient_id": wang, "reason": "known now"})

    assert (told["kind"], told["bills"]) == ("GREEN_CHANNEL", 1)
    assert bills_of(house, wang) == [bill]
    assert (owed(house, patient), owed(house, wang)) == (0, 700)
    assert house.get(f"/v1/cards/{number}")["state"] == "TRANSFERRED"
    find = medium("GREEN_CHANNEL", number)
    assert house.refused("/v1/people/identify", find) == "card_not_active"
    desk.done(f"/v1/cards/{number}/void", {"reason": "handed in"})
    assert house.get(f"/v1/cards/{number}")["state"] == "VOID"
    assert house.refused(f"/v1/cards/{number}/activate", {"uid": "04BB"}) == "card_void"
    assert [line.actor for line in audited(house, "green_account_transferred")] == ["2101"]


def owe(house: House, patient: str, amount_fen: int) -> None:
    with house.service.db.write() as session:
        move = Move("outside:cash", f"on_account:{patient}", amount_fen)
        ledger.post(session, "on_account/test", stamp(house.clock.now()), [move])


def owed(house: House, patient: str) -> int:
    with house.service.db.read() as session:
        return ledger.balance(session, f"on_account:{patient}")


def test_s28_c15_green_card_is_used_while_it_is_open_and_once(house: House) -> None:
    desk, wang = window(house), house.register_wang()
    patient, number = green_card(desk)

    told = desk.done("/v1/people/identify", medium("HEALTH_CARD", number))
    assert (told["patient_id"], told["identities"]) == (patient, ["ON_ACCOUNT"])
    path, body = f"/v1/cards/{number}/transfer", {"patient_id": wang, "reason": ""}
    assert desk.refused(path, {**body, "patient_id": patient}) == "same_person"
    nobody, _number = green_card(desk)
    assert desk.refused(path, {**body, "patient_id": nobody}) == "real_name_needed"
    desk.done(path, body)

    li = house.person(LI_ID)
    assert desk.refused(path, {**body, "patient_id": li}) == "card_not_active"
    assert desk.refused("/v1/cards/260000000025/transfer", body) == "card_not_active"


def test_s28_account_does_not_move_while_a_bill_is_being_settled(house: House) -> None:
    desk, wang = window(house), house.register_wang()
    patient, number = green_card(desk)
    bill = house.bill(patient, Line(5000, "OWN"))
    quoted = house.open(patient, [bill], token=WINDOW)
    path, body = f"/v1/cards/{number}/transfer", {"patient_id": wang, "reason": ""}

    assert desk.refused(path, body) == "settling"

    assert bills_of(house, wang) == []
    house.cancel(quoted["settlement_id"])
    desk.done(path, body)
    assert bills_of(house, wang) == [bill]


# --- double registrations


def double(house: House) -> str:
    return child(house, "19700102")


def merge(from_id: str, to_id: str) -> Json:
    return {"from_id": from_id, "patient_id": to_id, "reason": "registered twice"}


def test_double_registration_is_merged_by_a_supervisor_with_everything(house: House) -> None:
    old, li = double(house), house.person(LI_ID)
    bill = house.bill(old, Line(100, "OWN"))
    number = house.done("/v1/cards", {"patient_id": old})["card_number"]
    house.done(f"/v1/cards/{number}/activate", {"uid": "04CC"})
    asked = {"kind": "CHILD", "name": "王静", "id_number": DAUGHTER_ID, "phone": "", "proof": ""}
    for patient in (old, li):
        path = f"/v1/patients/{patient}/relatives"
        phone(house).done(path, {**asked, "may_see": True, "may_pay": True})
    body = merge(old, li)
    assert house.post("/v1/people/merge", body, token=WINDOW).status_code == 401
    cashier = window(house, "2107")
    refused = house.post("/v1/people/merge", body, token=WINDOW, operator=cashier.operator)
    assert refused.status_code == 401

    told = window(house, "2101").done("/v1/people/merge", body)

    assert (told["kind"], told["patient_id"], told["bills"]) == ("MERGE", li, 1)
    assert bill in bills_of(house, li)
    assert house.person(id_number("19700102")) == li
    assert house.ask("GET", f"/v1/patients/{old}", token=WINDOW).status_code == 404
    assert house.get(f"/v1/cards/{number}")["state"] == "REPLACED"
    assert len(house.get(f"/v1/patients/{li}/relatives")["relations"]) == 1
    with house.service.db.read() as session:
        done = session.query(Handover).one()
        assert (done.operator, done.reason) == ("2101", "registered twice")
        assert session.get_one(Person, old).merged_into == li
    assert [line.actor for line in audited(house, "people_merged")] == ["2101"]


def test_card_of_a_double_registration_goes_on_when_it_is_the_only_one(house: House) -> None:
    old, wang, desk = double(house), house.register_wang(), window(house)
    number = house.done("/v1/cards", {"patient_id": old})["card_number"]
    house.done(f"/v1/cards/{number}/activate", {"uid": "04CC"})

    desk.done("/v1/people/merge", merge(old, wang))

    told = house.done("/v1/people/identify", medium("HEALTH_CARD", number))
    assert told["patient_id"] == wang


def test_merging_twice_or_with_itself_is_refused(house: House) -> None:
    old, wang, desk = double(house), house.register_wang(), window(house)
    desk.done("/v1/people/merge", merge(old, wang))

    assert desk.refused("/v1/people/merge", merge(old, wang)) == "already_merged"
    assert desk.refused("/v1/people/merge", merge(wang, wang)) == "same_person"


def test_chain_of_double_registrations_ends_at_the_last(house: House) -> None:
    first, second, desk = double(house), house.register_wang(), window(house)
    li = house.person(LI_ID)
    desk.done("/v1/people/merge", merge(first, second))

    desk.done("/v1/people/merge", merge(second, li))

    assert house.person(id_number("19700102")) == li
    assert house.person(WANG_ID) == li


def test_what_one_person_has_once_keeps_two_from_joining(house: House) -> None:
    old, wang, desk = double(house), house.register_wang(), window(house)
    for place, patient in enumerate((old, wang)):
        with house.service.db.write() as session:
            session.add(admission(f"A{place}", patient))

    assert desk.refused("/v1/people/merge", merge(old, wang)) == "not_mergeable"

    with house.service.db.read() as session:
        assert session.get_one(Admission, "A0").person_id == old
        assert session.get_one(Person, old).merged_into == ""


def admission(number: str, patient: str) -> Admission:
    names = dict.fromkeys(("doctor_zh", "doctor_en", "ward_zh", "ward_en"), "")
    day = "2026-01-02T10:00:00.000+08:00"
    return Admission(
        id=number,
        person_id=patient,
        department_code="CARD",
        state="ADMITTED",
        requested_at=day,
        **names,
    )


def test_prepaid_money_is_returned_before_accounts_join(house: House) -> None:
    li, wang = house.person(LI_ID), house.register_wang()

    assert window(house).refused("/v1/people/merge", merge(li, wang)) == "prepaid_left"
    assert house.person(LI_ID) == li


def test_nothing_is_merged_into_somebody_without_a_name(house: House) -> None:
    desk, wang = window(house), house.register_wang()
    patient, _number = green_card(desk)

    assert desk.refused("/v1/people/merge", merge(wang, patient)) == "real_name_needed"
