"""Pay later and agreements that bills are paid by.

What a reader would get wrong: keys are fresh, because the backend does each of these once by its
own rules (one signature stands, an agreement ends once, an unsigned one comes to nothing).
"""

from __future__ import annotations

from backend_client.exchange import Exchange, Requests, Told, fresh_key
from backend_client.requests.drawn import drawn_body
from backend_client.shapes import reader
from core.deferral import (
    Agreement,
    Agreements,
    Decision,
    DeferralAccount,
    Signature,
    SigningPage,
)
from core.steps.later import (
    CancelAgreement,
    CancelDeferral,
    FetchAgreement,
    FetchDeferral,
    FetchSigningPage,
    FindAgreements,
    MayDefer,
    SignDeferral,
    StartAgreement,
)


def account(backend: Exchange, step: FetchDeferral) -> Told[DeferralAccount]:
    """Everything of one ID number (W10)."""
    read = reader(DeferralAccount, patient_id=step.patient_id)
    return backend.get(read, "/v1/patients/{}/deferral", step.patient_id)


def signing(backend: Exchange, step: FetchSigningPage) -> Told[SigningPage]:
    """What a guided signing shows (H08)."""
    return backend.get(reader(SigningPage), "/v1/patients/{}/deferral/signing", step.patient_id)


def sign(backend: Exchange, step: SignDeferral) -> Told[Signature]:
    """Sign a version of the text (N01); what was drawn goes along, and its digest comes back."""
    body = {
        "version": step.version,
        "by_guardian": step.guardian_id_number != "",
        "guardian_id_number": step.guardian_id_number,
        "repay_by_debit": step.repay_by_debit,
        "signature": drawn_body(step.drawn) if step.drawn else None,
    }
    digest = step.drawn.digest if step.drawn else ""
    read = reader(Signature, text_version=step.version, signature_digest=digest)
    path = "/v1/patients/{}/deferral/sign"
    return backend.post(read, path, step.patient_id, body=body, key=fresh_key())


def cancel(backend: Exchange, step: CancelDeferral) -> Told[Signature]:
    """End it (N12)."""
    read = reader(Signature, state="CANCELLED")
    path = "/v1/patients/{}/deferral/cancel"
    return backend.post(read, path, step.patient_id, body={}, key=fresh_key())


def may_defer(backend: Exchange, step: MayDefer) -> Told[Decision]:
    """Whether this bill may wait."""
    return backend.get(reader(Decision), "/v1/bills/{}/deferral", step.bill_id)


def find_agreements(backend: Exchange, step: FindAgreements) -> Told[Agreements]:
    """Every bank is asked (A.b1)."""
    path = "/v1/patients/{}/agreements/find"
    return backend.post(reader(Agreements), path, step.patient_id, body={}, key=fresh_key())


def start_agreement(backend: Exchange, step: StartAgreement) -> Told[Agreement]:
    """A code for the phone."""
    body = {"patient_id": step.patient_id, "product": step.product}
    read = reader(Agreement, patient_id=step.patient_id)
    return backend.post(read, "/v1/agreements", body=body, key=fresh_key())


def agreement(backend: Exchange, step: FetchAgreement) -> Told[Agreement]:
    """As it stands at its bank."""
    read = reader(Agreement, agreement_id=step.agreement_id)
    return backend.get(read, "/v1/agreements/{}", step.agreement_id)


def cancel_agreement(backend: Exchange, step: CancelAgreement) -> Told[Agreement]:
    """End a debit agreement (W02)."""
    read = reader(Agreement, agreement_id=step.agreement_id, state="CANCELLED")
    body = {"reason": "asked by the patient"}
    path = "/v1/agreements/{}/cancel"
    return backend.post(read, path, step.agreement_id, body=body, key=fresh_key())


REQUESTS: Requests = {
    FetchDeferral: account,
    FetchSigningPage: signing,
    SignDeferral: sign,
    CancelDeferral: cancel,
    MayDefer: may_defer,
    FindAgreements: find_agreements,
    StartAgreement: start_agreement,
    FetchAgreement: agreement,
    CancelAgreement: cancel_agreement,
}
