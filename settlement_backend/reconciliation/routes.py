"""Days of the hospital beside its banks, its terminals and the insurance (S22-S24, S44, S45)."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from settlement_backend.base import audit
from settlement_backend.base.clock import stamp
from settlement_backend.base.errors import KeyReused, Refused
from settlement_backend.base.responses import ANSWERS, respond, text_of
from settlement_backend.base.shapes import Nothing
from settlement_backend.cases.tables import Case
from settlement_backend.gate import Key, ServiceDep, TerminalDep, role
from settlement_backend.reconciliation import correcting, requests, terminal_leg
from settlement_backend.reconciliation.compare import VERDICTS
from settlement_backend.reconciliation.daily_close import check_ready, daily_close
from settlement_backend.reconciliation.report import daily_report
from settlement_backend.reconciliation.shapes import (
    CreditShape,
    DailyClose,
    LineList,
    LineShape,
    TerminalList,
)
from settlement_backend.reconciliation.tables import (
    BankCredit,
    ReconciliationDay,
    ReconciliationLine,
)
from settlement_backend.reconciliation.terminal_leg import Total
from settlement_backend.refunds.actors import second_person
from settlement_backend.staff.acting import actor_at
from settlement_backend.staff.tables import Operator

router = APIRouter(prefix="/v1", responses=ANSWERS)

FinanceDep = Annotated[Operator, role("finance", "supervisor")]
ReaderDep = Annotated[Operator, role("finance", "supervisor", "auditor")]
DayPath = Annotated[str, Path(pattern=r"^\d{4}-\d{2}-\d{2}$")]
DayText = Annotated[str, Query(pattern=r"^\d{4}-\d{2}-\d{2}$")]
VerdictText = Annotated[str, Query(pattern=r"^(NOT_READY|[A-Z]+_DIFF|ONLY_(HERE|THERE)|MATCHED)?$")]
_CSV: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {}}, "description": "the report"}
}
_MOST = 2000
_SECOND = ("supervisor", "finance")


@router.get("/reconciliation/days/{day}", response_model=DailyClose)
def close_of(day: DayPath, service: ServiceDep, operator: ReaderDep) -> DailyClose:
    """Receivable, deposited, balances and every leg of a day, as it stands."""
    with service.db.read() as session:
        return daily_close(session, _day(day))


@router.get("/reconciliation/days/{day}/report.csv", response_class=Response, responses=_CSV)
def report(day: DayPath, service: ServiceDep, operator: ReaderDep) -> Response:
    """The same in its fixed form, with the lines that differ."""
    with service.db.read() as session:
        told = daily_close(session, _day(day))
        lines = [line for line in _lines(session, day, "") if line.verdict != "MATCHED"]
    return Response(daily_report(told, lines), media_type="text/csv")


@router.post("/reconciliation/days/{day}/run", response_model=DailyClose)
def run(
    day: DayPath, body: Nothing, key: Key, service: ServiceDep, operator: FinanceDep
) -> Response:
    """Fetch what is missing and compare now; the same day again gives the same lines."""
    wanted = _day(day)

    def handler() -> DailyClose:
        if wanted >= service.clock.now().date():
            raise Refused("day_not_over")
        service.reconciliation.run(wanted)
        with service.db.read() as session:
            return daily_close(session, wanted)

    return respond(service.keys.once_outside(key, f"reconciliation/{day}/run", handler))


@router.post("/reconciliation/days/{day}/close", response_model=DailyClose)
def close(
    day: DayPath,
    body: Nothing,
    key: Key,
    service: ServiceDep,
    terminal: TerminalDep,
    operator: FinanceDep,
) -> Response:
    """Finance signs a day: every file read, nothing unknown, every difference owned."""
    wanted = _day(day)

    def handler(session: Session) -> DailyClose:
        check_ready(session, wanted)
        signed = session.execute(
            update(ReconciliationDay)
            .where(ReconciliationDay.day == day, ReconciliationDay.closed_by == "")
            .values(closed_by=operator.number, closed_at=stamp(service.clock.now()))
        )
        if signed.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult for UPDATE
            raise Refused("day_closed")
        audit.note(session, service.clock, terminal.id, operator.number, "day_closed", of=day)
        session.expire_all()
        return daily_close(session, wanted)

    return respond(service.keys.once(key, f"reconciliation/{day}/close", handler))


@router.get("/reconciliation/lines", response_model=LineList)
def lines(
    service: ServiceDep, operator: ReaderDep, day: DayText, verdict: VerdictText = ""
) -> LineList:
    """Movements of a day, unknown ones first; without a verdict all of them."""
    with service.db.read() as session:
        return LineList(lines=_lines(session, _day(day).isoformat(), verdict))


@router.post("/reconciliation/lines/{line_id}/correct", response_model=LineShape)
def correct(
    line_id: str,
    body: requests.Correction,
    key: Key,
    service: ServiceDep,
    terminal: TerminalDep,
    operator: FinanceDep,
) -> Response:
    """The ledger follows the other side by one posting with a reason; two persons above a limit."""
    second = ""
    if body.second_operator:
        named = (body.second_operator, body.second_password, operator.number)
        second = second_person(service, terminal, *named, _SECOND).operator
    above_fen = service.policy.reconciliation.second_person_above_fen

    def handler(session: Session) -> LineShape:
        actor, now = actor_at(terminal, operator), service.clock.now()
        line = correcting.correct(session, above_fen, line_id, body.reason, actor, second, now)
        audit.note(
            session,
            service.clock,
            terminal.id,
            operator.number,
            "ledger_corrected",
            of=line_id,
            second=second,
        )
        return _shown(line, "RESOLVED")

    request = f"reconciliation/lines/{line_id}/correct\n{body.told()}"
    return respond(service.keys.once(key, request, handler))


@router.post("/reconciliation/credits", status_code=201, response_model=CreditShape)
def credit(body: requests.Credit, key: Key, service: ServiceDep, operator: FinanceDep) -> Response:
    """What a bank's statement says it credited for a day and channel; each reference once."""

    def handler(session: Session) -> CreditShape:
        digest = hashlib.sha256(f"{body.bank}/{body.reference}".encode()).hexdigest()[:20]
        row = session.get(BankCredit, f"K{digest}", with_for_update=True)
        if row is None:
            row = BankCredit(
                id=f"K{digest}",
                day=_day(body.day).isoformat(),
                bank=body.bank,
                channel=body.channel,
                amount_fen=body.amount_fen,
                reference=body.reference,
                operator=operator.number,
                at=stamp(service.clock.now()),
            )
            session.add(row)
            session.flush()
        told = (row.day, row.channel, row.amount_fen)
        if told != (body.day, body.channel, body.amount_fen):
            raise KeyReused
        return CreditShape(
            credit_id=row.id,
            day=row.day,
            bank=row.bank,
            channel=row.channel,
            amount_fen=row.amount_fen,
            reference=row.reference,
            operator=row.operator,
            at=row.at,
        )

    return respond(service.keys.once(key, text_of("reconciliation/credits", body), handler, 201))


