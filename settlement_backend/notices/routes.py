"""What a person was told."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from settlement_backend.base.responses import ANSWERS
from settlement_backend.gate import ServiceDep, kinds
from settlement_backend.notices.shapes import NoticeList, notices_of
from settlement_backend.people import people
from settlement_backend.terminals.tables import Terminal

router = APIRouter(prefix="/v1", responses=ANSWERS)

ReaderDep = Annotated[Terminal, kinds("kiosk", "window", "mobile")]


@router.get("/patients/{person_id}/notices", response_model=NoticeList)
def notices(person_id: str, service: ServiceDep, terminal: ReaderDep) -> NoticeList:
    """The newest first, in both languages, names masked."""
    with service.db.read() as session:
        return notices_of(session, people.person_of(session, person_id))
