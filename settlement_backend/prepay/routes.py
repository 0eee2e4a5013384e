"""Prepaid balances: terms, top-ups, a person's own account, change slips, and finance's views."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlalchemy.orm import Session

from settlement_backend.base.responses import ANSWERS, respond, text_of
from settlement_backend.base.shapes import Words
from settlement_backend.documents.shapes import slip_shape
from settlement_backend.gate import Key, ServiceDep, kinds, role
from settlement_backend.people.people import person_of
from settlement_backend.people.tables import Person
from settlement_backend.policy.decision import Decision, noted
from settlement_backend.prepay import accounts, change, monitoring, requests
from settlement_backend.prepay.lots import lots_of
from settlement_backend.prepay.rules import METHODS, Allowed, limits_of, may_spend, residual
from settlement_backend.prepay.shapes import (
    CHANNELS,
    BalanceShape,
    ChangeShape,
    HolderList,
    LotShape,
    MethodShape,
    ResidualShape,
    TermsShape,
    TopUpShape,
    TotalsShape,
)
from settlement_backend.prepay.tables import ChangeDue
from settlement_backend.refunds.actors import Anybody, WindowStaff
from settlement_backend.service import Service
from settlement_backend.settling.settling import settlement_of
from settlement_backend.staff.shifts import drawer_now, hand_out
from settlement_backend.staff.tables import Operator
from settlement_backend.terminals.tables import Terminal

router = APIRouter(prefix="/v1", responses=ANSWERS)

CollectorDep = Annotated[Terminal, kinds("kiosk", "window")]
PatientsDep = Annotated[Terminal, kinds("kiosk", "window", "clinic", "mobile")]
FinanceDep = Annotated[Operator, role("finance", "supervisor", "auditor")]
DayQuery = Annotated[str, Query(pattern=r"^\d{4}-\d{2}-\d{2}$")]
_RESIDUAL_WORDS = {
    "prepay.clear_at_window": Words(
        zh="您的预存金还有余额，请到收费窗口结清。",
        en="There is money left on your prepaid balance; a window pays it out.",
    ),
    "prepay.clear_by_route": Words(
        zh="您的门诊预交金还有余额，可在此申请退回。",
        en="There is money left on your prepaid balance; you can ask for it back here.",
    ),
}


@router.get("/patients/{person_id}/prepay-terms", response_model=TermsShape)
def prepay_terms(
    person_id: str, service: ServiceDep, terminal: PatientsDep, declared_need: bool = False
) -> TermsShape:
    """What may be collected, spent and refunded today, by which rule (C01, W18, W23-W25)."""
    with service.db.write() as session:
        person = person_of(session, person_id)
        allowed, scene = service.collecting.allowed(
            session, person, declared_need=declared_need, consented=False
        )
        noted(
            session,
            service.clock,
            terminal.id,
            "",
            "prepay_terms",
            person_id,
            allowed.decision,
        )
        state = accounts.state_of(session, person_id)
        balance_fen = accounts.balance_fen(session, person_id)
        drawer = drawer_now(session, service.policy.staff, terminal, service.clock.now())
        return TermsShape(
            collect=allowed.decision,
            methods=_methods(service, allowed, person, drawer),
            spend=may_spend(service.policy.outpatient_prepay, state),
            refund=Decision(allow=balance_fen > 0, rule_id="OP-REFUND"),
            balance_fen=balance_fen,
            state=state,
            scene=scene,
        )


def _methods(
    service: Service, allowed: Allowed, person: Person, drawer: Decision
) -> tuple[MethodShape, ...]:
    """Pre-authorisation first, then transfer, then cash if the drawer here takes it (S09)."""
    hold = service.policy.preauth
    may_hold = hold.enabled and (person.real_name or not hold.real_name_only)
    first = MethodShape(
        method="PREAUTH",
        allowed=may_hold,
        reason="" if may_hold else "anonymous" if hold.enabled else "disabled",
        min_fen=hold.min_fen,
        max_fen=hold.max_fen,
        balance_cap_fen=0,
    )
    return first, *(_method(service, allowed, name, drawer) for name in METHODS)


def _method(service: Service, allowed: Allowed, name: str, drawer: Decision) -> MethodShape:
    limits = limits_of(service.policy.outpatient_prepay, name)
    decision = allowed.decision
    may = decision.allow and name in allowed.methods and limits is not None
    if may and name == "CASH":
        decision, may = drawer, drawer.allow
    return MethodShape(
        method=name,
        allowed=may,
        reason="" if may else decision.message_key or "method",
        min_fen=limits.min_fen if limits else 0,
        max_fen=limits.max_fen if limits else 0,
        balance_cap_fen=limits.balance_cap_fen if limits else 0,
    )


@router.post("/prepay/top-ups", status_code=201, response_model=TopUpShape)
def top_up(
    body: requests.NewTopUp,
    key: Key,
    service: ServiceDep,
    terminal: CollectorDep,
    actor: Anybody,
) -> Response:
    """Notes or a card terminal's sale become a balance, where the profile still allows it."""
    return respond(
        service.keys.once_outside(
            key,
            text_of("prepay/top-ups", body),
            lambda: service.collecting.collect(key, body, actor),
            201,
        )
    )


