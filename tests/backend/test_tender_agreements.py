"""Agreements: signed once, used until cancelled, never above a day's limit; payers are told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from backend_bench import Line, Platforms
from service_bench import (
    CLINIC,
    LI_ID,
    WANG_ID,
    WINDOW,
    ZHOU_ID,
    House,
    commit_body,
    new_key,
    tenders,
)
from sqlalchemy import select
from tender_bench import CREDIT, DEBIT, FAMILY, Way, bind, commit, due, lend

from settlement_backend.notices.tables import Notice
from settlement_backend.settling.tables import Tender

pytestmark = pytest.mark.slow

SILENCE = pytest.mark.expects_warnings("settlement_backend")


def option(house: House, kind: str, amount_fen: int = 2000) -> dict[str, object]:
    """How one kind is offered for a bill."""
    found: dict[str, object] = next(
        o for o in due(house, amount_fen)["options"] if o["kind"] == kind
    )
    return found


def notices(house: House, kind: str) -> list[str]:
    """Who was told so."""
    with house.service.db.read() as session:
        return list(session.scalars(select(Notice.person_id).where(Notice.kind == kind)))


def test_w01_masked_payer_and_remaining_limit_are_shown_first(house: House) -> None:
    bind(house, house.person(LI_ID), limit_fen=50_000)

    told = option(house, DEBIT)

    assert (told["allowed"], told["payer"], told["left_fen"]) == (True, "李*", 50_000)


def test_w02_w06_one_signing_is_valid_until_it_is_cancelled(
    house: House, platforms: Platforms
) -> None:
    patient = house.person(LI_ID)
    key = bind(house, patient)
    for _ in range(2):
        told = commit(house, house.open(patient, [house.bill(patient, Line(9000, "OWN"))]), DEBITED)
        assert told["state"] == "COMPLETED"

    cancelled = house.done(f"/v1/agreements/{key}/cancel", {"reason": "asked by the patient"})

    assert cancelled["state"] == "CANCELLED"
    assert platforms.acquirer.books()["agreements"][0]["state"] == "CANCELLED"
    quoted = house.open(patient, [house.bill(patient, Line(9000, "OWN"))])
    reasons = {o["kind"]: o["reason"] for o in quoted["options"]}
    assert reasons[DEBIT] == "no_agreement"


DEBITED = Way(DEBIT)


def test_w03_limit_of_a_day_is_not_passed_and_is_whole_again_tomorrow(house: House) -> None:
    patient = house.person(LI_ID)
    bind(house, patient, limit_fen=3000)
    house.commit(house.open(patient, [house.bill(patient, Line(8000, "OWN"))]))
    first = house.open(patient, [house.bill(patient, Line(2000, "OWN"))])
    assert commit(house, first, DEBITED)["state"] == "COMPLETED"

    second = house.open(patient, [house.bill(patient, Line(1001, "OWN"))])
    path = f"/v1/settlements/{second['settlement_id']}/commit"
    answer = house.post(path, commit_body(second, DEBIT, "")).json()
    assert answer == {"refused": "tender_not_allowed", "detail": "daily_limit"}
    house.cancel(second["settlement_id"])

    house.clock.pass_seconds(24 * 3600)
    tomorrow = house.open(patient, [house.bill(patient, Line(3000, "OWN"))])
    reasons = {o["kind"]: o["reason"] for o in tomorrow["options"]}
    assert reasons[DEBIT] == ""


def test_w03_two_bills_at_once_do_not_pass_the_limit_together(house: House) -> None:
    patient = house.person(LI_ID)
    bind(house, patient, limit_fen=3000)
    house.commit(house.open(patient, [house.bill(patient, Line(8000, "OWN"))]))
    quoted = [house.open(patient, [house.bill(patient, Line(2000, "OWN"))]) for _ in range(3)]
    paths = [f"/v1/settlements/{each['settlement_id']}/commit" for each in quoted]

    with ThreadPoolExecutor(3) as pool:
        answers = list(
            pool.map(lambda path: house.post(path, commit_body(quoted[0], DEBIT, "")), paths)
        )

    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    assert len(house.platforms.acquirer.books()["orders"]) == 1


def test_debit_that_failed_gives_its_part_of_the_limit_back(
    house: House, platforms: Platforms
) -> None:
    bind(house, house.person(LI_ID), limit_fen=3000)
    platforms.acquirer.control("next_pay", outcome="fail:NOT_ENOUGH")
    assert commit(house, due(house), DEBITED)["state"] == "REVERSED"

    assert option(house, DEBIT)["left_fen"] == 3000


def test_w04_payer_and_patient_are_different_people_on_the_record(house: House) -> None:
    bind(house, house.person(LI_ID))

    told = commit(house, due(house), DEBITED)

    assert (told["patient"], told["tenders"][-1]["payer"]) == ("李*芳", "李*")


def test_w05_payer_and_patient_are_told_at_once(house: House) -> None:
    patient, payer = house.person(LI_ID), house.person(ZHOU_ID)
    key = new_key()
    body = {"patient_id": patient, "product": DEBIT, "payer_id": payer}
    house.done("/v1/agreements", body, key=key)
    house.platforms.acquirer.control(
        "sign_agreement", reference=key, channel="ALIPAY", payer="周明华"
    )
    house.later(2.0)
    commit(house, due(house), DEBITED)

    assert notices(house, "settled") == [patient]
    assert notices(house, "paid_for") == [payer]


def test_code_that_nobody_signed_pays_nothing(house: House) -> None:
    body = {"patient_id": house.person(LI_ID), "product": DEBIT}

    told = house.done("/v1/agreements", body, key="enrol-1")

    assert (told["state"], told["code_url"][:8]) == ("WAITING", "https://")
    assert option(house, DEBIT)["reason"] == "no_agreement"


@SILENCE
def test_silent_bank_shows_no_code_and_the_same_request_succeeds(
    house: House, platforms: Platforms
) -> None:
    body = {"patient_id": house.person(LI_ID), "product": DEBIT}
    platforms.acquirer.fault("/agreements/enrol", "silent")

    assert house.post("/v1/agreements", body, key="enrol-1").status_code == 503
    assert house.done("/v1/agreements", body, key="enrol-1")["state"] == "WAITING"


def test_payer_who_cancelled_on_his_phone_is_heard(house: House, platforms: Platforms) -> None:
    patient = house.person(LI_ID)
    key = bind(house, patient)
    number = platforms.acquirer.books()["agreements"][0]["agreement_no"]
    platforms.acquirer.control("cancel_agreement", agreement_no=number)

    assert house.get(f"/v1/agreements/{key}")["state"] == "CANCELLED"
    assert option(house, DEBIT)["reason"] == "no_agreement"


# --- credit lines


def test_a_b1_h32_line_is_found_by_real_name_and_confirmed_to_its_bank(
    house: House, platforms: Platforms
) -> None:
    lend(house, house.person(LI_ID))

    found = house.get(f"/v1/patients/{house.person(LI_ID)}/agreements")["agreements"]

    assert [(a["kind"], a["risk_bearer"], a["form"]) for a in found] == [
        (CREDIT, "BANK", "DIGITAL")
    ]
    assert platforms.acquirer.books()["contracts"][0]["confirmed"] is True


@pytest.mark.parametrize("form", ["CREDIT_CARD", "DIGITAL"])
def test_h07_credit_card_and_digital_product_are_two_forms(house: House, form: str) -> None:
    patient = house.person(LI_ID)
    signed = {"contract_no": "CL1", "id_number": LI_ID, "owner": "李秀芳", "limit_fen": 50_000}
    house.platforms.acquirer.control("sign_credit", form=form, **signed)

    (line,) = house.done(f"/v1/patients/{patient}/agreements/find", {})["agreements"]

    assert (line["kind"], line["form"]) == (CREDIT, form)
    assert commit(house, due(house), Way(CREDIT))["state"] == "COMPLETED"


def test_h28_relative_shares_his_line(house: House) -> None:
    lend(house, house.person(LI_ID), family=True)

    told = commit(house, due(house), Way(FAMILY))

    assert (told["state"], told["tenders"][-1]["payer"]) == ("COMPLETED", "李*")


def test_h32_bank_hears_that_the_treatment_took_place(house: House, platforms: Platforms) -> None:
    lend(house, house.person(LI_ID))
    told = commit(house, due(house), Way(CREDIT))
    assert platforms.acquirer.books()["orders"][0]["confirmed"] is False

    house.later(2.0)
    house.later(2.0)

    assert platforms.acquirer.books()["orders"][0]["confirmed"] is True
    with house.service.db.read() as session:
        assert session.get_one(Tender, told["tenders"][-1]["tender_id"]).confirmed


def test_h32_abuse_is_reported_by_a_person_with_a_role(house: House, platforms: Platforms) -> None:
    patient = house.person(LI_ID)
    lend(house, patient)
    agreement = house.get(f"/v1/patients/{patient}/agreements")["agreements"][0]["agreement_id"]
    path, body = f"/v1/agreements/{agreement}/abuse", {"reason": "sold on"}
    sign_in = {"operator": "2101", "password": "demo-2101"}
    operator = house.done("/v1/operators/sign-in", sign_in, token=WINDOW)["token"]

    assert house.post(path, body).status_code == 401
    answer = house.post(path, body, token=WINDOW, operator=operator)

    assert answer.status_code == 200
    assert len(platforms.acquirer.books()["abuse_reports"]) == 1


# --- the doctor's room settles by itself (H16, A.b3, S18)


def ordered(house: House) -> str:
    """Wang registered and saw the doctor, who ordered an ECG of 32.00; the registration."""
    patient = house.register_wang()
    doctor = house.get("/v1/departments")["departments"][0]["doctors"][0]
    asked = {"patient_id": patient, "schedule_id": doctor["schedule_id"]}
    made = house.done("/v1/registrations", asked)
    house.commit(house.open(patient, [made["bill"]["bill_id"]]))
    groups = [{"department_code": "OPHT", "items": [{"code": "HYAL", "quantity": 1}]}]
    path = f"/v1/visits/{made['registration_id']}/orders"
    house.done(path, {"groups": groups}, token=CLINIC)
    registration: str = made["registration_id"]
    return registration


def test_h16_a_b3_clinic_debits_the_credit_line_with_nobody_at_a_machine(
    house: House, platforms: Platforms
) -> None:
    registration = ordered(house)
    patient = house.person(WANG_ID)
    acquirer = platforms.acquirer
    acquirer.control(
        "sign_credit", contract_no="CL9", id_number=WANG_ID, owner="王建国", limit_fen=500_000
    )
    house.done(f"/v1/patients/{patient}/agreements/find", {})

    path = f"/v1/visits/{registration}/automatic-settlement"
    told = house.done(path, {}, token=CLINIC)

    assert (told["state"], tenders(told)) == ("COMPLETED", [(CREDIT, 5260, "TAKEN")])
    assert patient in notices(house, "settled")


def test_s18_clinic_settles_nothing_that_nobody_signed_for(house: House) -> None:
    path = f"/v1/visits/{ordered(house)}/automatic-settlement"

    assert house.refused(path, {}, token=CLINIC) == "no_automatic_tender"

    patient = house.person(WANG_ID)
    bill = house.get(f"/v1/patients/{patient}/bills")["bills"][0]
    assert house.bill_state(bill["bill_id"]) == "OPEN"
    assert house.post(path, {}).status_code == 401
