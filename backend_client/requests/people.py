"""Who somebody is, and health cards."""

from __future__ import annotations

from backend_client import shapes
from backend_client.exchange import Exchange, Requests, Told, fresh_key
from backend_client.shapes import reader
from core.identity import Patient
from core.ports import Done
from core.steps import (
    ActivateCard,
    CardReserved,
    FindPatient,
    RegisterPerson,
    ReserveCard,
    VoidCard,
)


def find_patient(backend: Exchange, step: FindPatient) -> Told[Patient]:
    """Who this ID card, health card or insurance e-code belongs to."""
    body = {"medium": {"kind": step.medium.kind.value, "value": step.medium.value}}
    return backend.post(reader(Patient), "/v1/people/identify", body=body)


def register_person(backend: Exchange, step: RegisterPerson) -> Told[Patient]:
    """Register from an ID card (S03): once per ID number at the backend, so a fresh key is safe.

    A known person without a card is answered too.
    """
    consent = {"notice_version": step.notice_version, "accepted_at": backend.now()}
    body = {"document": step.document.told(), "phone": step.phone, "consent": consent}
    return backend.post(reader(Patient), "/v1/people", body=body, key=fresh_key())


def reserve_card(backend: Exchange, step: ReserveCard) -> Told[CardReserved]:
    """A card number of 12 digits, one card per person (S07)."""
    body, key = {"patient_id": step.patient_id}, f"{step.operation_id}/reserve"
    return backend.post(shapes.card_reserved, "/v1/cards", body=body, key=key)


def activate_card(backend: Exchange, step: ActivateCard) -> Told[Done]:
    """The patient has it. `uid`: the chip's own number, hex."""
    return backend.post(
        shapes.card_in_use(step.number),
        "/v1/cards/{}/activate",
        step.number,
        body={"uid": step.uid},
        key=f"{step.operation_id}/activate",
    )


def void_card(backend: Exchange, step: VoidCard) -> Told[Done]:
    """The card was captured or never left the machine."""
    return backend.post(
        shapes.card_is(step.number, "VOID"),
        "/v1/cards/{}/void",
        step.number,
        body={"reason": step.reason},
        key=f"{step.operation_id}/void",
    )


REQUESTS: Requests = {
    FindPatient: find_patient,
    RegisterPerson: register_person,
    ReserveCard: reserve_card,
    ActivateCard: activate_card,
    VoidCard: void_card,
}
