"""Notices as they are shown."""

from __future__ import annotations

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.identity import Audience, mask_name
from settlement_backend.base.shapes import Shape, Words
from settlement_backend.notices.tables import Notice
from settlement_backend.notices.templates import templates
from settlement_backend.people.tables import Person

_MOST = 50


class NoticeShape(Shape):
    """One message. `state`: QUEUED, SENT or REFUSED; `trouble`: why it was refused."""

    notice_id: str
    kind: str
    text: Words
    at: str
    state: str
    trouble: str


class NoticeList(Shape):
    """The newest first."""

    notices: tuple[NoticeShape, ...]


def notices_of(session: Session, person: Person) -> NoticeList:
    """What a person was told lately."""
    found = session.scalars(
        select(Notice)
        .where(Notice.person_id == person.id)
        .order_by(Notice.at.desc(), Notice.id.desc())
        .limit(_MOST)
    )
    name = mask_name(person.name, Audience.KIOSK)
    return NoticeList(notices=tuple(_shown(notice, name) for notice in found))


def _shown(notice: Notice, name: str) -> NoticeShape:
    return NoticeShape(
        notice_id=notice.id,
        kind=notice.kind,
        text=templates()[notice.kind].filled(name, json.loads(notice.facts)),
        at=notice.at,
        state=notice.state,
        trouble=notice.trouble,
    )
