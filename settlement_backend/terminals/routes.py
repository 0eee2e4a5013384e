"""What terminals say of themselves: sign-on, heartbeat, certificates, problems, idle screens."""

from __future__ import annotations

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from settlement_backend.base import audit
from settlement_backend.base.clock import stamp
from settlement_backend.base.errors import Refused
from settlement_backend.base.responses import ANSWERS, respond, text_of
from settlement_backend.base.shapes import Words
from settlement_backend.gate import Key, ServiceDep, TerminalDep, check_mark, raise_mark
from settlement_backend.policy.profile import CollectRule
from settlement_backend.prepay.rules import may_collect_from_somebody
from settlement_backend.terminals import enrolment, fleet, requests, upkeep
from settlement_backend.terminals.rules import functions_of
from settlement_backend.terminals.shapes import (
    ContentShape,
    EnrolmentShape,
    Heard,
    IdleContent,
    PrepayCollect,
    Renewed,
    SignedOn,
    TicketShape,
    content_shape,
    enrolment_shape,
    notice,
    settings_shape,
    ticket_shape,
)
from settlement_backend.terminals.tables import Certificate
from settlement_backend.visits import queues

router = APIRouter(prefix="/v1", responses=ANSWERS)

_STOPPED_TITLE = Words(zh="门诊预交金已停止收取", en="Outpatient prepayments have ended")
_STOPPED_TEXT = Words(
    zh="自 2025 年 3 月 31 日起，本院停止收取门诊预交金。账户中的余额可继续用于缴费，"
    "也可在自助机、手机或任一院区综合服务窗口申请退回。",
    en="Since 31 March 2025 this hospital takes no outpatient prepayments. What is left on your "
    "account can still be spent; you can ask for it back at a machine, by phone, or at any "
    "campus's service window.",
)


@router.post("/terminals/sign-on", response_model=SignedOn)
def sign_on(body: requests.SignOn, service: ServiceDep, terminal: TerminalDep) -> SignedOn:
    """Who this terminal is and what it may do; an old journal is refused."""
    check_mark(terminal, body.journal_seq, body.journal_head)
    raise_mark(service, terminal, body.journal_seq, body.journal_head)
    now = service.clock.now()
    prepay = service.policy.outpatient_prepay
    rule = prepay.rule_of(now.date())
    collects = may_collect_from_somebody(prepay, now.date())
    with service.db.write() as session:
        audit.note(session, service.clock, terminal.id, "", "sign_on", software=body.software)
    return SignedOn(
        terminal_id=terminal.id,
        kind=terminal.kind,
        name=Words(zh=terminal.name_zh, en=terminal.name_en),
        hospital=Words(zh="温和医科大学附属医院", en="Wenhe University Hospital"),
        place=Words(zh=terminal.place_zh, en=terminal.place_en),
        campus=terminal.campus,
        type=terminal.type,
        service_line="0577-8800 2120",
        functions=functions_of(service.policy.terminal, terminal.type, terminal.functions),
        notice=notice(),
        preauth_enabled=service.policy.preauth.enabled,
        prepay_collect=PrepayCollect(allow=collects, rule_id=rule.rule_id),
        heartbeat_s=service.policy.terminal.heartbeat_seconds,
        time=stamp(now),
    )


@router.post("/terminals/heartbeat", response_model=Heard)
def heartbeat(body: requests.Heartbeat, service: ServiceDep, terminal: TerminalDep) -> Heard:
    """Devices, consumables, versions and journal mark; newer settings and open tasks come back."""
    check_mark(terminal, body.journal_seq, body.journal_head)
    raise_mark(service, terminal, body.journal_seq, body.journal_head)
    now = service.clock.now()
    with service.db.write() as session:
        fleet.report(session, terminal.id, body, now)
        newest = upkeep.newest_settings(session, terminal.id)
        newer = newest is not None and newest.version > body.settings_version
        tasks = upkeep.open_tickets(session, terminal.id, "TASK")
        renew = fleet.wants_renewal(session, service.policy.terminal, terminal.id, now)
    return Heard(
        time=stamp(now),
        settings=settings_shape(newest) if newest is not None and newer else None,
        tasks=tuple(map(ticket_shape, tasks)),
        renew_certificate=renew,
    )


