"""The monthly application for the funds that the insurance owes (3203, 3204; L08).

Talks to the platform through `Messages`, never inside a transaction. What a reader would get wrong:
it counts settlements by their day and cancellations by theirs, as reconciliation does, and one
application per month and clearing type stands at a time.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from settlement_backend.base.clock import Clock, stamp
from settlement_backend.base.database import Database
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.base.outside import Json, NoWord
from settlement_backend.insurance.envelope import Heard
from settlement_backend.insurance.messages import Errand, Messages
from settlement_backend.insurance.reconciling import lines_of
from settlement_backend.insurance.tables import FundClaim
from settlement_backend.insurance.words import RefusedBy
from settlement_backend.insurance.yuan import yuan

_BY_ITEM = "1"


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month, written 2026-03."""

    first: date
    last: date

    @classmethod
    def of(cls, text: str) -> Month:
        """Raises Refused `bad_month`."""
        try:
            first = date.fromisoformat(f"{text}-01")
        except ValueError:
            raise Refused("bad_month") from None
        return cls(first, first.replace(day=monthrange(first.year, first.month)[1]))


class FundClaims:
    """All applications of this institution."""

    def __init__(self, db: Database, clock: Clock, messages: Messages) -> None:
        self._db, self._clock, self._messages = db, clock, messages

    def apply(self, claim_id: str, month: str, clr_type: str, operator: str) -> FundClaim:
        """Apply for a month that is over; the same id again goes on with the same.

        Raises Refused `bad_month`, `month_not_over`, `nothing_to_claim`, `claim_stands`.
        """
        span = Month.of(month)
        if span.last >= self._clock.now().date():
            raise Refused("month_not_over")
        row = self._noted(claim_id, month, span, clr_type, operator)
        return self._sent(row) if row.state == "ASKED" else row

    def cancel(self, claim_id: str) -> FundClaim:
        """3204. Raises NoSuch, NoWord, and Refused `claim_not_applied`, `insurance_refused`."""
        row = self.claim_of(claim_id)
        if row.state == "CANCELLED":
            return row
        if row.state != "APPLIED":
            raise Refused("claim_not_applied")
        asked = {"clr_appy_evt_id": row.application_no}
        match self._messages.carry_out(Errand("3204", row.id, "", ""), asked).word:
            case Heard():
                return self._change(row, state="CANCELLED")
            case RefusedBy():
                raise Refused("insurance_refused")
        raise NoWord

    def go_on(self) -> None:
        """Applications whose word was lost, again under their own number."""
        with self._db.read() as session:
            waiting = list(session.scalars(select(FundClaim).where(FundClaim.state == "ASKED")))
        for row in waiting:
            self._sent(row)

    def listed(self) -> list[FundClaim]:
        """Newest first."""
        with self._db.read() as session:
            return list(session.scalars(select(FundClaim).order_by(FundClaim.at.desc())))

    def claim_of(self, claim_id: str) -> FundClaim:
        """Raises NoSuch."""
        with self._db.read() as session:
            row = session.get(FundClaim, claim_id)
        if row is None:
            raise NoSuch("unknown_fund_claim")
        return row

    def _noted(
        self, claim_id: str, month: str, span: Month, clr_type: str, operator: str
    ) -> FundClaim:
        with self._db.read() as session:
            known = session.get(FundClaim, claim_id)
            if known is not None:
                return known
            lines = lines_of(session, span.first, span.last, clr_type)
        if not lines:
            raise Refused("nothing_to_claim")
        row = FundClaim(
            id=claim_id,
            month=month,
            clr_type=clr_type,
            state="ASKED",
            settlements=sum(line.sign for line in lines),
            total_fen=sum(line.sign * line.row.total_fen for line in lines),
            fund_fen=sum(line.sign * line.row.fund_fen for line in lines),
            account_pay_fen=sum(line.sign * line.row.account_pay_fen for line in lines),
            cash_fen=sum(line.sign * line.row.cash_fen for line in lines),
            by=operator,
            at=stamp(self._clock.now()),
        )
        try:
            with self._db.write() as session:
                session.add(row)
        except IntegrityError:
            raise Refused("claim_stands") from None
        return row

    def _sent(self, row: FundClaim) -> FundClaim:
        word = self._messages.carry_out(Errand("3203", row.id, "", ""), _asked(row)).word
        match word:
            case Heard({"clr_appy_evt_id": str(number)}):
                return self._change(row, state="APPLIED", application_no=number)
            case RefusedBy(text):
                return self._change(row, state="REFUSED", refusal=text)
        return row

    def _change(self, row: FundClaim, **values: str) -> FundClaim:
        with self._db.write() as session:
            session.execute(
                update(FundClaim)
                .where(FundClaim.id == row.id, FundClaim.state == row.state)
                .values(**values)
            )
            return session.get_one(FundClaim, row.id)


def _asked(row: FundClaim) -> Json:
    span = Month.of(row.month)
    return {
        "clr_type": row.clr_type,
        "clr_way": _BY_ITEM,
        "setlym": row.month.replace("-", ""),
        "begndate": span.first.isoformat(),
        "enddate": span.last.isoformat(),
        "psntime": row.settlements,
        "medfee_sumamt": yuan(row.total_fen),
        "med_sumfee": yuan(row.total_fen),
        "fund_appy_sum": yuan(row.fund_fen),
        "cash_payamt": yuan(row.cash_fen),
        "acct_pay": yuan(row.account_pay_fen),
    }
