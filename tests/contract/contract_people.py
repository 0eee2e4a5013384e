"""People for the contract tests: the demo's own, and new ones with valid ID numbers."""

from __future__ import annotations

from itertools import count

from backend_client.client import BackendClient
from core.identity import IdDocument, Medium, MediumKind, Patient
from core.ports import Refused
from core.steps import ActivateCard, CardReserved, FindPatient, RegisterPerson, ReserveCard

NOTICE = "2026-01"  # the version the demo backend tells at sign-on

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_PEOPLE = count(201)


def id_number(first_17: str) -> str:
    """With its GB 11643 check digit."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, _WEIGHTS, strict=True))
    return first_17 + "10X98765432"[total % 11]


def new_document() -> IdDocument:
    """Somebody whom neither the hospital nor the insurer knows."""
    return IdDocument(
        name="测试人",
        sex="M",
        ethnic="汉",
        birth_date="1980-05-06",
        address="示范路1号",
        id_number=id_number(f"33030219800506{next(_PEOPLE)}"),
        issuer="示范公安局",
        valid_from="2015-01-01",
        valid_to="",
    )


def new_patient(client: BackendClient) -> Patient:
    """Registered just now, without a card."""
    document = new_document()
    told = client.ask(RegisterPerson(document, "13800000000", NOTICE))
    assert isinstance(told, Patient), told
    return told


def issue_card(client: BackendClient, operation_id: str, patient: Patient, uid: str) -> str:
    """An active card; its number."""
    reserved = client.ask(ReserveCard(operation_id, patient.patient_id))
    assert isinstance(reserved, CardReserved), reserved
    told = client.ask(ActivateCard(operation_id, reserved.number, uid))
    assert not isinstance(told, Refused), told
    return reserved.number


def known_patient(client: BackendClient, card_number: str) -> Patient:
    """One of the demo's patients."""
    told = client.ask(FindPatient(Medium(MediumKind.HEALTH_CARD, card_number)))
    assert isinstance(told, Patient), told
    return told
