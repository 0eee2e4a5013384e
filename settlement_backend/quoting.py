"""Before money moves: the quote of a locked settlement, and the check that it can be paid.

Calls the insurance platform, outside of any transaction; takes nothing.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from core.codes import PaymentCode, recognise
from settlement_backend import insurance as insurer
from settlement_backend import settling
from settlement_backend.clock import Clock, stamp
from settlement_backend.database import Database
from settlement_backend.errors import Refused
from settlement_backend.insurance import FeeLine, Insurance
from settlement_backend.models import Hold, Person, Settlement, Terminal
from settlement_backend.outside import Silent
from settlement_backend.policy import Policy
from settlement_backend.settling import settlement_of, tenders_of
from settlement_backend.shapes import lines_of


class Quoting:
    """Quotes and commitments of all settlements."""

    def __init__(self, db: Database, clock: Clock, policy: Policy, insurance: Insurance) -> None:
        self._db, self._clock, self._policy = db, clock, policy
        self._insurance = insurance

    def quote(self, settlement_id: str) -> None:
        """Ask the insurance once, plan the existing money; a silent insurer unlocks the bills."""
        with self._db.read() as session:
            row = settlement_of(session, settlement_id)
            id_number = session.get_one(Person, row.person_id).id_number
            fresh = row.insurance_state == "NONE" and row.state == "QUOTED" and not row.psn_no
            lines = fee_lines(session, settlement_id)
        if fresh:
            psn_no, split = self._ask_insurance(settlement_id, id_number, lines)
            with self._db.write() as session:
                row = settlement_of(session, settlement_id)
                if not tenders_of(session, settlement_id):
                    row.psn_no, row.fund_fen, row.account_fen = psn_no, *split
                    settling.plan(session, row, self._policy, self._clock.now().date())

    def _ask_insurance(
        self, settlement_id: str, id_number: str, lines: list[FeeLine]
    ) -> tuple[str, tuple[int, int]]:
        match self._insurance.person(id_number):
            case insurer.Insured(psn_no=psn_no):
                pass
            case insurer.NotInsured():
                return "", (0, 0)
            case Silent():
                raise self._unlocked(settlement_id, "insurance_silent")
        match self._insurance.quote(psn_no, settlement_id, lines):
            case insurer.Split(fund_fen, account_fen):
                return psn_no, (fund_fen, account_fen)
            case insurer.RefusedBy():
                raise self._unlocked(settlement_id, "insurance_refused")
            case Silent():
                raise self._unlocked(settlement_id, "insurance_silent")

    def _unlocked(self, settlement_id: str, reason: str) -> Refused:
        with self._db.write() as session:
            row = settlement_of(session, settlement_id)
            if settling.change(session, row.id, "QUOTED", state="CANCELLED", trouble=reason):
                settling.unlock(session, row)
        return Refused(reason)

    def accept(
        self,
        session: Session,
        settlement_id: str,
        tender: str,
        auth_code: str,
        amount_fen: int,
        terminal: Terminal,
    ) -> str:
        """Make sure that the self-pay can be paid; then it is on its way.

        Answers the id of the tender that the authorisation code belongs to, "" when there is none.
        """
        row = settlement_of(session, settlement_id)
        if row.state != "QUOTED":
            raise Refused("not_open")
        if amount_fen != row.due_fen:
            raise Refused("amount_changed")
        channel = self._check_tender(row, tender, auth_code, terminal)
        now = self._clock.now()
        for planned in tenders_of(session, settlement_id):
            if planned.hold_id:
                hold = session.get_one(Hold, planned.hold_id)
                if hold.state != "HELD" or hold.expires_on < now.date().isoformat():
                    raise Refused("hold_unusable")
        tender_id = ""
        if row.due_fen:
            place = len(tenders_of(session, settlement_id))
            added = settling.add_tender(session, row, place, tender, row.due_fen, channel=channel)
            tender_id = added.id
        insurance_state = "ASKED" if row.psn_no else "NONE"
        limit = now + timedelta(seconds=self._policy.doubt.give_up_after)
        settling.change(
            session,
            row.id,
            "QUOTED",
            state="INSURED",
            insurance_state=insurance_state,
            due_fen=0,
            next_at=stamp(now),
            decide_at=stamp(limit),
        )
        return tender_id

    def _check_tender(
        self, row: Settlement, tender: str, auth_code: str, terminal: Terminal
    ) -> str:
        """The wallet's channel for SCAN, "" else."""
        if row.due_fen == 0:
            if tender != "NONE":
                raise Refused("tender_not_allowed")
            return ""
        if tender == "NONE":
            raise Refused("needs_tender")
        offered = settling.options(row, terminal.kind)
        if not any(option["kind"] == tender and option["allowed"] for option in offered):
            raise Refused("tender_not_allowed")
        if tender != "SCAN":
            return ""
        match recognise(auth_code):
            case PaymentCode(channel):
                return channel.value
            case _:
                raise Refused("code_not_payment")


def fee_lines(session: Session, settlement_id: str) -> list[FeeLine]:
    """What of its bills the insurance is asked about."""
    return [
        FeeLine(line.id, line.amount_fen, line.insurance_class)
        for bill in settling.bills_of(session, settlement_id)
        for line in lines_of(session, bill.id)
        if not line.refunded_by
    ]
