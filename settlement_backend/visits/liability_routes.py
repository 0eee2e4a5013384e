"""The facts of a visit: where it is treated, who must bear its cost (N08, C15).

What a reader would get wrong: the doctor's room sets scene and liability as a whole; a window
states facts one by one and touches neither.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from settlement_backend.base import audit
from settlement_backend.base.clock import stamp
from settlement_backend.base.errors import Refused
from settlement_backend.base.responses import ANSWERS, respond, text_of
from settlement_backend.base.shapes import Shape
from settlement_backend.gate import Key, ServiceDep, kinds, role
from settlement_backend.service import Service
from settlement_backend.staff.tables import Operator
from settlement_backend.terminals.tables import Terminal
from settlement_backend.visits import consultations, liability, requests
from settlement_backend.visits.liability import FACTS, LIABILITY, YES, Said
from settlement_backend.visits.shapes import RegistrationShape, registration_shape
from settlement_backend.visits.tables import Registration, VisitWord

router = APIRouter(prefix="/v1", responses=ANSWERS)

ClinicDep = Annotated[Terminal, kinds("clinic")]
WindowDep = Annotated[Terminal, kinds("window")]
CashierDep = Annotated[Operator, role("cashier", "supervisor")]


class FactTold(Shape):
    """One fact, the exclusion it falls under, and the newest word of it; `at` "": none yet."""

    fact: str
    exclusion: str
    stands: bool
    reason: str
    terminal_id: str
    operator: str
    at: str


class LiabilityTold(Shape):
    """Who must bear the cost of a visit. `doctor`: what the doctor's room said last, "" for
    nothing, at `doctor_terminal_id`; `excluded`: what closes pay-later for it now."""

    registration_id: str
    doctor: str
    doctor_terminal_id: str
    doctor_at: str
    facts: tuple[FactTold, ...]
    excluded: tuple[str, ...]


@router.post("/visits/{registration_id}/facts", response_model=RegistrationShape)
def state_facts(
    registration_id: str, body: requests.Facts, key: Key, service: ServiceDep, terminal: ClinicDep
) -> Response:
    """Where the patient is treated, and whether a liability excludes paying later (N08, C15)."""

    def handler(session: Session) -> RegistrationShape:
        if body.liability and body.liability not in service.policy.deferral.exclusions:
            raise Refused("unknown_exclusion")
        visit = consultations.confirmed(session, registration_id)
        said = Said(terminal.id, "", stamp(service.clock.now()))
        liability.state_of_room(session, visit, body.scene, body.liability, said)
        audit.note(
            session,
            service.clock,
            terminal.id,
            "",
            "visit_facts",
            of=registration_id,
            scene=body.scene,
            liability=body.liability,
        )
        return registration_shape(session, visit, service.slip_key)

    request = text_of(f"visits/{registration_id}/facts", body)
    return respond(service.keys.once(key, request, handler))


@router.get("/visits/{registration_id}/liability", response_model=LiabilityTold)
def liability_of(
    registration_id: str, service: ServiceDep, terminal: WindowDep, operator: CashierDep
) -> LiabilityTold:
    """Each fact that the profile knows, with its newest word."""
    with service.db.read() as session:
        return _told(session, service, consultations.confirmed(session, registration_id))


@router.post("/visits/{registration_id}/liability", response_model=LiabilityTold)
def state_liability(
    registration_id: str,
    body: requests.LiabilityWords,
    key: Key,
    service: ServiceDep,
    terminal: WindowDep,
    operator: CashierDep,
) -> Response:
    """What a cashier learned; the doctor's room's own words stay as they are."""

    def handler(session: Session) -> LiabilityTold:
        stated = {word.fact: word.stands for word in body.words}
        if not stated.keys() <= _known(service).keys():
            raise Refused("unknown_exclusion")
        visit = consultations.confirmed(session, registration_id)
        said = Said(terminal.id, operator.number, stamp(service.clock.now()), body.reason)
        liability.state(session, visit, stated, said)
        audit.note(
            session,
            service.clock,
            terminal.id,
            operator.number,
            "visit_liability",
            of=registration_id,
            so=" ".join(fact for fact, stands in stated.items() if stands),
            not_so=" ".join(fact for fact, stands in stated.items() if not stands),
            reason=body.reason,
        )
        return _told(session, service, visit)

    request = text_of(f"visits/{registration_id}/liability", body)
    return respond(service.keys.once(key, request, handler))


def _known(service: Service) -> dict[str, str]:
    counted = service.policy.deferral.exclusions
    return {fact: exclusion for fact, exclusion in FACTS.items() if exclusion in counted}


def _told(session: Session, service: Service, visit: Registration) -> LiabilityTold:
    words = liability.words_of(session, visit.id)
    room = words.get(LIABILITY)
    counted = service.policy.deferral.exclusions
    excluded = liability.exclusions_of(session, visit)
    return LiabilityTold(
        registration_id=visit.id,
        doctor=visit.liability,
        doctor_terminal_id=room.terminal_id if room else "",
        doctor_at=room.at if room else "",
        facts=tuple(
            _fact(fact, exclusion, words.get(fact)) for fact, exclusion in _known(service).items()
        ),
        excluded=tuple(one for one in excluded if one in counted),
    )


def _fact(fact: str, exclusion: str, word: VisitWord | None) -> FactTold:
    return FactTold(
        fact=fact,
        exclusion=exclusion,
        stands=word is not None and word.word == YES,
        reason=word.reason if word else "",
        terminal_id=word.terminal_id if word else "",
        operator=word.operator if word else "",
        at=word.at if word else "",
    )
