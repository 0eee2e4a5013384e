"""First visits, consents, media, relatives, faces, help by staff (docs/backend_api/people.md)."""

from __future__ import annotations

from backend_client import shapes
from backend_client.exchange import Exchange, Requests, Told, fresh_key
from backend_client.shapes import reader
from core.identity import Patient
from core.people import (
    Assistance,
    Consent,
    Consents,
    ConsentTexts,
    Decision,
    FaceCheck,
    Media,
    Relation,
    Relations,
)
from core.ports import Done
from core.steps.media import (
    AgreeToRelative,
    AskMayBeServed,
    AttachFace,
    BeginAssistance,
    CheckFace,
    EndAssistance,
    EndRelative,
    FetchConsents,
    FetchConsentTexts,
    FetchMedia,
    FetchRelatives,
    GiveConsent,
    RegisterFirstVisit,
    WithdrawConsent,
)

_LEFT = "ended by the patient at a kiosk"


def _accepted(backend: Exchange, version: str) -> dict[str, str]:
    """A text was read and accepted just now."""
    return {"notice_version": version, "accepted_at": backend.now()}


def consent_texts(backend: Exchange, _step: FetchConsentTexts) -> Told[ConsentTexts]:
    """Of today."""
    return backend.get(reader(ConsentTexts), "/v1/consents/texts")


def first_visit(backend: Exchange, step: RegisterFirstVisit) -> Told[Patient]:
    """Once for a person at the backend, so a fresh key is safe."""
    body: dict[str, object] = {
        "medium": {"kind": step.medium.kind.value, "value": step.medium.value},
        "phone": step.phone,
        "consent": _accepted(backend, step.notice_version),
    }
    if step.permission_version:
        body["permission"] = _accepted(backend, step.permission_version)
    return backend.post(reader(Patient), "/v1/people/first-visit", body=body, key=fresh_key())


def consents(backend: Exchange, step: FetchConsents) -> Told[Consents]:
    """What stands, and what was withdrawn."""
    return backend.get(reader(Consents), "/v1/patients/{}/consents", step.patient_id)


def give_consent(backend: Exchange, step: GiveConsent) -> Told[Consent]:
    """The same again stands as it was."""
    body = {"kind": step.kind.value, "consent": _accepted(backend, step.version)}
    read = reader(Consent, kind=step.kind, version=step.version)
    path = "/v1/patients/{}/consents"
    return backend.post(read, path, step.patient_id, body=body, key=fresh_key())


def withdraw_consent(backend: Exchange, step: WithdrawConsent) -> Told[Done]:
    """Harmless when it never was."""
    body, path = {"kind": step.kind.value}, "/v1/patients/{}/consents/withdraw"
    return backend.post(shapes.nothing, path, step.patient_id, body=body, key=fresh_key())


def media(backend: Exchange, step: FetchMedia) -> Told[Media]:
    """Numbers masked."""
    return backend.get(reader(Media), "/v1/patients/{}/media", step.patient_id)


def may_be_served(backend: Exchange, step: AskMayBeServed) -> Told[Decision]:
    """H10."""
    return backend.get(reader(Decision), "/v1/patients/{}/may/be-served", step.patient_id)


def relatives(backend: Exchange, step: FetchRelatives) -> Told[Relations]:
    """Masked for this terminal."""
    return backend.get(reader(Relations), "/v1/patients/{}/relatives", step.patient_id)


def agree_to_relative(backend: Exchange, step: AgreeToRelative) -> Told[Relation]:
    """Below the profile's age a guardian must, which a kiosk cannot see: refused then."""
    body = {"consent": _accepted(backend, step.version), "guardian": ""}
    read = reader(Relation, relation_id=step.relation_id)
    path = "/v1/relatives/{}/agree"
    return backend.post(read, path, step.relation_id, body=body, key=fresh_key())


def end_relative(backend: Exchange, step: EndRelative) -> Told[Relation]:
    """Ended once."""
    read = reader(Relation, relation_id=step.relation_id)
    key = f"{step.relation_id}/end"
    body = {"reason": _LEFT}
    return backend.post(read, "/v1/relatives/{}/end", step.relation_id, body=body, key=key)


def check_face(backend: Exchange, step: CheckFace) -> Told[FaceCheck]:
    """Each look is checked once; another look is another check."""
    body = {"token": step.token, "consent": _accepted(backend, step.version)}
    path = "/v1/patients/{}/face-checks"
    return backend.post(reader(FaceCheck), path, step.patient_id, body=body, key=fresh_key())


def attach_face(backend: Exchange, step: AttachFace) -> Told[Media]:
    """Linked twice is linked once, so a fresh key is safe."""
    body = {"token": step.token, "consent": _accepted(backend, step.version)}
    path = "/v1/patients/{}/faces"
    return backend.post(reader(Media), path, step.patient_id, body=body, key=fresh_key())


def begin_assistance(backend: Exchange, step: BeginAssistance) -> Told[Assistance]:
    """A second beginning is a line more in the record, and no right more."""
    body = {
        "patient_id": step.patient_id,
        "staff": step.staff,
        "consent": _accepted(backend, step.version),
    }
    read = reader(Assistance, staff=step.staff)
    return backend.post(read, "/v1/assistances", body=body, key=fresh_key())


def end_assistance(backend: Exchange, step: EndAssistance) -> Told[Assistance]:
    """Harmless when it ended."""
    read = reader(Assistance, assistance_id=step.assistance_id)
    key = f"{step.assistance_id}/end"
    return backend.post(read, "/v1/assistances/{}/end", step.assistance_id, body={}, key=key)


REQUESTS: Requests = {
    FetchConsentTexts: consent_texts,
    RegisterFirstVisit: first_visit,
    FetchConsents: consents,
    GiveConsent: give_consent,
    WithdrawConsent: withdraw_consent,
    FetchMedia: media,
    AskMayBeServed: may_be_served,
    FetchRelatives: relatives,
    AgreeToRelative: agree_to_relative,
    EndRelative: end_relative,
    CheckFace: check_face,
    AttachFace: attach_face,
    BeginAssistance: begin_assistance,
    EndAssistance: end_assistance,
}
