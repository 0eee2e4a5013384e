"""Messages are written in the transaction they speak of, and sent by the runner afterwards.

What a reader would get wrong: `about` makes a message happen once: the same kind about the same
thing to the same person is written once, however often a step runs again.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.notices.tables import Notice

_ID_DIGITS = 30


def tell(
    session: Session,
    now: datetime,
    person_id: str,
    kind: str,
    about: str,
    **facts: str | int,
) -> None:
    """Queue a message to a person. `kind` names its words (resources/notices), `about` the thing.

    `facts`: what the words need: amounts in fen, our own numbers, times; never a name or an ID
    number: those are looked up when the message is sent.
    """
    named = f"{kind}/{about}/{person_id}"
    number = hashlib.sha256(named.encode()).hexdigest()[:_ID_DIGITS]
    if session.get(Notice, number) is not None:
        return
    session.add(
        Notice(
            id=number,
            person_id=person_id,
            kind=kind,
            facts=json.dumps(facts, ensure_ascii=False, sort_keys=True),
            state="QUEUED",
            at=stamp(now),
            next_at=stamp(now),
        )
    )
    session.flush()
