"""The saga's insurance steps: settle under our own number, and undo it.

Talks to the insurance adapter, outside of any transaction. What a reader would get wrong: 2601
proves nothing; the settlement counts as undone only when 5203 knows no such settlement (B.1.4).
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from settlement_backend.base.database import Database
from settlement_backend.base.outside import Done, NotFound, Silent
from settlement_backend.insurance import insurance as insurer
from settlement_backend.insurance.insurance import Insurance, Split, msgid_of
from settlement_backend.settling import books
from settlement_backend.settling.booking import Booking
from settlement_backend.settling.quoting import fee_lines
from settlement_backend.settling.settling import Borne, borne
from settlement_backend.settling.tables import Settlement


class Insuring:
    """Each step answers whether the next one can follow at once."""

    def __init__(self, db: Database, insurance: Insurance, booking: Booking) -> None:
        self._db, self._insurance, self._booking = db, insurance, booking

    def settle(self, row: Settlement) -> bool:
        """2207 under our msgid; asked again under the same one when its word was lost."""
        if row.insurance_state == "NONE":
            return self._booking.book(row, self._booking.paying)
        with self._db.read() as session:
            lines = fee_lines(session, row.id)
        match self._insurance.settle(msgid_of(row.id), row.psn_no, row.id, lines):
            case Split() as split:
                return self._settled(row, split)
            case insurer.RefusedBy():
                return self._booking.reverse(row, "insurance_refused")
            case Silent():
                return self._booking.wait(row, "insurance_silent")

    def _settled(self, row: Settlement, split: Split) -> bool:
        """Booked with the amounts it really settled; other than quoted is undone."""
        told = Borne(split.fund_fen, split.account_fen, split.mutual_fen, split.hospital_fen)

        def change(session: Session, fresh: Settlement) -> None:
            _assume(fresh, told)
            books.insured(session, fresh, split.setl_id, self._booking.now())
            if told != borne(row):
                self._booking.reverse_because(session, fresh, "amount_changed")
            else:
                self._booking.paying(session, fresh)

        return self._booking.book(row, change)

    def undo(self, row: Settlement) -> bool:
        """2208 for a settlement we know; 2601 then 5203 for one whose word was lost."""
        booking, insurance, msgid = self._booking, self._insurance, msgid_of(row.id)
        if row.setl_id:
            if isinstance(insurance.reverse(row.setl_id, row.psn_no, row.id), Done):
                return booking.book(row, lambda s, r: books.uninsured(s, r, booking.now()))
            return booking.wait(row, row.trouble)
        if not isinstance(insurance.annul(msgid, row.psn_no), Done):
            return booking.wait(row, row.trouble)
        match insurance.find(msgid, row.psn_no):
            case NotFound():
                return booking.book(row, lambda s, r: books.uninsured(s, r, booking.now()))
            case Split(setl_id=setl_id):
                return booking.book(row, lambda s, r: books.insured(s, r, setl_id, booking.now()))
            case Silent():
                return booking.wait(row, row.trouble)


def _assume(row: Settlement, told: Borne) -> None:
    row.fund_fen, row.account_fen = told.fund_fen, told.account_fen
    row.mutual_fen, row.hospital_fen = told.mutual_fen, told.hospital_fen
