"""A daughter's phone, her father at the machine, the doctor's room: one visit, lived in order.

What a reader would get wrong: the phone's channel knows who looks at it; the backend is told whose
patient is meant, and holds the channel to the relation.
"""

from __future__ import annotations

from backend_bench import Json
from channel_clients import WANG_CODE, Hospital
from people_bench import ACCEPTED, DAUGHTER_ID, WANG_FAMILY_CODE, id_number, medium
from service_bench import LI_ID, WANG_ID, House, components
from visit_bench import DAY_S, doctor

SON_ID = id_number("19840415", "333")
ROOM = {"place": {"zh": "B12 诊室", "en": "Room B12"}}


def father_of(hospital: Hospital) -> str:
    """Wang registers himself once, on the daughter's phone, by his insurance e-code."""
    body = {**medium("EC_CODE", WANG_CODE), "phone": "13800000000", "consent": ACCEPTED}
    return str(hospital.phone.done("/v1/people/first-visit", body)["patient_id"])


def bound(hospital: Hospital, father: str) -> str:
    """The daughter asks, he agrees."""
    relation_id = hospital.phone.bind(father, "CHILD", "王静", DAUGHTER_ID)
    told = hospital.kiosk.done(f"/v1/relatives/{relation_id}/agree", {"consent": ACCEPTED})
    assert told["state"] == "ACTIVE"
    return relation_id


def booking(hospital: Hospital, father: str, relation_id: str) -> Json:
    """A place of tomorrow morning."""
    schedule_id = doctor(hospital.house, ahead=1)["schedule_id"]
    return {"patient_id": father, "schedule_id": schedule_id, "relation_id": relation_id}


def test_n17_n26_a_a12_daughter_books_and_her_father_collects_and_checks_in(house: House) -> None:
    hospital = Hospital(house)
    phone, kiosk = hospital.phone, hospital.kiosk
    father = father_of(hospital)
    asked = phone.bind(father, "CHILD", "王静", DAUGHTER_ID)
    wish = booking(hospital, father, asked)
    assert phone.refused("/v1/appointments", wish) == "not_a_relative"
    assert phone.notices(father) == ["relative_asked"]
    kiosk.done(f"/v1/relatives/{asked}/agree", {"consent": ACCEPTED})
    (mine,) = house.done("/v1/relatives/patients", {"id_number": DAUGHTER_ID}, token=phone.token)[
        "patients"
    ]
    assert (mine["patient_id"], mine["display_name"]) == (father, "王*国")

    booked = phone.done("/v1/appointments", wish)
    assert (booked["state"], booked["bill"], booked["booked_by_relative"]) == ("BOOKED", None, True)
    visit_id = booked["registration_id"]
    assert kiosk.refused(f"/v1/appointments/{visit_id}/collect", {}) == "not_today"

    house.later(DAY_S)
    assert kiosk.identify("ID_CARD", WANG_ID) == father
    collected = kiosk.done(f"/v1/appointments/{visit_id}/collect", {})
    kiosk.pay(father, [collected["bill"]])
    ticket = kiosk.done("/v1/check-ins", {"text": collected["slip"]["qr_text"]})

    assert (ticket["state"], ticket["number"], ticket["display_name"]) == (
        "WAITING",
        "C001",
        "王*国",
    )
    called = hospital.clinic.done(f"/v1/queues/{wish['schedule_id']}/next", ROOM)["ticket"]
    assert called["ticket_id"] == ticket["ticket_id"]
    followed = phone.progress(father, asked)
    assert followed == ["BOOKED", "REGISTERED", "PAID", "WAITING", "CALLED"]


def visited(hospital: Hospital) -> tuple[str, str, str]:
    """Father, relation and his registration of today, made and paid on the phone."""
    father = father_of(hospital)
    relation_id = bound(hospital, father)
    schedule_id = doctor(hospital.house)["schedule_id"]
    body = {"patient_id": father, "schedule_id": schedule_id}
    made = hospital.phone.done("/v1/registrations", body)
    hospital.scan(hospital.phone.pay_on_line(father, [made["bill"]]), payer="王静")
    assert "registered" in hospital.phone.notices(father)
    return father, relation_id, str(made["registration_id"])


def test_n18_n20_h14_a_a13_daughter_pays_far_away_and_nobody_pays_twice(house: House) -> None:
    hospital = Hospital(house)
    phone, kiosk = hospital.phone, hospital.kiosk
    father, relation_id, visit_id = visited(hospital)
    hospital.a_minute_later()
    hospital.clinic.order(visit_id, "HYAL", "ECG12")
    bills = kiosk.bills(father)

    ordered = phone.pay_on_line(father, phone.bills(father), relation_id=relation_id)

    assert (ordered["state"], ordered["remote"]["code_url"] != "") == ("PAYING", True)
    assert kiosk.refused_quote(father, bills) == ("bill_locked", "being_paid_by_relative")
    assert kiosk.bills(father) == [
        {**bill, "state": "LOCKED", "paying": "RELATIVE"} for bill in bills
    ]
    paid = hospital.scan(ordered, payer="王静")
    assert paid["state"] == "COMPLETED"
    assert components(paid)["SELF_PAY"] == sum(tender["amount_fen"] for tender in paid["tenders"])
    assert kiosk.refused_quote(father, bills) == ("bill_paid", "paid_by_relative")
    assert kiosk.bills(father) == []
    shown = kiosk.get(f"/v1/settlements/{paid['settlement_id']}")["tenders"]
    assert [(each["kind"], each["payer"]) for each in shown] == [("REMOTE", "王*")]
    assert {"ordered", "settled"} <= set(phone.notices(father))
    assert phone.progress(father, relation_id).count("PAID") == 3
    house.assert_world_agrees()


