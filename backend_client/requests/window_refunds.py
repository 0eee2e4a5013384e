"""Refunds as a window sees and judges them.

What a reader would get wrong: keys are fresh ones. A judgement or an account that arrives twice is
the same to the backend, and a wrong password must not be answered from memory.
"""

from __future__ import annotations

from backend_client.exchange import Exchange, Requests, Told, fresh_key
from backend_client.shapes import reader
from core.refund_files import RefundFile, RefundFiles
from core.steps.window_refunds import (
    FetchRefundFile,
    FetchRefundsIn,
    FetchRefundsOf,
    JudgeRefund,
    NamePayee,
)


def refunds_in(backend: Exchange, step: FetchRefundsIn) -> Told[RefundFiles]:
    """A window's queue (H20)."""
    return backend.get(reader(RefundFiles), "/v1/refunds?state={}", step.state)


def refunds_of(backend: Exchange, step: FetchRefundsOf) -> Told[RefundFiles]:
    """One patient's."""
    return backend.get(reader(RefundFiles), "/v1/patients/{}/refunds", step.patient_id)


def refund_file(backend: Exchange, step: FetchRefundFile) -> Told[RefundFile]:
    """As it stands."""
    read = reader(RefundFile, refund_id=step.refund_id)
    return backend.get(read, "/v1/refunds/{}", step.refund_id)


def judge(backend: Exchange, step: JudgeRefund) -> Told[RefundFile]:
    """REVIEWED or REJECTED (W20)."""
    body = {
        "operator": step.operator,
        "password": step.password,
        "approve": step.approve,
        "reason": step.reason,
    }
    read = reader(RefundFile, refund_id=step.refund_id)
    path = "/v1/refunds/{}/review"
    return backend.post(read, path, step.refund_id, body=body, key=fresh_key())


def name_payee(backend: Exchange, step: NamePayee) -> Told[RefundFile]:
    """In real name (W28, W30)."""
    body = {
        "part_id": step.part_id,
        "account_no": step.account_no,
        "bank": step.bank,
        "name": step.name,
    }
    read = reader(RefundFile, refund_id=step.refund_id)
    path = "/v1/refunds/{}/payee"
    return backend.post(read, path, step.refund_id, body=body, key=fresh_key())


REQUESTS: Requests = {
    FetchRefundsIn: refunds_in,
    FetchRefundsOf: refunds_of,
    FetchRefundFile: refund_file,
    JudgeRefund: judge,
    NamePayee: name_payee,
}
