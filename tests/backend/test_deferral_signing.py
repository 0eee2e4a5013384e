"""Signing and cancelling pay-later at every channel, and what an account shows (N01-N05, N12)."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread

import pytest
from deferral_bench import (
    DAY_S,
    VERSION,
    account,
    cancelled,
    count,
    decisions,
    first_visit,
    ordered,
    registered,
    sign_path,
    signed,
    suspended_elsewhere,
    visit,
)
from people_bench import id_number
from service_bench import AUDIT, CLINIC, KIOSK, LI_ID, WINDOW, ZHOU_ID, House, new_key, new_person
from sqlalchemy import select
from staff_bench import AUDITOR, SUPERVISOR, sign_in
from visit_bench import MOBILE

from settlement_backend.base.audit import verify
from settlement_backend.base.clock import stamp
from settlement_backend.base.errors import Refused
from settlement_backend.deferral.agreements import Signature
from settlement_backend.deferral.tables import DeferralAgreement
from settlement_backend.people.tables import Card, Person, Relation
from settlement_backend.terminals.tables import Terminal
from tests.helpers.ink import DRAWN, DRAWN_JSON

BODY = {"version": VERSION}
LIMIT_S = 20.0
PAUSED_ID = "330302196608094360"


def child(house: House, years: int) -> str:
    """Somebody of this age today, insured here, whose registration is paid."""
    today = house.clock.now().date()
    born = today.replace(year=today.year - years) - timedelta(days=1)
    number = id_number(f"{born:%Y%m%d}")
    house.platforms.insurance.control(
        "add_person",
        psn_no="33030000000000000000000999",
        id_number=number,
        name="林小满",
        insutype="390",
        e_code="ECDEMO0000000000000000LINXM1",
    )
    document = {"name": "林小满", "id_number": number, "birth_date": born.isoformat()}
    patient = str(house.done("/v1/people", new_person(**document))["patient_id"])
    registered(house, patient)
    return patient


def test_n05_signed_at_kiosk_window_and_phone(house: House) -> None:
    patient = house.person(LI_ID)
    registered(house, patient)
    assert account(house, patient)["state"] == "ELIGIBLE"
    for token in (KIOSK, WINDOW):
        signed(house, patient, token=token)
        cancelled(house, patient)
        house.clock.pass_seconds(1)

    told = signed(house, patient, token=MOBILE, signature=DRAWN_JSON)

    assert (told["state"], told["signer"], told["text_version"]) == ("SIGNED", "PATIENT", VERSION)
    shown = account(house, patient)
    assert (shown["state"], shown["signature"]) == ("SIGNED", told)
    assert (shown["scheme"], shown["risk_bearer"]) == ("HOSPITAL_CREDIT", "HOSPITAL")
    assert count(house, patient, "deferral_signed") == 3
    with house.service.db.read() as session:
        assert verify(session)


def test_n01_text_signer_time_and_terminal_are_kept(house: House) -> None:
    patient = house.person(LI_ID)
    registered(house, patient)
    key = new_key()

    house.done(sign_path(patient), {**BODY, "signature": DRAWN_JSON}, key=key)

    with house.service.db.read() as session:
        row = session.get_one(DeferralAgreement, key)
        kept = (row.id_number, row.text_version, row.signer_name, row.channel, row.terminal_id)
    assert kept == (LI_ID, VERSION, "李秀芳", "kiosk", "K01")
    assert row.signed_at == stamp(house.clock.now())
    assert (row.department_code, row.signature_digest) == ("CARD", DRAWN.digest)


def test_n04_signing_is_offered_after_the_fee_is_paid(house: House) -> None:
    patient = house.person(LI_ID)
    assert account(house, patient)["may_sign"]["needs"] == ["REGISTRATION_PAID"]

    assert house.refused(sign_path(patient), BODY) == "deferral.register_first"

    registered(house, patient)
    assert account(house, patient)["may_sign"]["allow"]
    assert decisions(house, "may_sign_deferral")


def test_the_same_signature_again_is_the_same(house: House) -> None:
    patient = house.person(LI_ID)
    registered(house, patient)
    key = new_key()
    first = house.done(sign_path(patient), BODY, key=key)

    assert house.done(sign_path(patient), BODY, key=key) == first
    assert house.refused(sign_path(patient), BODY) == "deferral.already_signed"


def test_of_two_who_sign_at_once_one_does(house: House) -> None:
    patient = house.person(LI_ID)
    registered(house, patient)
    assert account(house, patient)["state"] == "ELIGIBLE"  # the insurance's session of today is on
    deferral = house.service.deferral
    with house.service.db.read() as session:
        kiosk = session.get_one(Terminal, "K01")
    said: list[str] = []

    def sign(number: str) -> None:
        try:
            signature = Signature(number, VERSION, by_guardian=False, repay_by_debit=False)
            said.append(deferral.sign(patient, signature, kiosk).state)
        except Refused as refused:
            said.append(refused.reason)

    threads = [Thread(target=sign, args=(new_key(),)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LIMIT_S)

    assert sorted(said) == ["SIGNED", *["deferral.already_signed"] * 3]


def test_an_old_text_cannot_be_signed(house: House) -> None:
    patient = house.person(LI_ID)
    registered(house, patient)

    assert house.refused(sign_path(patient), {"version": "2025-01"}) == "commitment_version"


def test_n22_from_fourteen_alone_below_a_guardian(house: House) -> None:
    assert signed(house, child(house, 14))["signer"] == "PATIENT"


def guarded(house: House, patient: str) -> str:
    """A guardian whose papers a window saw; the ID number."""
    number = id_number("19850101")
    with house.service.db.write() as session:
        session.add(
            Relation(
                id="G1",
                person_id=patient,
                kind="GUARDIAN",
                name="林建",
                id_number=number,
                phone="13800000000",
                proof="BIRTH_CERTIFICATE",
                may_see=True,
                may_pay=True,
                state="ACTIVE",
                since=stamp(house.clock.now()),
                terminal_id="W07",
            )
        )
    return number


def test_n22_c10_a_child_needs_a_registered_guardian(house: House) -> None:
    patient = child(house, 13)
    assert house.refused(sign_path(patient), BODY) == "guardian_needed"
    guarded(house, patient)

    assert house.refused(sign_path(patient), BODY) == "guardian_needed"
    told = signed(house, patient, by_guardian=True)

    assert told["signer"] == "GUARDIAN"
    with house.service.db.read() as session:
        row = session.scalars(select(DeferralAgreement)).one()
        assert (row.signer_name, row.signer_id_number[6:14]) == ("林建", "19850101")


def test_n03_a_paused_insurance_signs_nothing(house: House) -> None:
    document = {"name": "黄素珍", "id_number": PAUSED_ID, "birth_date": "1966-08-09", "sex": "F"}
    patient = str(house.done("/v1/people", new_person(**document))["patient_id"])
    registered(house, patient)

    assert account(house, patient)["state"] == "NOT_ELIGIBLE"
    assert house.refused(sign_path(patient), BODY) == "deferral.not_insured"


def test_n15_n29_suspended_in_another_hospital_is_suspended_here(house: House) -> None:
    patient = house.person(LI_ID)
    registered(house, patient)
    suspended_elsewhere(house, LI_ID)

    told = account(house, patient)

    assert (told["state"], told["credit"]["here"]) == ("SUSPENDED", False)
    assert told["may_sign"]["rule_id"] == "N15"
    assert house.refused(sign_path(patient), BODY) == "deferral.suspended"


def test_n15_a_signed_person_suspended_elsewhere_pays_now(house: House) -> None:
    patient = house.person(LI_ID)
    visit_id, _ = visit(house, patient, "HBA1C")
    suspended_elsewhere(house, LI_ID)
    bill = ordered(house, visit_id, "LIPID")[0]

    house.clock.pass_seconds(3601)  # what the city said is too old
    decision = house.get(f"/v1/bills/{bill}/deferral", token=CLINIC)

    assert (decision["allow"], decision["message_key"]) == (False, "deferral.suspended")


@pytest.mark.expects_warnings("settlement_backend.base.outside")
def test_c16_a_silent_city_signs_nothing_and_blocks_nothing(house: House) -> None:
    patient = house.person(LI_ID)
    registration_id = registered(house, patient)
    house.platforms.city.fault("/credit/status", "http_500", 1)
    assert house.refused(sign_path(patient), BODY) == "deferral.credit_unknown"

    signed(house, patient)
    house.platforms.city.fault("/credit/status", "http_500", 9)
    house.clock.pass_seconds(3601)
    bill = ordered(house, registration_id, "HBA1C")[0]

    assert house.get(f"/v1/bills/{bill}/deferral")["allow"]


def test_n12_cancelled_at_any_time_and_signed_again(house: House) -> None:
    patient = house.person(LI_ID)
    visit_id, _ = visit(house, patient, "HBA1C")
    ordered(house, visit_id, "LIPID")

    assert cancelled(house, patient)["state"] == "CANCELLED"
    told = account(house, patient)
    assert (told["state"], told["open_fen"]) == ("CANCELLED", 10100)
    assert house.refused(f"/v1/patients/{patient}/deferral/cancel", {}) == "not_signed"

    late = ordered(house, visit_id, "ECG12")[0]
    house.later(5)
    assert house.get(f"/v1/bills/{late}/deferral")["rule_id"] == "N01"
    assert first_visit(house, patient)["open_fen"] == 10100

    assert signed(house, patient)["state"] == "SIGNED"
    house.later(5)
    assert account(house, patient)["open_fen"] == 13300


def test_w08_every_card_of_the_same_number_inherits_it(house: House) -> None:
    patient = house.person(LI_ID)
    registered(house, patient)
    signed(house, patient)
    with house.service.db.write() as session:
        card = session.scalars(select(Card).where(Card.person_id == patient)).one()
        card.state = "REPLACED"
        session.flush()
        number = "260000000991"
        session.add(Card(number=number, person_id=patient, state="ACTIVE", reserved_by=number))

    body = {"medium": {"kind": "HEALTH_CARD", "value": number}}
    found = house.done("/v1/people/identify", body)["patient_id"]

    assert account(house, str(found))["state"] == "SIGNED"


def test_c07_an_anonymous_person_neither_signs_nor_defers(house: House) -> None:
    with house.service.db.write() as session:
        session.add(
            Person(
                id="P-NOBODY",
                id_number="~1",
                name="无名氏",
                sex="",
                birth_date="",
                address="",
                phone="",
                identities="ANONYMOUS",
                insurance=None,
                consent_version="",
                consent_at="",
            )
        )

    told = account(house, "P-NOBODY", token=WINDOW)

    assert (told["state"], told["may_sign"]["rule_id"]) == ("NOT_ELIGIBLE", "S16")
    path = "/v1/patients/P-NOBODY/deferral/sign"
    assert house.refused(path, BODY, token=WINDOW) == "anonymous"


def test_h08_the_signing_page_shows_text_and_steps(house: House) -> None:
    patient = house.person(LI_ID)
    registered(house, patient)

    page = house.get(f"/v1/patients/{patient}/deferral/signing")

    assert page["decision"]["allow"]
    assert page["commitment"]["version"] == VERSION
    assert "24" in page["commitment"]["text"]["zh"]
    assert len(page["steps"]) == 3
    assert (page["product"], page["qr_text"]) == ("", "")


def test_n25_signings_are_counted_by_day_and_channel(house: House) -> None:
    li, zhou = house.person(LI_ID), house.person(ZHOU_ID)
    today = house.clock.now().date()
    registered(house, li)
    signed(house, li)
    cancelled(house, li)
    house.clock.pass_seconds(1)
    signed(house, li, token=WINDOW)
    house.clock.pass_seconds(DAY_S)

    desk = sign_in(house, AUDITOR, AUDIT)
    path = "/v1/deferral/statistics"
    told = desk.get(f"{path}?since={today}&until={today}")

    assert told["days"] == [
        {"day": today.isoformat(), "channel": "kiosk", "signed": 1, "cancelled": 1},
        {"day": today.isoformat(), "channel": "window", "signed": 1, "cancelled": 0},
    ]
    assert (told["signed"], told["cancelled"], told["standing"], told["suspended"]) == (2, 1, 1, 0)
    later = today + timedelta(days=1)
    assert sign_in(house, SUPERVISOR).get(f"{path}?since={later}&until={later}")["days"] == []
    assert account(house, zhou, token=WINDOW)["signature"] is None


def test_only_these_channels_ask_and_strangers_are_unknown(house: House) -> None:
    path = "/v1/patients/nobody/deferral"

    assert house.ask("GET", path).status_code == 404
    assert house.ask("GET", path, token=AUDIT).status_code == 401
    assert house.ask("GET", path, token="").status_code == 401
    assert house.ask("GET", "/v1/deferral/arrears", token=WINDOW).status_code == 401
    assert house.ask("GET", "/v1/bills/nothing/deferral").status_code == 404


def test_n22_only_the_registered_guardians_id_card_signs_at_a_machine(house: House) -> None:
    patient = child(house, 13)
    guardian = guarded(house, patient)
    signing = {**BODY, "by_guardian": True}
    other = {**signing, "guardian_id_number": LI_ID}

    assert house.refused(sign_path(patient), other) == "wrong_guardian"

    told = signed(house, patient, by_guardian=True, guardian_id_number=guardian)
    assert told["signer"] == "GUARDIAN"
