"""What a person agrees to: texts, consents, face checks, assisted operation (H06, W33, H34)."""

from __future__ import annotations

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from settlement_backend.base import audit
from settlement_backend.base.responses import ANSWERS, respond, text_of
from settlement_backend.base.shapes import Nothing
from settlement_backend.gate import Key, ServiceDep, TerminalDep
from settlement_backend.people import assistance, consents, faces, people, requests
from settlement_backend.people.access import DeskDep, PhoneOrDeskDep
from settlement_backend.people.people import Accepted
from settlement_backend.people.privacy_notice import TEXTS
from settlement_backend.people.relatives import Place
from settlement_backend.people.shapes import (
    AssistanceShape,
    ConsentList,
    ConsentShape,
    ConsentTexts,
    FaceCheckShape,
    assistance_shape,
    consent_shape,
    face_check_shape,
)

router = APIRouter(prefix="/v1", responses=ANSWERS)


@router.get("/consents/texts", response_model=ConsentTexts)
def texts(terminal: TerminalDep) -> ConsentTexts:
    """What is read before something is agreed to."""
    return ConsentTexts(texts=list(TEXTS))


@router.get("/patients/{person_id}/consents", response_model=ConsentList)
def listed(person_id: str, service: ServiceDep, terminal: PhoneOrDeskDep) -> ConsentList:
    """What a person agreed to, the newest first."""
    with service.db.read() as session:
        people.person_of(session, person_id)
        found = consents.of_person(session, person_id)
        return ConsentList(consents=[consent_shape(one) for one in found])


@router.post("/patients/{person_id}/consents", status_code=201, response_model=ConsentShape)
def give(
    person_id: str,
    body: requests.GiveConsent,
    key: Key,
    service: ServiceDep,
    terminal: PhoneOrDeskDep,
) -> Response:
    """A consent to today's text (H06)."""
    accepted = Accepted(**body.consent.model_dump())

    def handler(session: Session) -> ConsentShape:
        people.person_of(session, person_id, alone=True)
        given = consents.give(session, person_id, body.kind, accepted, terminal.id)
        audit.note(
            session, service.clock, terminal.id, "", "consent_given", of=person_id, kind=body.kind
        )
        return consent_shape(given)

    request = text_of(f"patients/{person_id}/consents", body)
    return respond(service.keys.once(key, request, handler, 201))


@router.post("/patients/{person_id}/consents/withdraw", response_model=Nothing)
def withdraw(
    person_id: str,
    body: requests.WithdrawConsent,
    key: Key,
    service: ServiceDep,
    terminal: PhoneOrDeskDep,
) -> Response:
    """No longer agreed to."""

    def handler(session: Session) -> Nothing:
        people.person_of(session, person_id)
        consents.withdraw(session, person_id, body.kind, service.clock.now())
        audit.note(
            session,
            service.clock,
            terminal.id,
            "",
            "consent_withdrawn",
            of=person_id,
            kind=body.kind,
        )
        return Nothing()

    request = text_of(f"patients/{person_id}/consents/withdraw", body)
    return respond(service.keys.once(key, request, handler))


@router.post("/patients/{person_id}/face-checks", status_code=201, response_model=FaceCheckShape)
def check_face(
    person_id: str,
    body: requests.FaceToken,
    key: Key,
    service: ServiceDep,
    terminal: PhoneOrDeskDep,
) -> Response:
    """Whether it is this person, with their consent; its number is good for a refund (W33)."""
    accepted = Accepted(**body.consent.model_dump())

    def handler() -> FaceCheckShape:
        with service.db.write() as session:
            people.person_of(session, person_id, alone=True)
            given = consents.give(session, person_id, "FACE", accepted, terminal.id)
        passed = service.identities.is_face_of(key, body.token, person_id)
        with service.db.write() as session:
            check = faces.keep(
                session, person_id, passed, given.version, terminal.id, service.clock.now()
            )
            audit.note(
                session, service.clock, terminal.id, "", "face_checked", of=person_id, passed=passed
            )
            return face_check_shape(check)

    request = text_of(f"patients/{person_id}/face-checks", body)
    return respond(service.keys.once_outside(key, request, handler, 201))


@router.post("/assistances", status_code=201, response_model=AssistanceShape)
def assist(body: requests.Assist, key: Key, service: ServiceDep, terminal: DeskDep) -> Response:
    """Staff begins to operate for a patient who agreed (H34); amounts stay the patient's."""
    accepted = Accepted(**body.consent.model_dump())

    def handler(session: Session) -> AssistanceShape:
        people.person_of(session, body.patient_id, alone=True)
        given = consents.give(session, body.patient_id, "ASSISTANCE", accepted, terminal.id)
        place = Place(key, terminal.id, terminal.kind, service.clock.now())
        begun = assistance.begin(session, given, body.staff, place)
        audit.note(
            session, service.clock, terminal.id, body.staff, "assistance_begun", of=body.patient_id
        )
        return assistance_shape(begun)

    return respond(service.keys.once(key, text_of("assistances", body), handler, 201))


@router.post("/assistances/{assistance_id}/end", response_model=AssistanceShape)
def end_assistance(
    assistance_id: str, body: Nothing, key: Key, service: ServiceDep, terminal: DeskDep
) -> Response:
    """The patient goes on alone."""

    def handler(session: Session) -> AssistanceShape:
        ended = assistance.end(session, assistance_id, service.clock.now())
        audit.note(
            session,
            service.clock,
            terminal.id,
            ended.staff,
            "assistance_ended",
            of=ended.person_id,
        )
        return assistance_shape(ended)

    return respond(service.keys.once(key, f"assistances/{assistance_id}/end", handler))
