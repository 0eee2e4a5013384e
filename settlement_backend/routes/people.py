"""Sign-on, people, cards, slips."""

from __future__ import annotations

from fastapi import APIRouter, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend import audit, people, requests, slips
from settlement_backend.clock import stamp
from settlement_backend.errors import NotAllowed, Refused
from settlement_backend.gate import Key, ServiceDep, TerminalDep, check_mark, raise_mark
from settlement_backend.insurance import Decoded, Expired, Insured
from settlement_backend.models import Bill, Card, Case, Person, Slip, Terminal
from settlement_backend.notice import NOTICE, NOTICE_VERSION
from settlement_backend.outside import Silent
from settlement_backend.people import Consent, Document
from settlement_backend.routes.common import ANSWERS, respond, text_of
from settlement_backend.service import Service
from settlement_backend.shapes import Json, audience_of, patient_json, words

router = APIRouter(prefix="/v1", responses=ANSWERS)

_PURPOSE = "01301"


@router.post("/terminals/sign-on")
def sign_on(body: requests.SignOn, service: ServiceDep, terminal: TerminalDep) -> Json:
    """Who this terminal is and what it may do; an old journal is refused."""
    check_mark(terminal, body.journal_seq)
    raise_mark(service, terminal, body.journal_seq, body.journal_head)
    now = service.clock.now()
    rule = service.policy.may_collect_prepay(now.date())
    with service.db.write() as session:
        audit.note(session, service.clock, terminal.id, "", "sign_on", software=body.software)
    return {
        "terminal_id": terminal.id,
        "kind": terminal.kind,
        "name": words(terminal.name_zh, terminal.name_en),
        "hospital": words("温和医科大学附属医院", "Wenhe University Hospital"),
        "place": words(terminal.place_zh, terminal.place_en),
        "service_line": "0577-8800 2120",
        "functions": ["card", "register", "hold", "pay"],
        "notice": NOTICE,
        "preauth_enabled": service.policy.hold.enabled,
        "prepay_collect": {"allow": rule.allow, "rule_id": rule.rule_id},
        "time": stamp(now),
    }


@router.post("/people/identify")
def identify(body: requests.Identify, service: ServiceDep, terminal: TerminalDep) -> Json:
    """Who a medium belongs to; an e-code is decoded by the insurer's service only."""
    kind, value = body.medium.kind, body.medium.value
    token_owner = _decoded(service, value) if kind == "EC_CODE" else ""
    person_id = _find(service, kind, value, token_owner)
    _learn_insurance(service, person_id)
    with service.db.read() as session:
        person = session.get_one(Person, person_id)
        today = service.clock.now().date()
        return patient_json(session, person, audience_of(terminal.kind), today)


def _find(service: Service, kind: str, value: str, token_owner: str) -> str:
    with service.db.read() as session:
        match kind:
            case "ID_CARD":
                person = _by_number(session, value)
            case "EC_CODE":
                person = _by_number(session, token_owner)
            case "HEALTH_CARD":
                card = session.get(Card, value)
                if card is None:
                    raise Refused("not_found")
                if card.state != "ACTIVE":
                    raise Refused("card_not_active")
                person = session.get_one(Person, card.person_id)
            case _:
                raise Refused("not_found")
        return person.id


def _learn_insurance(service: Service, person_id: str) -> None:
    """1101 tells how somebody is insured; a silent insurer changes nothing."""
    with service.db.read() as session:
        person = session.get_one(Person, person_id)
    if person.insurance is None:
        match service.insurance.person(person.id_number):
            case Insured(insutype=insutype):
                with service.db.write() as session:
                    session.get_one(Person, person_id).insurance = insutype


def _decoded(service: Service, code: str) -> str:
    match service.insurance.decode(code, _PURPOSE):
        case Decoded(id_number=id_number):
            return id_number
        case Expired():
            raise Refused("code_expired")
        case Silent():
            raise Refused("insurance_silent")


def _by_number(session: Session, id_number: str) -> Person:
    person = session.scalar(select(Person).where(Person.id_number == id_number))
    if person is None:
        raise Refused("not_found")
    return person


