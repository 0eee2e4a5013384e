"""Refunds that a patient asks for; a window reviews and carries them out.

What a reader would get wrong: the key of a request is a fresh one. Its lines belong to it alone,
so the same lines cannot be asked for twice; a request whose answer was lost stands in the list.
"""

from __future__ import annotations

from backend_client.exchange import Exchange, Requests, Told, fresh_key
from backend_client.shapes import reader
from core.deferral import Decision
from core.refunds import Contact, Refundable, RefundRequest, RefundRequests
from core.steps.refunds import (
    AskRefund,
    FetchPayee,
    FetchRefundable,
    FetchRefunds,
    ResubmitContact,
)


def refundable(backend: Exchange, step: FetchRefundable) -> Told[Refundable]:
    """Settlements of 30 days with their lines."""
    return backend.get(reader(Refundable), "/v1/patients/{}/refundable", step.patient_id)


def payee(backend: Exchange, step: FetchPayee) -> Told[Decision]:
    """Whose account a transfer goes to (W30)."""
    return backend.get(reader(Decision), "/v1/patients/{}/may/be-paid-back", step.patient_id)


def ask_refund(backend: Exchange, step: AskRefund) -> Told[RefundRequest]:
    """Ask; no money moves (H20)."""
    body = {
        "settlement_id": step.settlement_id,
        "line_ids": list(step.line_ids),
        "reason": step.reason,
    }
    read = reader(RefundRequest, settlement_id=step.settlement_id)
    return backend.post(read, "/v1/refunds", body=body, key=fresh_key())


def refunds(backend: Exchange, step: FetchRefunds) -> Told[RefundRequests]:
    """All of one patient."""
    return backend.get(reader(RefundRequests), "/v1/patients/{}/refunds", step.patient_id)


def resubmit_contact(backend: Exchange, step: ResubmitContact) -> Told[Contact]:
    """Once, for a contact without a number (W32)."""
    body = {"name": step.name, "id_number": step.id_number}
    path = "/v1/patients/{}/contact/real-name"
    read = reader(Contact, kind="CONTACT")
    return backend.post(read, path, step.patient_id, body=body, key=fresh_key())


REQUESTS: Requests = {
    FetchRefundable: refundable,
    FetchPayee: payee,
    AskRefund: ask_refund,
    FetchRefunds: refunds,
    ResubmitContact: resubmit_contact,
}
