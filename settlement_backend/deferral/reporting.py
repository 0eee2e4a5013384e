"""Telling the city: suspensions, repairs, malicious flags, each once under its reference (C16).

Talks to the credit port outside of transactions. What a reader would get wrong: a report whose
answer was lost is sent again as it was for as long as it takes; after a while a person gets a case
about it, and it is asked less often.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from settlement_backend.base.clock import later, stamp
from settlement_backend.base.context import Context
from settlement_backend.base.outside import Done, Silent
from settlement_backend.cases.cases import open_case
from settlement_backend.deferral import malice, suspensions
from settlement_backend.deferral.credit_port import Arrears, CreditPort, Malice, Rejected, Word
from settlement_backend.deferral.standing import Standings
from settlement_backend.deferral.tables import MaliciousFlag, Suspension

_SLOWLY_S = 3600
_DAY = len("2026-03-02")
_CLOSED = "REFERENCE_CLOSED"  # the repair, or the withdrawal, came first: nothing is left to say


class Reporting:
    """What the city was not told yet."""

    def __init__(self, context: Context, port: CreditPort, standings: Standings) -> None:
        self._db, self._clock, self._policy = context.db, context.clock, context.policy
        self._port, self._standings = port, standings

    def suspensions(self) -> list[str]:
        """References that something is owed to."""
        with self._db.read() as session:
            return suspensions.unfinished(session, self._policy, self._clock.now())

    def flags(self) -> list[str]:
        """Flags that the city must be told of."""
        with self._db.read() as session:
            return malice.unfinished(session, self._clock.now())

    def advance_suspension(self, reference: str) -> None:
        """One step of a suspension."""
        with self._db.locks.alone(f"credit/{reference}"):
            with self._db.write() as session:
                suspensions.ask_repair(session, self._policy, reference, self._clock.now())
                row = suspensions.suspension_of(session, reference)
            match row.state:
                case "ASKED":
                    self._suspend(row)
                case "REPAIR_ASKED":
                    self._repair(row)

    def advance_flag(self, flag_id: str) -> None:
        """Tell of a flag or its withdrawal."""
        with self._db.locks.alone(f"credit/{flag_id}"):
            with self._db.read() as session:
                row = malice.flag_of(session, flag_id)
            if row.to_report == "FLAG":
                told = Malice(row.id_number, row.id, row.evidence_digest, row.flagged_by)
                self._flag_heard(row, self._port.flag(told))
            elif row.to_report == "WITHDRAW":
                self._flag_heard(row, self._port.withdraw(row.id_number, row.id, row.withdrawn_by))

    def _suspend(self, row: Suspension) -> None:
        since = row.since[:_DAY]
        word = self._port.suspend(Arrears(row.id_number, row.reference, row.amount_fen, since))
        if isinstance(word, Done):
            with self._db.write() as session:
                suspensions.reported(session, row.reference)
        else:
            self._suspension_waits(row, word)

    def _repair(self, row: Suspension) -> None:
        word = self._port.repair(row.id_number, row.reference)
        if isinstance(word, Done):
            with self._db.write() as session:
                suspensions.repaired(session, row.reference, self._clock.now())
            self._standings.ask(row.id_number)
        else:
            self._suspension_waits(row, word)

    def _suspension_waits(self, row: Suspension, word: Rejected | Silent) -> None:
        with self._db.write() as session:
            mine = suspensions.suspension_of(session, row.reference)
            mine.next_at = self._again(
                session, row.reference, word, row.decide_at, row.person_id, row.amount_fen
            )

    def _flag_heard(self, row: MaliciousFlag, word: Word) -> None:
        heard = isinstance(word, Done) or (isinstance(word, Rejected) and word.code == _CLOSED)
        with self._db.write() as session:
            if heard:
                malice.reported(session, row.id, row.to_report)
            elif not isinstance(word, Done):
                mine = malice.flag_of(session, row.id)
                mine.next_at = self._again(session, row.id, word, row.decide_at, row.person_id, 0)
        if heard:
            self._standings.ask(row.id_number)

    def _again(
        self,
        session: Session,
        reference: str,
        word: Rejected | Silent,
        decide_at: str,
        person_id: str,
        amount_fen: int,
    ) -> str:
        """When it is sent again; a person owns it when it was refused or takes too long."""
        now = self._clock.now()
        if isinstance(word, Silent) and stamp(now) < decide_at:
            return later(now, self._policy.doubt.ask_every)
        open_case(
            session,
            self._policy.doubt,
            now,
            operation_kind="credit",
            operation_id=reference,
            amount_fen=amount_fen,
            evidence=word.code if isinstance(word, Rejected) else "city silent",
            person_id=person_id,
        )
        return later(now, _SLOWLY_S)
