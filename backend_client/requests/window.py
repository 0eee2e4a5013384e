"""What only a staffed window asks: operators, who waits, slips, refunds."""

from __future__ import annotations

from backend_client import shapes
from backend_client.exchange import Exchange, Requests, Told
from backend_client.shapes import SignedIn, reader
from core.billing import Refund
from core.identity import Patient
from core.window_steps import (
    ConfirmRefund,
    FetchOperator,
    FetchPatient,
    FetchQueue,
    FetchSettlements,
    Operator,
    Queue,
    RequestRefund,
    ResolveSlip,
    ReviewRefund,
    Settlements,
    SignInOperator,
    SlipMeaning,
)


def sign_in(backend: Exchange, step: SignInOperator) -> Told[Operator]:
    """A member of staff; the session token stays with the exchange and goes with every request."""
    body = {"operator": step.operator, "password": step.password}
    reply = backend.post(shapes.signed_in, "/v1/operators/sign-in", body=body)
    if not isinstance(reply, SignedIn):
        return reply
    backend.operator_token = reply.token
    return reply.operator


def operator(backend: Exchange, _step: FetchOperator) -> Told[Operator]:
    """Who is signed in here, with the shift's sums now."""
    return backend.get(shapes.operator_now, "/v1/operators/me")


def patient(backend: Exchange, step: FetchPatient) -> Told[Patient]:
    """A patient by id."""
    return backend.get(reader(Patient), "/v1/patients/{}", step.patient_id)


def settlements(backend: Exchange, step: FetchSettlements) -> Told[Settlements]:
    """What this patient settled in the last 30 days, newest first."""
    return backend.get(reader(Settlements), "/v1/patients/{}/settlements", step.patient_id)


def resolve_slip(backend: Exchange, step: ResolveSlip) -> Told[SlipMeaning]:
    """Check a slip's MAC and find what it is about."""
    return backend.post(reader(SlipMeaning), "/v1/slips/resolve", body={"text": step.text})


def queue(backend: Exchange, _step: FetchQueue) -> Told[Queue]:
    """Referrals and refund requests that wait for a window."""
    return backend.get(reader(Queue), "/v1/queue")


def request_refund(backend: Exchange, step: RequestRefund) -> Told[Refund]:
    """Ask for the refund of some lines; answers with the plan of routes (W20)."""
    return backend.post(
        reader(Refund, settlement_id=step.settlement_id),
        "/v1/refunds",
        body={
            "settlement_id": step.settlement_id,
            "line_ids": list(step.line_ids),
            "reason": step.reason,
        },
        key=f"{step.operation_id}/refund",
    )


def review_refund(backend: Exchange, step: ReviewRefund) -> Told[Refund]:
    """A second person's word. `attempt` counts refused tries, a wrong password for one."""
    return backend.post(
        reader(Refund, refund_id=step.refund_id),
        "/v1/refunds/{}/review",
        step.refund_id,
        body={"operator": step.operator, "password": step.password, "approve": step.approve},
        key=f"{step.operation_id}/review/{step.attempt}",
    )


def confirm_refund(backend: Exchange, step: ConfirmRefund) -> Told[Refund]:
    """Execute a reviewed refund; CONFIRMED in the answer means: look again."""
    return backend.post(
        reader(Refund, refund_id=step.refund_id),
        "/v1/refunds/{}/confirm",
        step.refund_id,
        body={},
        key=f"{step.operation_id}/confirm",
    )


def look_at_refund(backend: Exchange, refund_id: str) -> Told[Refund]:
    """As it stands."""
    return backend.get(reader(Refund, refund_id=refund_id), "/v1/refunds/{}", refund_id)


REQUESTS: Requests = {
    SignInOperator: sign_in,
    FetchOperator: operator,
    FetchPatient: patient,
    FetchSettlements: settlements,
    ResolveSlip: resolve_slip,
    FetchQueue: queue,
    RequestRefund: request_refund,
    ReviewRefund: review_refund,
    ConfirmRefund: confirm_refund,
}
