"""Before money moves: the quote of a locked settlement, and the check that it can be paid.

Calls the insurance platform, outside of any transaction; takes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from core.codes import PaymentCode, recognise
from settlement_backend import insurance as insurer
from settlement_backend import settling
from settlement_backend.acquirer import Acquirer, HoldAt
from settlement_backend.clock import Clock, stamp
from settlement_backend.database import Database
from settlement_backend.errors import Refused
from settlement_backend.insurance import FeeLine, Insurance
from settlement_backend.models import Hold, Person, Settlement, Terminal
from settlement_backend.outside import Silent
from settlement_backend.policy import Policy
from settlement_backend.settling import settlement_of, tenders_of
from settlement_backend.shapes import lines_of


@dataclass(frozen=True, slots=True)
class Wish:
    """What a terminal commits to. `key` is the request's own, for ever."""

    key: str
    tender: str
    auth_code: str
    amount_fen: int

    def __repr__(self) -> str:
        return f"Wish({self.tender}, {self.amount_fen})"


class Quoting:
    """Quotes and commitments of all settlements."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        policy: Policy,
        acquirer: Acquirer,
        insurance: Insurance,
    ) -> None:
        self._db, self._clock, self._policy = db, clock, policy
        self._acquirer, self._insurance = acquirer, insurance

    def quote(self, settlement_id: str) -> None:
        """Ask the insurance once, plan the existing money; a silent insurer unlocks the bills."""
        with self._db.read() as session:
            row = settlement_of(session, settlement_id)
            id_number = session.get_one(Person, row.person_id).id_number
            fresh = row.state == "QUOTED" and not row.quoted
            lines = fee_lines(session, settlement_id)
        if fresh:
            psn_no, split = self._ask_insurance(settlement_id, id_number, lines)
            with self._db.write() as session:
                row = settlement_of(session, settlement_id)
                if not row.quoted:
                    row.quoted = True
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

    def check_holds(self, settlement_id: str) -> None:
        """The acquirer still has every planned hold; asked outside of any transaction."""
        with self._db.read() as session:
            settlement_of(session, settlement_id)
            planned = [
                session.get_one(Hold, tender.hold_id)
                for tender in tenders_of(session, settlement_id)
                if tender.hold_id and tender.state == "PLANNED"
            ]
        for hold in planned:
            match self._acquirer.hold(hold.auth_code, hold.rrn):
                case HoldAt(state="HELD"):
                    pass
                case _:
                    raise Refused("hold_unusable")

    def accept(self, session: Session, settlement_id: str, wish: Wish, terminal: Terminal) -> str:
        """Make sure that the self-pay can be paid; then it is on its way.

        Answers the id of the tender that the authorisation code belongs to, "" when there is
        none. The same wish again, after its answer was lost, changes nothing.
        """
        row = settlement_of(session, settlement_id)
        if row.commit_key == wish.key:
            return ""
        if row.state != "QUOTED" or not row.quoted:
            raise Refused("not_open")
        if wish.amount_fen != row.due_fen:
            raise Refused("amount_changed")
        channel = self._check_tender(row, wish, terminal)
        now = self._clock.now()
        tenders = tenders_of(session, settlement_id)
        for hold_id in (tender.hold_id for tender in tenders if tender.hold_id):
            hold = session.get_one(Hold, hold_id)
            if hold.state != "HELD" or hold.expires_on < now.date().isoformat():
                raise Refused("hold_unusable")
        tender_id = ""
        if row.due_fen:
            place = len(tenders)
            added = settling.add_tender(
                session, row, place, wish.tender, row.due_fen, channel=channel
            )
            tender_id = added.id
        limit = now + timedelta(seconds=self._policy.doubt.give_up_after)
        settling.change(
            session,
            row.id,
            "QUOTED",
            state="INSURED",
            insurance_state="ASKED" if row.psn_no else "NONE",
            commit_key=wish.key,
            due_fen=0,
            next_at=stamp(now),
            decide_at=stamp(limit),
        )
        return tender_id

    def _check_tender(self, row: Settlement, wish: Wish, terminal: Terminal) -> str:
        """The wallet's channel for SCAN, "" else."""
        tender = wish.tender
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
        match recognise(wish.auth_code):
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