def test_n18_patient_who_pays_on_his_own_phone_is_no_relative(house: House) -> None:
    hospital = Hospital(house)
    kiosk = hospital.kiosk
    father, _relation_id, visit_id = visited(hospital)
    hospital.clinic.order(visit_id, "HYAL")
    bills = kiosk.bills(father)
    assert [(bill["state"], bill["paying"]) for bill in bills] == [("OPEN", "")]

    ordered = hospital.phone.pay_on_line(father, bills)

    assert kiosk.refused_quote(father, bills) == ("bill_locked", "")
    assert [(bill["state"], bill["paying"]) for bill in kiosk.bills(father)] == [
        ("LOCKED", "ELSEWHERE")
    ]
    hospital.scan(ordered, payer="王建国")
    assert kiosk.refused_quote(father, bills) == ("bill_paid", "")


def test_n18_bills_that_a_machine_has_locked_are_not_listed(house: House) -> None:
    hospital = Hospital(house)
    father, _relation_id, visit_id = visited(hospital)
    hospital.clinic.order(visit_id, "HYAL")

    hospital.kiosk.quote(father, hospital.kiosk.bills(father))

    assert hospital.phone.bills(father) == []


def test_n17_n18_only_a_relative_who_may_pays_and_only_on_a_phone(house: House) -> None:
    hospital = Hospital(house)
    phone, kiosk = hospital.phone, hospital.kiosk
    father, daughters, visit_id = visited(hospital)
    hospital.clinic.order(visit_id, "HYAL")
    bills = phone.bills(father)
    may_not = ("relative_may_not_pay", "")
    sons = phone.bind(father, "CHILD", "王强", SON_ID, may_pay=False)
    assert phone.refused_quote(father, bills, sons) == may_not  # ASKED
    kiosk.done(f"/v1/relatives/{sons}/agree", {"consent": ACCEPTED})

    assert phone.refused_quote(father, bills, sons) == may_not
    assert phone.refused_quote(house.person(LI_ID), bills, daughters) == may_not
    assert kiosk.refused_quote(father, bills, daughters) == may_not
    body = {"patient_id": father, "bills": [{"bill_id": bills[0]["bill_id"], "version": 1}]}
    nobodys = house.post("/v1/settlements", {**body, "relation_id": "-"}, token=phone.token)
    assert nobodys.json()["error"] == "unknown_relation"
    kiosk.done(f"/v1/relatives/{daughters}/end", {"reason": "no longer"})
    assert phone.refused_quote(father, bills, daughters) == may_not
    assert phone.bills(father) == bills


def test_n18_w05_relative_who_is_a_patient_here_is_told_what_she_paid(house: House) -> None:
    hospital = Hospital(house)
    phone, payer = hospital.phone, house.person(LI_ID)
    father, _relation_id, visit_id = visited(hospital)
    hospital.clinic.order(visit_id, "HYAL")
    relation_id = phone.bind(father, "OTHER", "李秀芳", LI_ID)
    hospital.kiosk.done(f"/v1/relatives/{relation_id}/agree", {"consent": ACCEPTED})

    told = phone.pay_on_line(father, phone.bills(father), relation_id=relation_id)
    assert phone.notices(payer) == []
    hospital.scan(told, payer="李秀芳")

    assert phone.notices(payer) == ["paid_for"]


def test_n18_order_that_nobody_pays_lets_the_bills_go(house: House) -> None:
    hospital = Hospital(house)
    father, _relation_id, visit_id = visited(hospital)
    hospital.clinic.order(visit_id, "HYAL")
    told = hospital.phone.pay_on_line(father, hospital.phone.bills(father), "ALIPAY")

    house.later(house.service.policy.tender.remote_minutes * 60 + 1)
    ended = house.to_the_end(told["settlement_id"])

    assert (ended["state"], ended["trouble"]) == ("REVERSED", "pay_not_confirmed")
    hospital.kiosk.pay(father, hospital.kiosk.bills(father))
    house.assert_world_agrees()


def test_n20_h11_h18_h19_h28_the_whole_visit_is_followed_to_its_end(house: House) -> None:
    hospital = Hospital(house)
    phone, clinic, exam = hospital.phone, hospital.clinic, hospital.exam
    father, relation_id, visit_id = visited(hospital)
    hospital.kiosk.done("/v1/check-ins", {"about": visit_id})
    hospital.a_minute_later()
    clinic.order(visit_id, "ECG12", "HYAL")
    hospital.a_minute_later()
    hospital.scan(phone.pay_on_line(father, phone.bills(father)), payer="王静")
    hospital.a_minute_later()

    # The family's code on the daughter's phone is his.
    assert exam.identify("CITY_CODE", WANG_FAMILY_CODE) == father
    (line_id,) = exam.carry_out(father)
    exam.report(line_id)
    assert hospital.pharmacy.identify("EC_CODE", WANG_CODE) == father
    hospital.pharmacy.carry_out(father)
    hospital.a_minute_later()
    clinic.end(visit_id)

    assert phone.progress(father, relation_id) == [
        "REGISTERED",
        "PAID",
        "WAITING",
        "ORDERED",
        "ORDERED",
        "PAID",
        "PAID",
        "DONE",
        "DONE",
        "REPORT",
        "ENDED",
    ]
    hospital.kiosk.done(f"/v1/relatives/{relation_id}/end", {"reason": "no longer"})
    path = f"/v1/patients/{father}/progress?relation_id={relation_id}"
    assert house.ask("GET", path, token=phone.token).status_code == 409
    assert set(phone.notices(father)) >= {
        "registered",
        "settled",
        "waiting",
        "ordered",
        "report_ready",
        "visit_ended",
    }