@router.post("/reconciliation/terminal-totals", response_model=TerminalList)
def terminal_totals(
    body: requests.TerminalTotals, key: Key, service: ServiceDep, terminal: TerminalDep
) -> Response:
    """What this terminal's journal says of a day, beside the ledger; differences get an owner."""

    def handler(session: Session) -> TerminalList:
        totals = [Total(each.kind, each.taken_fen, each.given_fen) for each in body.totals]
        day, now = _day(body.day), service.clock.now()
        compared = terminal_leg.keep(session, terminal.id, day, totals, service.policy.doubt, now)
        return TerminalList(totals=compared)

    request = text_of(f"reconciliation/terminal-totals/{terminal.id}", body)
    return respond(service.keys.once(key, request, handler))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("bad_day") from None


def _lines(session: Session, day: str, verdict: str) -> tuple[LineShape, ...]:
    wanted = (
        select(ReconciliationLine, Case.state)
        .outerjoin(Case, Case.id == ReconciliationLine.case_id)
        .where(ReconciliationLine.day == day)
    )
    found: list[LineShape] = []
    for each in VERDICTS:
        if verdict in ("", each):
            rows = wanted.where(ReconciliationLine.verdict == each)
            ordered = rows.order_by(ReconciliationLine.bank, ReconciliationLine.number)
            told = session.execute(ordered.limit(_MOST - len(found)))
            found += [_shown(line, state or "") for line, state in told]
    return tuple(found)


def _shown(line: ReconciliationLine, case_state: str) -> LineShape:
    return LineShape(
        line_id=line.id,
        day=line.day,
        bank=line.bank,
        channel=line.channel,
        kind=line.kind,
        number=line.number,
        verdict=line.verdict,
        our_fen=line.our_fen,
        their_fen=line.their_fen,
        our_day=line.our_day,
        their_day=line.their_day,
        reference=line.reference,
        about=line.about,
        campus=line.campus,
        case_id=line.case_id,
        case_state=case_state,
        correction=line.correction,
    )