@router.post("/terminals/renewal", response_model=Renewed)
def renew(body: requests.Renew, key: Key, service: ServiceDep, terminal: TerminalDep) -> Response:
    """A new certificate for a terminal that has a valid one; the old one lasts to its end."""

    def handler(session: Session) -> Renewed:
        now, rules = service.clock.now(), service.policy.terminal
        if enrolment.newest(session, terminal.id) is None:
            raise Refused("not_enrolled")
        made = enrolment.issue(session, service.authority, rules, terminal.id, body.csr, now)
        audit.note(
            session, service.clock, terminal.id, "", "certificate_renewed", serial=made.serial
        )
        return Renewed(certificate=enrolment.pem_of(made), not_after=made.not_after)

    return respond(service.keys.once(key, text_of("terminals/renewal", body), handler))


@router.post("/enrolments", response_model=EnrolmentShape, status_code=201)
def enrol(body: requests.Enrol, key: Key, service: ServiceDep) -> Response:
    """A machine with a one-time code asks to be a terminal; no token or certificate is needed."""

    def handler(session: Session) -> EnrolmentShape:
        asked = enrolment.ask(session, key, body.code, body.csr, body.token, service.clock.now())
        audit.note(session, service.clock, asked.terminal_id, "", "enrolment_asked", of=asked.id)
        return enrolment_shape(asked)

    told = body.model_dump_json(exclude={"token"})
    return respond(service.keys.once(key, f"enrolments\n{told}", handler, 201))


@router.get("/enrolments/{enrolment_id}", response_model=EnrolmentShape)
def enrolled(enrolment_id: str, service: ServiceDep) -> EnrolmentShape:
    """How it stands: with the certificate once a person approved it."""
    with service.db.read() as session:
        row = enrolment.enrolment_of(session, enrolment_id)
        if row.state != "ISSUED":
            return enrolment_shape(row)
        certificate = enrolment.pem_of(session.get_one(Certificate, row.serial))
        authority = service.authority.certificate_pem(service.clock.now())
        return enrolment_shape(row, certificate, authority)


@router.post("/trouble-tickets", response_model=TicketShape, status_code=201)
def problem(
    body: requests.NewProblem, key: Key, service: ServiceDep, terminal: TerminalDep
) -> Response:
    """Something is wrong here, told with the screen it happened on (S52)."""

    def handler(session: Session) -> TicketShape:
        now = service.clock.now()
        ticket = upkeep.open_ticket(
            session,
            "PROBLEM",
            terminal.id,
            body.subject,
            body.text,
            body.screen,
            terminal.id,
            now,
        )
        return ticket_shape(ticket)

    return respond(service.keys.once(key, text_of("trouble-tickets", body), handler, 201))


@router.get("/idle-content", response_model=IdleContent)
def idle_content(service: ServiceDep, terminal: TerminalDep) -> IdleContent:
    """What this campus shows while nobody is there; the policy notice first (W22, H41)."""
    today = service.clock.now().date()
    rule = service.policy.outpatient_prepay.rule_of(today)
    with service.db.read() as session:
        found = tuple(map(content_shape, upkeep.content_of(session, terminal.campus, today)))
        waiting = queues.waiting_on(session, today)
    return IdleContent(content=_policy_notice(rule) + found, waiting=waiting)


def _policy_notice(rule: CollectRule) -> tuple[ContentShape, ...]:
    if rule.allow:
        return ()
    return (
        ContentShape(
            content_id=rule.rule_id,
            campus="",
            place=0,
            kind="POLICY",
            title=_STOPPED_TITLE,
            text=_STOPPED_TEXT,
            since=rule.since.isoformat(),
            until=rule.until.isoformat(),
        ),
    )
