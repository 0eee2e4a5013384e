"""Pay later: account, signing, the question whether a bill may wait; arrears for supervisors."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlalchemy.orm import Session

from settlement_backend.base import audit
from settlement_backend.base.responses import ANSWERS, respond, text_of
from settlement_backend.base.shapes import Nothing, audience_of
from settlement_backend.deferral import account, malice, requests, suspensions
from settlement_backend.deferral.agreements import Signature
from settlement_backend.deferral.malice import Finding
from settlement_backend.deferral.shapes import (
    ArrearsList,
    DeferralAccount,
    FlagList,
    FlagTold,
    SignatureTold,
    SigningPage,
    SigningStatistics,
    SuspensionTold,
    flag_told,
    suspension_told,
)
from settlement_backend.deferral.statistics import statistics
from settlement_backend.gate import Key, ServiceDep, TerminalDep, kinds, role
from settlement_backend.people import people
from settlement_backend.policy.decision import Decision
from settlement_backend.signatures import pictures
from settlement_backend.staff.operators import check_second
from settlement_backend.staff.tables import Operator
from settlement_backend.terminals.tables import Terminal

router = APIRouter(prefix="/v1", responses=ANSWERS)

PatientDep = Annotated[Terminal, kinds("kiosk", "window", "clinic", "mobile")]
WindowDep = Annotated[Terminal, kinds("window")]
SupervisorDep = Annotated[Operator, role("supervisor")]
OversightDep = Annotated[Operator, role("supervisor", "finance", "auditor")]
Since = Annotated[date, Query()]


@router.get("/patients/{person_id}/deferral", response_model=DeferralAccount)
def deferral_account(person_id: str, service: ServiceDep, terminal: PatientDep) -> DeferralAccount:
    """Agreement, credit, bills that wait, due times, repayments (W10)."""
    return service.deferral.account(person_id, terminal)


@router.get("/patients/{person_id}/deferral/signing", response_model=SigningPage)
def signing(person_id: str, service: ServiceDep, terminal: PatientDep) -> SigningPage:
    """What a guided signing page shows (H08)."""
    return service.deferral.page(person_id, terminal)


@router.post("/patients/{person_id}/deferral/sign", status_code=201, response_model=SignatureTold)
def sign(
    person_id: str,
    body: requests.NewSignature,
    key: Key,
    service: ServiceDep,
    terminal: PatientDep,
) -> Response:
    """Sign the commitment (N01); the terminal has identified who signs, the key is its id."""

    def handler() -> SignatureTold:
        signature = Signature(
            key,
            body.version,
            body.by_guardian,
            body.repay_by_debit,
            pictures.drawn(body.signature),
            body.guardian_id_number,
        )
        return service.deferral.sign(person_id, signature, terminal)

    request = text_of(f"patients/{person_id}/deferral/sign", body)
    return respond(service.keys.once_outside(key, request, handler, 201))


@router.post("/patients/{person_id}/deferral/cancel", response_model=SignatureTold)
def cancel(
    person_id: str, body: Nothing, key: Key, service: ServiceDep, terminal: PatientDep
) -> Response:
    """End the agreement at any time; open bills stay due (N12)."""
    service.deferral.gather()
    request = text_of(f"patients/{person_id}/deferral/cancel", body)
    return respond(
        service.keys.once(key, request, lambda s: service.deferral.cancel(s, person_id, terminal))
    )


@router.get("/bills/{bill_id}/deferral", response_model=Decision)
def may_defer(bill_id: str, service: ServiceDep, terminal: TerminalDep) -> Decision:
    """Whether this bill may be paid after the visit (A.8)."""
    return service.deferral.check(bill_id, terminal)


# --- arrears, repair, malicious findings: a window's supervisor


@router.get("/deferral/arrears", response_model=ArrearsList)
def arrears(service: ServiceDep, terminal: TerminalDep, operator: OversightDep) -> ArrearsList:
    """Every visit whose bills are overdue, the oldest first."""
    with service.db.read() as session:
        audience = audience_of(terminal.kind)
        return ArrearsList(arrears=account.arrears_told(session, service.policy, audience))


@router.post("/deferral/suspensions/{reference}/confirm-repair", response_model=SuspensionTold)
def confirm_repair(
    reference: str,
    body: Nothing,
    key: Key,
    service: ServiceDep,
    terminal: WindowDep,
    operator: SupervisorDep,
) -> Response:
    """A person finds the credit repaired after payment; the city is told by the runner (N15)."""

    def handler(session: Session) -> SuspensionTold:
        now, policy = service.clock.now(), service.policy
        row = suspensions.confirm(session, policy, reference, operator.number, now)
        audit.note(
            session,
            service.clock,
            terminal.id,
            operator.number,
            "credit_repair_confirmed",
            of=reference,
        )
        return suspension_told(row, suspensions.lacks(session, policy, row))

    request = text_of(f"deferral/suspensions/{reference}/confirm-repair", body)
    return respond(service.keys.once(key, request, handler))


@router.post(
    "/deferral/visits/{registration_id}/malicious", status_code=201, response_model=FlagTold
)
def flag(
    registration_id: str,
    body: requests.NewFlag,
    key: Key,
    service: ServiceDep,
    terminal: WindowDep,
    operator: SupervisorDep,
) -> Response:
    """Two supervisors find arrears malicious, with evidence (N16); the key is the flag's id, and
    the password is not part of what it is bound to."""

    def handler() -> FlagTold:
        now = service.clock.now()
        second = check_second(
            service.db, body.operator, body.password, operator.number, "supervisor", now
        )
        finding = Finding(key, body.evidence, operator.number, second.number)
        with service.db.write() as session:
            row = malice.flag(session, service.policy, registration_id, finding, now)
            audit.note(
                session,
                service.clock,
                terminal.id,
                operator.number,
                "malicious_flagged",
                of=row.id,
                second=second.number,
            )
            return flag_told(row)

    request = f"deferral/visits/{registration_id}/malicious\n{body.operator} {body.evidence}"
    return respond(service.keys.once_outside(key, request, handler, 201))


@router.post("/deferral/flags/{flag_id}/withdraw", response_model=FlagTold)
def withdraw(
    flag_id: str,
    body: requests.Withdrawal,
    key: Key,
    service: ServiceDep,
    terminal: WindowDep,
    operator: SupervisorDep,
) -> Response:
    """The finding no longer stands (N16)."""

    def handler(session: Session) -> FlagTold:
        now = service.clock.now()
        row = malice.withdraw(session, service.policy, flag_id, operator.number, body.reason, now)
        audit.note(
            session, service.clock, terminal.id, operator.number, "malicious_withdrawn", of=flag_id
        )
        return flag_told(row)

    request = text_of(f"deferral/flags/{flag_id}/withdraw", body)
    return respond(service.keys.once(key, request, handler))


@router.get("/patients/{person_id}/deferral/flags", response_model=FlagList)
def flags(
    person_id: str, service: ServiceDep, terminal: TerminalDep, operator: OversightDep
) -> FlagList:
    """Findings about one patient, withdrawn ones too."""
    with service.db.read() as session:
        found = malice.of_number(session, people.person_of(session, person_id).id_number)
        return FlagList(flags=tuple(flag_told(row) for row in found))


@router.get("/deferral/statistics", response_model=SigningStatistics)
def signing_statistics(
    since: Since, until: Since, service: ServiceDep, operator: OversightDep
) -> SigningStatistics:
    """Signatures by day and channel, both days included, and what stands now (N25)."""
    with service.db.read() as session:
        return statistics(session, since, until)
