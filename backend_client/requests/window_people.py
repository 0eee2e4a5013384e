"""What only a window asks about people and cards (docs/backend_api/people.md)."""

from __future__ import annotations

from backend_client import shapes
from backend_client.exchange import Exchange, Requests, Told, fresh_key
from backend_client.shapes import reader
from core.identity import Medium, Patient
from core.people import Media, Relation
from core.steps import CardReserved
from core.steps.window_people import (
    AddGuardian,
    AttachMedium,
    EndMedium,
    FindByName,
    FindByPhone,
    MergePeople,
    RecordDeath,
    RegisterUnknown,
    ReplaceCard,
    ReportLoss,
    Reveal,
    SetContact,
    SetIdentities,
    TransferCard,
)
from core.window_people import CardState, Deceased, Handover, PatientsFound, Revealed


def find_by_name(backend: Exchange, step: FindByName) -> Told[Patient]:
    """A look, so without a key."""
    body = {"name": step.name, "id_number": step.id_number}
    return backend.post(reader(Patient), "/v1/people/find", body=body)


def find_by_phone(backend: Exchange, step: FindByPhone) -> Told[PatientsFound]:
    """A look."""
    path = "/v1/people/find-by-phone"
    return backend.post(reader(PatientsFound), path, body={"phone": step.phone})


def reveal(backend: Exchange, step: Reveal) -> Told[Revealed]:
    """Each look is a line of the record."""
    body = {"field": step.field, "reason": step.reason}
    read = reader(Revealed, field=step.field)
    return backend.post(read, "/v1/patients/{}/reveal", step.patient_id, body=body)


def register_unknown(backend: Exchange, step: RegisterUnknown) -> Told[Patient]:
    """Without a card nobody can be found by it, so a stray one does no harm."""
    body = {
        "card": step.card,
        "called": step.called,
        "sex": step.sex,
        "birth_date": step.birth_date,
    }
    return backend.post(reader(Patient), "/v1/people/unknown", body=body, key=fresh_key())


def set_identities(backend: Exchange, step: SetIdentities) -> Told[Patient]:
    """The same again changes nothing."""
    body, path = {"identities": list(step.identities)}, "/v1/patients/{}/identities"
    return backend.post(reader(Patient), path, step.patient_id, body=body, key=fresh_key())


def record_death(backend: Exchange, step: RecordDeath) -> Told[Deceased]:
    """More documents may follow."""
    body = {"died_on": step.died_on, "documents": list(step.documents)}
    read = reader(Deceased, patient_id=step.patient_id)
    path = "/v1/patients/{}/death"
    return backend.post(read, path, step.patient_id, body=body, key=fresh_key())


def _named(medium: Medium) -> dict[str, str]:
    return {"kind": medium.kind.value, "value": medium.value}


def attach_medium(backend: Exchange, step: AttachMedium) -> Told[Media]:
    """Linked twice is linked once."""
    body = {"medium": _named(step.medium), "id_number": step.id_number}
    path = "/v1/patients/{}/media"
    return backend.post(reader(Media), path, step.patient_id, body=body, key=fresh_key())


def end_medium(backend: Exchange, step: EndMedium) -> Told[Media]:
    """Ended once."""
    body = {"medium": _named(step.medium), "reason": step.reason}
    path = "/v1/patients/{}/media/end"
    return backend.post(reader(Media), path, step.patient_id, body=body, key=fresh_key())


def set_contact(backend: Exchange, step: SetContact) -> Told[Relation]:
    """The one before is ended."""
    body = {"name": step.name, "id_number": step.id_number, "phone": step.phone}
    path = "/v1/patients/{}/contact"
    return backend.post(reader(Relation), path, step.patient_id, body=body, key=fresh_key())


def add_guardian(backend: Exchange, step: AddGuardian) -> Told[Relation]:
    """A second time it is `already_bound`."""
    body = {
        "kind": "GUARDIAN",
        "name": step.name,
        "id_number": step.id_number,
        "phone": step.phone,
        "proof": step.proof,
        "may_see": True,
        "may_pay": True,
    }
    path = "/v1/patients/{}/relatives"
    return backend.post(reader(Relation), path, step.patient_id, body=body, key=fresh_key())


def report_loss(backend: Exchange, step: ReportLoss) -> Told[CardState]:
    """Lost once."""
    read = reader(CardState, card_number=step.number, state="LOST")
    body = {"id_number": step.id_number}
    return backend.post(read, "/v1/cards/{}/loss", step.number, body=body, key=fresh_key())


def replace_card(backend: Exchange, step: ReplaceCard) -> Told[CardReserved]:
    """One new number for one operation."""
    body, key = {"id_number": step.id_number}, f"{step.operation_id}/replacement"
    path = "/v1/cards/{}/replacement"
    return backend.post(shapes.card_reserved, path, step.number, body=body, key=key)


def transfer_card(backend: Exchange, step: TransferCard) -> Told[Handover]:
    """A card is transferred once; a second time it is `card_not_active`."""
    body = {"patient_id": step.patient_id, "reason": step.reason}
    read = reader(Handover, patient_id=step.patient_id, kind="GREEN_CHANNEL")
    key = f"{step.number}/transfer/{step.patient_id}"
    return backend.post(read, "/v1/cards/{}/transfer", step.number, body=body, key=key)


def merge_people(backend: Exchange, step: MergePeople) -> Told[Handover]:
    """Merged once."""
    body = {"from_id": step.from_id, "patient_id": step.patient_id, "reason": step.reason}
    read = reader(Handover, from_id=step.from_id, patient_id=step.patient_id, kind="MERGE")
    return backend.post(read, "/v1/people/merge", body=body, key=fresh_key())


REQUESTS: Requests = {
    FindByName: find_by_name,
    FindByPhone: find_by_phone,
    Reveal: reveal,
    RegisterUnknown: register_unknown,
    SetIdentities: set_identities,
    RecordDeath: record_death,
    AttachMedium: attach_medium,
    EndMedium: end_medium,
    SetContact: set_contact,
    AddGuardian: add_guardian,
    ReportLoss: report_loss,
    ReplaceCard: replace_card,
    TransferCard: transfer_card,
    MergePeople: merge_people,
}
