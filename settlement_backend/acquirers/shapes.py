"""Agreements as they are told: docs/backend_api/agreements.md."""

from __future__ import annotations

from settlement_backend.acquirers.tables import Agreement
from settlement_backend.base.shapes import Shape


class AgreementShape(Shape):
    """`payer`: masked. `left_fen`: what it may still take now; `limit_fen`: the payer's own limit
    of a day (0: none), or what the credit line has. `code_url`: what the payer's phone opens."""

    agreement_id: str
    patient_id: str
    kind: str
    state: str
    payer: str
    channel: str
    product: str
    form: str
    risk_bearer: str
    limit_fen: int
    left_fen: int
    code_url: str
    signed_at: str
    cancelled_at: str


class AgreementList(Shape):
    """Of one patient, the oldest first."""

    agreements: tuple[AgreementShape, ...]


def agreement_shape(row: Agreement, left_fen: int) -> AgreementShape:
    """As last heard."""
    return AgreementShape(
        agreement_id=row.id,
        patient_id=row.person_id,
        kind=row.kind,
        state=row.state,
        payer=row.payer,
        channel=row.channel,
        product=row.product,
        form=row.form,
        risk_bearer=row.risk_bearer,
        limit_fen=row.limit_fen,
        left_fen=left_fen if row.state == "SIGNED" else 0,
        code_url=row.code_url,
        signed_at=row.signed_at,
        cancelled_at=row.cancelled_at,
    )
