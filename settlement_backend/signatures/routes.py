"""Looking at a drawn signature: supervisors and auditors, each look on the record."""

from __future__ import annotations

from base64 import b64encode
from typing import Annotated

from fastapi import APIRouter

from settlement_backend.base import audit
from settlement_backend.base.responses import ANSWERS
from settlement_backend.base.shapes import Shape
from settlement_backend.gate import ServiceDep, kinds, role
from settlement_backend.signatures import pictures
from settlement_backend.staff.tables import Operator
from settlement_backend.terminals.tables import Terminal

router = APIRouter(prefix="/v1", responses=ANSWERS)

CounterDep = Annotated[Terminal, kinds("window", "audit")]
OversightDep = Annotated[Operator, role("supervisor", "auditor")]


class SignaturePictureShape(Shape):
    """`kind`: COMMITMENT or SHEET; `png`: base64, "" once its time was over (`purged_at`)."""

    document_id: str
    kind: str
    sha256: str
    png: str
    terminal_id: str
    at: str
    purged_at: str


@router.get("/signatures/{document_id}", response_model=SignaturePictureShape)
def look(
    document_id: str, service: ServiceDep, terminal: CounterDep, operator: OversightDep
) -> SignaturePictureShape:
    """What was drawn under an agreement or a settlement; who looked is on the record."""
    with service.db.write() as session:
        found = pictures.under(session, document_id)
        audit.note(
            session,
            service.clock,
            terminal.id,
            operator.number,
            "signature_seen",
            of=document_id,
            kind=found.kind,
        )
        return SignaturePictureShape(
            document_id=document_id,
            kind=found.kind,
            sha256=found.sha256,
            png=b64encode(found.png).decode(),
            terminal_id=found.terminal_id,
            at=found.at,
            purged_at=found.purged_at,
        )
