"""Sends what stands in the outbox through the messages platform (docs/platforms/messages.md).

What a reader would get wrong: a notice's id is the message number for ever, so a message whose
answer was lost is simply sent again; and without a platform notices stay QUEUED and are shown.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from sqlalchemy import select, update

from core.identity import Audience, is_mobile_number, mask_name
from settlement_backend.base.clock import stamp
from settlement_backend.base.context import Context
from settlement_backend.base.outside import Outside
from settlement_backend.notices.tables import Notice
from settlement_backend.notices.templates import templates
from settlement_backend.people.tables import Person
from settlement_backend.policy.profile import NoticeRules

EVERY_S = 1.0
_AT_ONCE = 50
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 2.0, 3600.0
_TRY_AGAIN = "GATEWAY_BUSY"


class Delivery:
    """The outbox's way out. `read_s`: how long an answer is waited for."""

    def __init__(self, context: Context, url: str, *, read_s: float = 3.0) -> None:
        self._db, self._clock = context.db, context.clock
        self._rules = context.policy.notices
        self._outside = Outside(url, 2.0, read_s) if url else None

    def waiting(self) -> list[str]:
        """Notices that are due now, oldest first; none in quiet hours but the urgent."""
        if self._outside is None:
            return []
        now = self._clock.now()
        due = select(Notice.id).where(Notice.state == "QUEUED", Notice.next_at <= stamp(now))
        if is_quiet(self._rules, now):
            due = due.where(Notice.kind.in_(self._rules.urgent))
        with self._db.read() as session:
            return list(session.scalars(due.order_by(Notice.at, Notice.id).limit(_AT_ONCE)))

    def send(self, notice_id: str) -> None:
        """One of them, once more under its own number."""
        with self._db.read() as session:
            notice = session.get_one(Notice, notice_id)
            person = session.get(Person, notice.person_id)
        if self._outside is None or notice.state != "QUEUED":
            return
        if person is None or not is_mobile_number(person.phone):
            self._end(notice, "REFUSED", "NO_PHONE")
            return
        words = templates()[notice.kind].filled(
            mask_name(person.name, Audience.KIOSK), json.loads(notice.facts)
        )
        answer = self._outside.ask(
            "/send",
            {
                "message_no": notice.id,
                "channel": "SMS",
                "to": person.phone,
                "template": notice.kind,
                "text": words.zh,
            },
        )
        match answer:
            case {"result": "ACCEPTED"}:
                self._end(notice, "SENT", "")
            case {"result": "FAIL", "code": str(code)} if code != _TRY_AGAIN:
                self._end(notice, "REFUSED", code)
            case _:
                self._later(notice)

    def _end(self, notice: Notice, state: str, trouble: str) -> None:
        sent_at = stamp(self._clock.now()) if state == "SENT" else ""
        self._change(notice, state=state, trouble=trouble, sent_at=sent_at)

    def _later(self, notice: Notice) -> None:
        """Pauses double; after the profile's hours a notice is of no use any more."""
        now = self._clock.now()
        limit = datetime.fromisoformat(notice.at) + timedelta(hours=self._rules.give_up_hours)
        if now >= limit:
            self._end(notice, "REFUSED", "TOO_LATE")
            return
        pause_s = min(_FIRST_PAUSE_S * 2**notice.tries, _LONGEST_PAUSE_S)
        next_at = stamp(now + timedelta(seconds=pause_s))
        self._change(notice, tries=notice.tries + 1, next_at=next_at)

    def _change(self, notice: Notice, **values: object) -> None:
        with self._db.write() as session:
            session.execute(
                update(Notice)
                .where(Notice.id == notice.id, Notice.state == "QUEUED")
                .values(**values)
            )


def is_quiet(rules: NoticeRules, now: datetime) -> bool:
    """Between `quiet_from` and `quiet_until`, over midnight too; equal ends mean never."""
    at, begin, end = f"{now:%H:%M}", rules.quiet_from, rules.quiet_until
    return begin <= at < end if begin <= end else at >= begin or at < end