@router.get("/patients/{person_id}/prepay", response_model=BalanceShape)
def balance(person_id: str, service: ServiceDep, terminal: PatientsDep) -> BalanceShape:
    """The person's own account and its top-ups (S35); never who paid them (W31)."""
    with service.db.read() as session:
        person_of(session, person_id)
        return BalanceShape(
            balance_fen=accounts.balance_fen(session, person_id),
            state=accounts.state_of(session, person_id),
            lots=tuple(
                LotShape(
                    lot_id=lot.id,
                    channel=lot.channel,
                    channel_name=CHANNELS[lot.channel],
                    amount_fen=lot.amount_fen,
                    left_fen=lot.left_fen,
                    day=lot.day,
                )
                for lot in lots_of(session, person_id)
            ),
        )


@router.get("/settlements/{settlement_id}/residual", response_model=ResidualShape)
def left_over(settlement_id: str, service: ServiceDep, terminal: PatientsDep) -> ResidualShape:
    """What is left on the balance after a settlement, and what to propose (S15, S51, C09)."""
    with service.db.read() as session:
        person_id = settlement_of(session, settlement_id).person_id
        balance_fen = accounts.balance_fen(session, person_id)
    decision = residual(service.policy.outpatient_prepay, balance_fen)
    words = _RESIDUAL_WORDS.get(decision.message_key)
    return ResidualShape(residual_fen=balance_fen, decision=decision, words=words)


@router.get("/change/{slip_id}", response_model=ChangeShape)
def change_due(slip_id: str, service: ServiceDep, actor: WindowStaff) -> ChangeShape:
    """What a change slip is worth, and whether it was paid."""
    with service.db.read() as session:
        return _change_shape(service, session, change.change_of(session, slip_id))


@router.post("/change/pay", response_model=ChangeShape)
def pay_change(
    body: requests.PayChange, key: Key, service: ServiceDep, actor: WindowStaff
) -> Response:
    """The window hands the cash of a change slip out, once (C12)."""

    def handler(session: Session) -> ChangeShape:
        now = service.clock.now()
        owed = change.change_of(session, body.slip_id)
        if owed.state == "DUE":
            hand_out(session, service.clock, actor, owed.amount_fen)
        due = change.pay_change(session, body.slip_id, actor.operator, actor.terminal_id, now)
        return _change_shape(service, session, due)

    return respond(service.keys.once(key, text_of("change/pay", body), handler))


def _change_shape(service: Service, session: Session, due: ChangeDue) -> ChangeShape:
    return ChangeShape(
        settlement_id=due.settlement_id,
        amount_fen=due.amount_fen,
        state=due.state,
        slip=slip_shape(session, due.slip_id, service.slip_key),
        at=due.at,
        paid_at=due.paid_at,
    )


@router.get("/prepay/totals", response_model=TotalsShape)
def totals(
    since: DayQuery, until: DayQuery, service: ServiceDep, operator: FinanceDep
) -> TotalsShape:
    """Income, spending and refunds of prepayments, both days included (S46)."""
    with service.db.read() as session:
        return monitoring.totals(session, since, until)


@router.get("/prepay/idle", response_model=HolderList)
def idle(
    service: ServiceDep,
    operator: FinanceDep,
    days: Annotated[int, Query(ge=0, le=20_000)] | None = None,
) -> HolderList:
    """Balances nobody moved for so many days (the profile's when none are named) (S51)."""
    wanted = service.policy.outpatient_prepay.idle_days if days is None else days
    with service.db.read() as session:
        found = monitoring.idle(session, wanted, service.clock.now().date())
        return HolderList(accounts=found)
