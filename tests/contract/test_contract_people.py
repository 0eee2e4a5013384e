"""Terminals, people and cards: the client against the real backend."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest
from contract_people import NOTICE, issue_card, known_patient, new_document, new_patient

from backend_client.client import BackendClient
from backend_client.shapes import SignedOn
from core.flow import Act
from core.identity import IdDocument, Medium, MediumKind, Patient
from core.ports import Done, Refused
from core.steps import (
    ActivateCard,
    CardReserved,
    FetchDepartments,
    FindPatient,
    RegisterPerson,
    ReserveCard,
    VoidCard,
)
from core.window_steps import FetchPatient, FetchQueue

pytestmark = pytest.mark.slow
Connect = Callable[[str], BackendClient]


@pytest.mark.parametrize(
    ("token", "terminal_id", "kind"),
    [("demo-kiosk-01", "K01", "kiosk"), ("demo-window-07", "W07", "window")],
)
def test_terminal_signs_on_as_what_its_token_says(
    connect: Connect, token: str, terminal_id: str, kind: str
) -> None:
    told = connect(token).sign_on(0, "", "contract")

    assert isinstance(told, SignedOn)
    assert (told.terminal_id, told.kind) == (terminal_id, kind)
    assert told.server_time.endswith("+08:00")
    assert told.notice_text.zh
    assert told.notice_text.en


def test_journal_behind_what_the_backend_saw_is_refused(connect: Connect) -> None:
    client = connect("demo-clinic")
    assert isinstance(client.sign_on(9, "ab" * 32, "contract"), SignedOn)

    assert client.sign_on(4, "cd" * 32, "contract") == Refused("journal_behind")


def test_unknown_token_is_not_authorised(connect: Connect) -> None:
    assert connect("nobody").sign_on(0, "", "contract") == Refused("not_authorised")


@pytest.mark.parametrize("look", [FetchQueue(), FetchDepartments()])
def test_unknown_token_is_not_authorised_to_look(connect: Connect, look: Act[object]) -> None:
    assert connect("nobody").ask(look) == Refused("not_authorised")


def test_kiosk_may_not_look_at_the_queue(kiosk: BackendClient) -> None:
    assert kiosk.ask(FetchQueue()) == Refused("not_authorised")


def test_known_people_are_found_masked_for_the_terminal(
    kiosk: BackendClient, window: BackendClient
) -> None:
    at_kiosk = known_patient(kiosk, "260000000017")
    at_window = known_patient(window, "260000000017")

    assert at_kiosk.patient_id == at_window.patient_id
    assert at_kiosk.display_name == "周*华"
    assert at_window.display_name == "周明华"
    assert "BENEFIT" in at_kiosk.identities
    assert at_kiosk.card_number == "********0017"
    assert window.ask(FetchPatient(at_window.patient_id)) == at_window


def test_insurance_code_finds_its_person_once(kiosk: BackendClient) -> None:
    code = Medium(MediumKind.EC_CODE, "ECDEMO0000000000000000LIXF01")

    told = kiosk.ask(FindPatient(code))

    assert isinstance(told, Patient)
    assert told.display_name == "李*芳"
    assert told.insurance == "310"


@pytest.mark.parametrize(
    "medium",
    [
        Medium(MediumKind.HEALTH_CARD, "269999999999"),
        Medium(MediumKind.ID_CARD, "110101199001010015"),
    ],
)
def test_unknown_medium_is_refused(kiosk: BackendClient, medium: Medium) -> None:
    assert kiosk.ask(FindPatient(medium)) == Refused("not_found")


def test_unknown_patient_is_refused(window: BackendClient) -> None:
    assert window.ask(FetchPatient("nobody")) == Refused("unknown_patient")


def test_new_person_gets_one_card(kiosk: BackendClient, operation_id: str) -> None:
    document = new_document()

    person = kiosk.ask(RegisterPerson(document, "13800000000", NOTICE))
    assert isinstance(person, Patient)
    assert (person.sex, person.card_number) == ("M", None)
    again = kiosk.ask(RegisterPerson(document, "13800000000", NOTICE))
    assert again == person

    reserved = kiosk.ask(ReserveCard(operation_id, person.patient_id))
    assert isinstance(reserved, CardReserved)
    assert kiosk.ask(ReserveCard(operation_id, person.patient_id)) == reserved
    assert kiosk.ask(FindPatient(Medium(MediumKind.HEALTH_CARD, reserved.number))) == Refused(
        "card_not_active"
    )
    assert kiosk.ask(ActivateCard(operation_id, reserved.number, "04C0A001")) == Done()
    assert kiosk.ask(ActivateCard(operation_id, reserved.number, "04C0A001")) == Done()

    told = kiosk.ask(RegisterPerson(document, "13800000000", NOTICE))
    assert isinstance(told, Refused)
    assert (told.reason, told.detail[-4:]) == ("has_card", reserved.number[-4:])
    other = kiosk.ask(ReserveCard(uuid4().hex, person.patient_id))
    assert isinstance(other, Refused)
    assert other.reason == "has_card"


def test_void_card_stays_void_and_active_card_stays_active(
    kiosk: BackendClient, operation_id: str
) -> None:
    patient = new_patient(kiosk)
    reserved = kiosk.ask(ReserveCard(operation_id, patient.patient_id))
    assert isinstance(reserved, CardReserved)
    assert kiosk.ask(VoidCard(operation_id, reserved.number, "jam")) == Done()
    assert kiosk.ask(ActivateCard(operation_id, reserved.number, "04C0A002")) == Refused(
        "card_void"
    )

    active = issue_card(kiosk, uuid4().hex, patient, "04C0A003")
    assert kiosk.ask(VoidCard(uuid4().hex, active, "jam")) == Refused("card_active")


@pytest.mark.parametrize(
    ("document", "phone", "reason"),
    [
        (replace(new_document(), id_number="330302198005069999"), "13800000000", "bad_id_number"),
        (replace(new_document(), birth_date="1980-05-07"), "13800000000", "bad_birth_date"),
        (replace(new_document(), valid_to="2020-01-01"), "13800000000", "id_expired"),
        (new_document(), "12345", "bad_phone"),
    ],
)
def test_person_who_cannot_be_registered_is_refused_by_name(
    kiosk: BackendClient, operation_id: str, document: IdDocument, phone: str, reason: str
) -> None:
    told = kiosk.ask(RegisterPerson(document, phone, NOTICE))

    assert isinstance(told, Refused)
    assert told.reason == reason


def test_person_who_accepted_no_notice_is_refused(kiosk: BackendClient, operation_id: str) -> None:
    told = kiosk.ask(RegisterPerson(new_document(), "13800000000", ""))

    assert told == Refused("consent_missing")


def test_card_for_nobody_is_refused(kiosk: BackendClient, operation_id: str) -> None:
    assert kiosk.ask(ReserveCard(operation_id, "nobody")) == Refused("unknown_patient")
