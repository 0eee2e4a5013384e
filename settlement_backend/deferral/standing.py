"""What insurance and city say of an ID number: asked, kept, and read where nobody can be asked.

Talks to both platforms outside of transactions. What a reader would get wrong: the kept word is
the last one that was said, so silence changes nothing; somebody who was never asked about is
UNKNOWN. Our own suspensions count at once, whether the city heard of them or not.
"""

from __future__ import annotations

from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.base.clock import later, stamp
from settlement_backend.base.context import Context
from settlement_backend.base.outside import Silent
from settlement_backend.deferral import rules
from settlement_backend.deferral.credit_port import CreditAt, CreditPort
from settlement_backend.deferral.tables import CreditWord, MaliciousFlag, Suspension
from settlement_backend.insurance.words import Insured, NotInsured, Status


class Insurer(Protocol):
    """Who knows how somebody is insured."""

    def person(self, id_number: str) -> Insured | NotInsured | Silent:
        """The active insurance."""

    def status(self, id_number: str) -> Status | Silent:
        """Whether it is active, paused or none (N03)."""


class Standings:
    """Asks both and keeps what they say."""

    def __init__(self, context: Context, insurer: Insurer, port: CreditPort) -> None:
        self._db, self._clock = context.db, context.clock
        self._minutes = context.policy.deferral.ask_again_minutes
        self._insurer, self._port = insurer, port

    def ask(self, id_number: str) -> None:
        """Both, now."""
        word = CreditWord(id_number=id_number, insured_at="", credit_at="")
        self._ask_insurer(word)
        self._ask_city(word)
        self._keep(word)

    def ask_when_old(self, id_number: str) -> None:
        """Unless what they said is young enough."""
        oldest = later(self._clock.now(), -self._minutes * 60)
        with self._db.read() as session:
            known = session.get(CreditWord, id_number)
        if known is None or min(known.insured_at, known.credit_at) < oldest:
            self.ask(id_number)

    def _ask_insurer(self, word: CreditWord) -> None:
        found = self._insurer.person(word.id_number)
        match found:
            case Insured(insutype=insutype, local=local):
                word.insured, word.insutype, word.local = "NORMAL", insutype, local
            case NotInsured():
                status = self._insurer.status(word.id_number)
                if isinstance(status, Silent):
                    return
                paused = status is Status.PAUSED
                word.insured, word.insutype, word.local = "PAUSED" if paused else "NONE", "", False
            case Silent():
                return
        word.insured_at = stamp(self._clock.now())

    def _ask_city(self, word: CreditWord) -> None:
        found = self._port.status(word.id_number)
        if isinstance(found, CreditAt):
            word.credit = "SUSPENDED" if found.suspended else "CLEAR"
            word.since, word.hospital = found.since, found.hospital
            word.malicious = found.malicious
            word.credit_at = stamp(self._clock.now())

    def _keep(self, word: CreditWord) -> None:
        """Under a lock: two terminals may ask about one person at once."""
        with self._db.locks.alone(f"credit/{word.id_number}"), self._db.write() as session:
            kept = session.get(CreditWord, word.id_number)
            if kept is None:
                session.add(kept := CreditWord(id_number=word.id_number))
            if word.insured_at:
                kept.insured, kept.insutype, kept.local = word.insured, word.insutype, word.local
                kept.insured_at = word.insured_at
            if word.credit_at:
                kept.credit, kept.since, kept.hospital = word.credit, word.since, word.hospital
                kept.malicious, kept.credit_at = word.malicious, word.credit_at


def standing_of(session: Session, id_number: str) -> rules.Standing:
    """The last words, and our own suspensions and findings."""
    word = session.get(CreditWord, id_number)
    suspended = session.scalar(
        select(Suspension.reference)
        .where(Suspension.id_number == id_number, Suspension.state != "REPAIRED")
        .limit(1)
    )
    flagged = session.scalar(
        select(MaliciousFlag.id)
        .where(MaliciousFlag.id_number == id_number, MaliciousFlag.state == "FLAGGED")
        .limit(1)
    )
    if word is None:
        word = CreditWord(insured="UNKNOWN", insutype="", local=False, credit="UNKNOWN")
    return rules.Standing(
        insured=word.insured,
        insutype=word.insutype,
        local=word.local,
        credit="SUSPENDED" if suspended else word.credit,
        malicious=flagged is not None or bool(word.malicious),
    )
