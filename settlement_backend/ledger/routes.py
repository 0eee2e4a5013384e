"""For the auditor."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from settlement_backend.base.responses import ANSWERS
from settlement_backend.gate import ServiceDep, kinds
from settlement_backend.ledger.books import books
from settlement_backend.ledger.shapes import BooksShape
from settlement_backend.terminals.tables import Terminal

router = APIRouter(prefix="/v1", responses=ANSWERS)

AuditDep = Annotated[Terminal, kinds("audit")]


@router.get("/books")
def books_now(service: ServiceDep, terminal: AuditDep) -> BooksShape:
    """What came in by which way, what is held, and what is in doubt."""
    with service.db.read() as session:
        return books(session)
