"""The credit port of a hospital whose city has no register: our own suspensions and findings.

Talks to the database only. What a reader would get wrong: nothing is reported, because the row
that would be reported is the register itself.
"""

from __future__ import annotations

from sqlalchemy import select

from settlement_backend.base.database import Database
from settlement_backend.base.outside import Done
from settlement_backend.deferral.credit_port import Arrears, CreditAt, Malice
from settlement_backend.deferral.tables import MaliciousFlag, Suspension


class OwnCredit:
    """The register of one hospital alone."""

    def __init__(self, db: Database, hospital: str) -> None:
        self._db, self._hospital = db, hospital

    def status(self, id_number: str) -> CreditAt:
        """What stands in our own books."""
        with self._db.read() as session:
            oldest = session.scalars(
                select(Suspension)
                .where(Suspension.id_number == id_number, Suspension.state != "REPAIRED")
                .order_by(Suspension.since, Suspension.reference)
                .limit(1)
            ).first()
            flagged = select(MaliciousFlag.id).where(
                MaliciousFlag.id_number == id_number, MaliciousFlag.state == "FLAGGED"
            )
            malicious = session.scalar(flagged.limit(1)) is not None
        if oldest is None:
            return CreditAt(False, "", "", malicious)
        return CreditAt(True, oldest.since[:10], self._hospital, malicious)

    def suspend(self, arrears: Arrears) -> Done:
        """It is written down already."""
        return Done()

    def repair(self, id_number: str, reference: str) -> Done:
        """Its row ends with this word."""
        return Done()

    def flag(self, malice: Malice) -> Done:
        """It is written down already."""
        return Done()

    def withdraw(self, id_number: str, reference: str, operator: str) -> Done:
        """It is written down already."""
        return Done()
