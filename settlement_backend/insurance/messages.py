"""The outbox: every transaction that changes something there, under one msgid for ever (B.1.4).

Talks to the database around each call of the gateway. What a reader would get wrong: silence is
UNKNOWN, never FAIL, and an unknown message goes out again under the same msgid and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from settlement_backend.base.clock import Clock, stamp
from settlement_backend.base.database import Database
from settlement_backend.base.outside import Json
from settlement_backend.insurance.envelope import BACKGROUND, Heard, Opter
from settlement_backend.insurance.gateway import Gateway, Word
from settlement_backend.insurance.tables import InsuranceMessage
from settlement_backend.insurance.words import RefusedBy

REVERSED = RefusedBy("this msgid was reversed")


@dataclass(frozen=True, slots=True)
class Errand:
    """What is to be done there. `number`: ours of it, unique by `infno`.

    `region`: where the person is insured; `batch_id`: the lines of a settlement.
    """

    infno: str
    number: str
    psn_no: str
    region: str
    opter: Opter = BACKGROUND
    batch_id: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """`again`: it had gone out before and its word was not known."""

    word: Word
    again: bool


class Messages:
    """All messages of this institution."""

    def __init__(self, db: Database, clock: Clock, gateway: Gateway) -> None:
        self._db, self._clock, self._gateway = db, clock, gateway

    def carry_out(self, errand: Errand, asked: Json) -> Outcome:
        """Send it, the first time or again; the same `asked` each time."""
        row, fresh = self._noted(errand)
        if row.state == "REVERSED":
            return Outcome(REVERSED, again=False)
        again = not fresh and row.state in ("PENDING", "UNKNOWN")
        self._move(row.msgid, ("FAIL", "UNKNOWN"), state="PENDING")
        opter = Opter(row.opter_type, row.opter)
        word = self._gateway.ask(
            errand.infno, asked, region=errand.region, opter=opter, msgid=row.msgid
        )
        self._heard(row.msgid, word)
        return Outcome(word, again)

    def of(self, session: Session, infno: str, number: str) -> InsuranceMessage | None:
        """The message of a number of ours."""
        return session.scalar(
            select(InsuranceMessage).where(
                InsuranceMessage.infno == infno, InsuranceMessage.number == number
            )
        )

    def never(self, errand: Errand) -> None:
        """What was never sent under this number is never sent."""
        self.reversed(self._noted(errand)[0].msgid)

    def reversed(self, msgid: str) -> None:
        """2601 undid it: this number is over."""
        with self._db.write() as session:
            session.execute(
                update(InsuranceMessage)
                .where(InsuranceMessage.msgid == msgid)
                .values(state="REVERSED", heard_at=stamp(self._clock.now()))
            )

    def _noted(self, errand: Errand) -> tuple[InsuranceMessage, bool]:
        """The row, written before anything is sent, and whether it is new."""
        with self._db.read() as session:
            known = self.of(session, errand.infno, errand.number)
        if known is not None:
            return known, False
        row = InsuranceMessage(
            msgid=self._gateway.fresh_msgid(),
            infno=errand.infno,
            number=errand.number,
            psn_no=errand.psn_no,
            batch_id=errand.batch_id,
            opter_type=errand.opter.opter_type,
            opter=errand.opter.number,
            state="PENDING",
            asked_at=stamp(self._clock.now()),
        )
        try:
            with self._db.write() as session:
                session.add(row)
            return row, True
        except IntegrityError:
            with self._db.read() as session:
                known = self.of(session, errand.infno, errand.number)
            if known is None:
                raise
            return known, False

    def _heard(self, msgid: str, word: Word) -> None:
        at = stamp(self._clock.now())
        match word:
            case Heard(refmsgid=refmsgid):
                before = ("PENDING", "UNKNOWN", "FAIL")
                self._move(msgid, before, state="SUCCESS", refmsgid=refmsgid, heard_at=at)
            case RefusedBy():
                self._move(msgid, ("PENDING", "UNKNOWN"), state="FAIL", heard_at=at)
            case None:
                self._move(msgid, ("PENDING",), state="UNKNOWN", heard_at=at)

    def _move(self, msgid: str, before: tuple[str, ...], **values: str) -> None:
        with self._db.write() as session:
            session.execute(
                update(InsuranceMessage)
                .where(InsuranceMessage.msgid == msgid, InsuranceMessage.state.in_(before))
                .values(**values)
            )