@router.post("/people", status_code=201)
def register(
    body: requests.NewPerson, key: Key, service: ServiceDep, terminal: TerminalDep
) -> Response:
    """A person from an ID card (S03)."""
    document = Document(**body.document.model_dump())
    consent = Consent(**body.consent.model_dump())

    def handler(session: Session) -> Json:
        today = service.clock.now().date()
        person = people.register(session, document, body.phone, consent, NOTICE_VERSION, today)
        audit.note(session, service.clock, terminal.id, "", "person_registered", of=person.id)
        return patient_json(session, person, audience_of(terminal.kind), today)

    return respond(service.keys.once(key, text_of("people", body), handler, 201))


@router.post("/cards", status_code=201)
def reserve(
    body: requests.PatientRef, key: Key, service: ServiceDep, terminal: TerminalDep
) -> Response:
    """A number for one card."""
    return respond(
        service.keys.once(
            key,
            text_of("cards", body),
            lambda s: _card_json(people.reserve_card(s, key, body.patient_id)),
            201,
        )
    )


@router.post("/cards/{number}/activate")
def activate(
    number: str,
    body: requests.ActivateCard,
    key: Key,
    service: ServiceDep,
    terminal: TerminalDep,
) -> Response:
    """The patient has it."""
    request = text_of(f"cards/{number}/activate", body)
    return respond(
        service.keys.once(
            key, request, lambda s: _card_json(people.activate_card(s, number, body.uid))
        )
    )


@router.post("/cards/{number}/void")
def void(
    number: str, body: requests.Reason, key: Key, service: ServiceDep, terminal: TerminalDep
) -> Response:
    """Not outside."""
    request = f"cards/{number}/void"
    return respond(
        service.keys.once(
            key, request, lambda s: _card_json(people.void_card(s, number, body.reason))
        )
    )


@router.get("/cards/{number}")
def card(number: str, service: ServiceDep, terminal: TerminalDep) -> Json:
    """Its state."""
    with service.db.read() as session:
        return _card_json(people.find_card(session, number))


def _card_json(found: Card) -> Json:
    return {"card_number": found.number, "state": found.state}


@router.post("/slips/resolve")
def resolve(body: requests.SlipText, service: ServiceDep, terminal: TerminalDep) -> Json:
    """What a slip is about, if its MAC is genuine."""
    with service.db.read() as session:

        def key_of(terminal_id: str) -> bytes | None:
            made_by = session.get(Terminal, terminal_id)
            return bytes.fromhex(made_by.slip_key) if made_by else None

        found = slips.resolve(session, service.slip_key, key_of, body.text)
        case = session.scalar(select(Case).where(Case.operation_id == found.case_id))
        slip = found.slip
        person_id = slip.person_id if slip else case.person_id if case else ""
        person = session.get(Person, person_id) if person_id else None
        today, audience = service.clock.now().date(), audience_of(terminal.kind)
        return {
            "kind": found.kind,
            "slip_id": slip.id if slip else "",
            "patient": patient_json(session, person, audience, today) if person else None,
            "bill_ids": [word for word in slip.bill_ids.split(",") if word] if slip else [],
            "settlement_id": slip.of if slip and slip.kind == "S" else "",
            "case_id": case.id if case else found.case_id,
        }


@router.post("/referrals", status_code=201)
def refer(
    body: requests.NewReferral, key: Key, service: ServiceDep, terminal: TerminalDep
) -> Response:
    """A slip to the window; nothing of money happens (S20)."""

    def handler(session: Session) -> Json:
        person = people.person_of(session, body.patient_id)
        for bill_id in body.bill_ids:
            bill = session.get(Bill, bill_id)
            if bill is None or bill.person_id != person.id:
                raise Refused("not_found")
        at = stamp(service.clock.now())
        slip: Slip = slips.mint(
            session, service.slip_key, "R", person.id, body.reason, body.bill_ids, at
        )
        return {
            "slip": slips.slip_json(slip, service.slip_key),
            "window": words("收费窗口 07", "Window 07"),
        }

    return respond(service.keys.once(key, text_of("referrals", body), handler, 201))


@router.get("/patients/{person_id}")
def patient(person_id: str, service: ServiceDep, terminal: TerminalDep) -> Json:
    """For windows."""
    if terminal.kind != "window":
        raise NotAllowed
    with service.db.read() as session:
        person = people.person_of(session, person_id)
        today = service.clock.now().date()
        return patient_json(session, person, audience_of(terminal.kind), today)
