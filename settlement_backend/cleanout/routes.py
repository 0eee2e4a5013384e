"""The clean-out of old balances: patients ask, windows review and pay out, finance reports."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlalchemy.orm import Session

from settlement_backend.base import audit
from settlement_backend.base.responses import ANSWERS, respond, text_of
from settlement_backend.base.shapes import Nothing, Reason
from settlement_backend.cleanout import ledgered, requests, rules
from settlement_backend.cleanout.books import under_way_fen
from settlement_backend.cleanout.shapes import (
    CleanOutList,
    CleanOutShape,
    LedgeredList,
    PlanShape,
)
from settlement_backend.gate import Key, ServiceDep, TerminalDep, kinds, role
from settlement_backend.policy.decision import required
from settlement_backend.prepay import monitoring
from settlement_backend.prepay.shapes import StockShape
from settlement_backend.refunds.actors import Anybody, WindowStaff, second_person
from settlement_backend.staff.acting import actor_at
from settlement_backend.staff.tables import Operator
from settlement_backend.terminals.tables import Terminal

router = APIRouter(prefix="/v1", responses=ANSWERS)

WindowDep = Annotated[Terminal, kinds("window")]
PatientsDep = Annotated[Terminal, kinds("kiosk", "window", "mobile")]
FinanceDep = Annotated[Operator, role("finance", "supervisor")]
ReadersDep = Annotated[Operator, role("finance", "supervisor", "auditor")]
State = Annotated[str, Query(pattern=r"^[A-Z_]{0,30}$")]


@router.get("/patients/{person_id}/prepay/clean-out", response_model=PlanShape)
def plan(person_id: str, service: ServiceDep, terminal: PatientsDep) -> PlanShape:
    """How the balance would go back, by top-up, and what an application needs (W27, W31)."""
    return service.clean_outs.plan(person_id, terminal.kind)


@router.post("/prepay/clean-outs", status_code=201, response_model=CleanOutShape)
def apply(body: requests.NewCleanOut, key: Key, service: ServiceDep, actor: Anybody) -> Response:
    """Ask for the whole balance; no money moves before a window's review."""
    return respond(
        service.keys.once_outside(
            key,
            text_of("prepay/clean-outs", body),
            lambda: service.clean_outs.apply(key, body, actor),
            201,
        )
    )


@router.post("/prepay/clean-outs/review", response_model=CleanOutList)
def review(
    body: requests.ReviewMany, key: Key, service: ServiceDep, terminal: WindowDep
) -> Response:
    """A second person's word on several applications; the key is not bound to the password."""

    def handler() -> CleanOutList:
        roles = service.clean_outs.reviewers_of(body.clean_out_ids)
        second = second_person(service, terminal, body.operator, body.password, "", roles)
        ids, approve = body.clean_out_ids, body.approve
        told = service.clean_outs.review(ids, second, approve, body.reason)
        with service.db.write() as session:
            for each in ids:
                facts = (terminal.id, second.operator, "clean_out_reviewed")
                audit.note(session, service.clock, *facts, of=each, approve=approve)
        return told

    shown = body.model_dump_json(exclude={"password"})
    request = f"prepay/clean-outs/review\n{shown}"
    return respond(service.keys.once_outside(key, request, handler))


@router.post("/prepay/clean-outs/{clean_out_id}/confirm", response_model=CleanOutShape)
def confirm(
    clean_out_id: str, body: Nothing, key: Key, service: ServiceDep, actor: WindowStaff
) -> Response:
    """Pay out what was reviewed; any campus's window may (W35)."""
    return respond(
        service.keys.once_outside(
            key,
            f"prepay/clean-outs/{clean_out_id}/confirm",
            lambda: service.clean_outs.confirm(clean_out_id, actor),
        )
    )


@router.post("/prepay/clean-outs/{clean_out_id}/payee", response_model=CleanOutShape)
def resubmit(
    clean_out_id: str, body: requests.Account, key: Key, service: ServiceDep, actor: Anybody
) -> Response:
    """The second real-name submission: whom to pay to (W32)."""
    return respond(
        service.keys.once_outside(
            key,
            text_of(f"prepay/clean-outs/{clean_out_id}/payee", body),
            lambda: service.clean_outs.resubmit(clean_out_id, body, actor),
        )
    )


@router.get("/prepay/clean-outs", response_model=CleanOutList)
def clean_outs(service: ServiceDep, actor: WindowStaff, state: State = "ACCEPTED") -> CleanOutList:
    """The review queue, or another state, oldest first."""
    return service.clean_outs.listed("", state, actor)


@router.get("/prepay/clean-outs/{clean_out_id}", response_model=CleanOutShape)
def clean_out(clean_out_id: str, service: ServiceDep, terminal: PatientsDep) -> CleanOutShape:
    """As it stands."""
    return service.clean_outs.view(clean_out_id, actor_at(terminal))


@router.get("/patients/{person_id}/prepay/clean-outs", response_model=CleanOutList)
def clean_outs_of(person_id: str, service: ServiceDep, terminal: PatientsDep) -> CleanOutList:
    """One patient's applications."""
    return service.clean_outs.listed(person_id, "", actor_at(terminal))


@router.get("/prepay/stock", response_model=StockShape)
def stock(service: ServiceDep, operator: ReadersDep) -> StockShape:
    """Accounts with a balance, their ageing, and how far the clean-out is (W19)."""
    with service.db.read() as session:
        aside_fen, today = under_way_fen(session), service.clock.now().date()
        return monitoring.stock(session, service.policy.outpatient_prepay, aside_fen, today)


@router.post("/prepay/ledgered", response_model=LedgeredList)
def enter(
    body: Reason, key: Key, service: ServiceDep, terminal: TerminalDep, operator: FinanceDep
) -> Response:
    """After the deadline: balances with no application go on the list (W21)."""

    def handler(session: Session) -> LedgeredList:
        now = service.clock.now()
        required(rules.may_ledger(service.policy.outpatient_prepay, now.date()))
        people = ledgered.enter(session, body.reason, operator.number, now)
        facts = (terminal.id, operator.number, "balances_ledgered")
        audit.note(session, service.clock, *facts, people=people)
        return ledgered.listed(session)

    return respond(service.keys.once(key, text_of("prepay/ledgered", body), handler))


@router.get("/prepay/ledgered", response_model=LedgeredList)
def ledgered_balances(service: ServiceDep, operator: ReadersDep) -> LedgeredList:
    """What could not be returned in time."""
    with service.db.read() as session:
        return ledgered.listed(session)


@router.get("/prepay/ledgered.csv", response_class=Response)
def ledgered_csv(service: ServiceDep, operator: ReadersDep) -> Response:
    """The list for the health authority."""
    with service.db.read() as session:
        text = ledgered.exported(ledgered.listed(session))
    return Response(text.encode(), media_type="text/csv; charset=utf-8")
