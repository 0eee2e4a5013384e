"""Message numbers: institution 12 + time 14 + sequence 4, never used twice (domain.md B.1.1).

Talks to the database, which hands the sequence out in blocks to every worker. What a reader would
get wrong: a block is used for a minute only. A number comes round again after 1,679,616 others, so
two workers meet in one second only if that many messages were sent within the minute.
"""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from settlement_backend.base.clock import Clock
from settlement_backend.base.database import Database
from settlement_backend.insurance.tables import InsuranceSequence

_NAME = "msgid"
_BLOCK = 64
_BLOCK_LIFE = timedelta(seconds=60)
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PLACES = 4
_INSTITUTION_LENGTH = 12


class Msgids:
    """The numbers of one institution."""

    def __init__(self, db: Database, clock: Clock, institution_code: str) -> None:
        self._db, self._clock = db, clock
        self._institution = f"{institution_code:0<{_INSTITUTION_LENGTH}.{_INSTITUTION_LENGTH}}"
        self._alone = threading.Lock()
        self._next, self._end = 0, 0
        self._taken_at: datetime | None = None

    def fresh(self) -> str:
        """One that nobody has. Not to be asked for inside a transaction."""
        with self._alone:
            now = self._clock.now()
            if self._next == self._end or not self._in_time(now):
                self._end = self._block()
                self._next, self._taken_at = self._end - _BLOCK, now
            number = self._next
            self._next += 1
        return f"{self._institution}{now:%Y%m%d%H%M%S}{_written(number)}"

    def _in_time(self, now: datetime) -> bool:
        taken_at = self._taken_at
        return taken_at is not None and taken_at <= now < taken_at + _BLOCK_LIFE

    def _block(self) -> int:
        """The end of a block of our own."""
        for _ in range(2):
            with self._db.write() as session:
                taken = session.scalar(
                    update(InsuranceSequence)
                    .where(InsuranceSequence.name == _NAME)
                    .values(value=InsuranceSequence.value + _BLOCK)
                    .returning(InsuranceSequence.value)
                )
            if taken is not None:
                return int(taken)
            self._begin()
        raise RuntimeError("the sequence of message numbers is missing")

    def _begin(self) -> None:
        """The row, made once; another worker may make it first."""
        try:
            with self._db.write() as session:
                session.add(InsuranceSequence(name=_NAME, value=0))
        except IntegrityError:
            return


def _written(number: int) -> str:
    signs = ""
    for _ in range(_PLACES):
        number, digit = divmod(number, len(_DIGITS))
        signs = _DIGITS[digit] + signs
    return signs
