"""MediaList that others made: what a person has, one more, one less (S06, S43)."""

from __future__ import annotations

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from settlement_backend.base import audit
from settlement_backend.base.errors import Refused
from settlement_backend.base.responses import ANSWERS, respond, text_of
from settlement_backend.gate import Key, ServiceDep, TerminalDep
from settlement_backend.people import consents, media, people, requests
from settlement_backend.people.access import CashierDep, DeskDep, WindowDep
from settlement_backend.people.media import Shown
from settlement_backend.people.people import Accepted
from settlement_backend.people.shapes import MediaList, media_shape

router = APIRouter(prefix="/v1", responses=ANSWERS)


@router.get("/patients/{person_id}/media", response_model=MediaList)
def listed(person_id: str, service: ServiceDep, terminal: TerminalDep) -> MediaList:
    """All media of a person, numbers masked."""
    with service.db.read() as session:
        people.person_of(session, person_id)
        return media_shape(session, person_id)


@router.post("/patients/{person_id}/media", status_code=201, response_model=MediaList)
def attach(
    person_id: str,
    body: requests.NewMedium,
    key: Key,
    service: ServiceDep,
    terminal: DeskDep,
) -> Response:
    """First use of a medium here, shown together with the holder's document (S06)."""
    shown = Shown(body.medium.kind, body.medium.value)

    def handler() -> MediaList:
        with service.db.read() as session:
            person = people.person_of(session, person_id)
            if not person.real_name or person.id_number != body.id_number:
                raise Refused("wrong_document")
        service.identities.attach(person_id, shown)
        with service.db.write() as session:
            audit.note(
                session,
                service.clock,
                terminal.id,
                "",
                "medium_attached",
                of=person_id,
                kind=shown.kind,
            )
            return media_shape(session, person_id)

    request = text_of(f"patients/{person_id}/media", body)
    return respond(service.keys.once_outside(key, request, handler, 201))


@router.post("/patients/{person_id}/faces", status_code=201, response_model=MediaList)
def attach_face(
    person_id: str, body: requests.FaceToken, key: Key, service: ServiceDep, terminal: DeskDep
) -> Response:
    """From now on they are found by their face too, until they withdraw the consent (N21)."""
    accepted = Accepted(**body.consent.model_dump())

    def handler() -> MediaList:
        with service.db.write() as session:
            people.person_of(session, person_id, alone=True)
            given = consents.give(session, person_id, "FACE_MEDIUM", accepted, terminal.id)
        service.identities.attach_face(key, person_id, body.token)
        with service.db.write() as session:
            audit.note(
                session,
                service.clock,
                terminal.id,
                "",
                "face_attached",
                of=person_id,
                version=given.version,
            )
            return media_shape(session, person_id)

    request = text_of(f"patients/{person_id}/faces", body)
    return respond(service.keys.once_outside(key, request, handler, 201))


@router.post("/patients/{person_id}/media/end", response_model=MediaList)
def end(
    person_id: str,
    body: requests.EndMedium,
    key: Key,
    service: ServiceDep,
    terminal: WindowDep,
    operator: CashierDep,
) -> Response:
    """This hospital accepts it no more."""
    shown = Shown(body.medium.kind, body.medium.value)

    def handler(session: Session) -> MediaList:
        people.person_of(session, person_id)
        media.end(session, shown, person_id, body.reason)
        audit.note(
            session,
            service.clock,
            terminal.id,
            operator.number,
            "medium_ended",
            of=person_id,
            kind=shown.kind,
        )
        return media_shape(session, person_id)

    request = text_of(f"patients/{person_id}/media/end", body)
    return respond(service.keys.once(key, request, handler))
