"""Before money moves: the quote of a locked settlement, and the check that it can be paid.

Calls insurance and acquirer, outside of any transaction; takes nothing. What a reader would get
wrong: the credential of a one-code payment is got here, before the insurance settles, because
afterwards it would be too late to find out that there is none (B.2).
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from core.identity import Audience, mask_name
from settlement_backend.acquirers.acquirer import Credential, HoldAt, OneCodeState
from settlement_backend.acquirers.banks import Banks
from settlement_backend.base.clock import stamp
from settlement_backend.base.context import Context
from settlement_backend.base.errors import Refused
from settlement_backend.base.outside import Silent
from settlement_backend.bills.shapes import lines_of
from settlement_backend.holds.tables import Hold
from settlement_backend.insurance import insurance as insurer
from settlement_backend.insurance.insurance import FeeLine, Insurance, Split
from settlement_backend.people.tables import Person
from settlement_backend.settling import planning, rules, settling
from settlement_backend.settling.choosing import Choice, chosen, part_in_cash
from settlement_backend.settling.planning import Planned, Source
from settlement_backend.settling.settling import settlement_of, tender_id, tenders_of
from settlement_backend.settling.tables import Settlement
from settlement_backend.settling.wish import OneCode, Wish
from settlement_backend.terminals.tables import Terminal

_OUTPATIENT_SETTLEMENT = "01301"  # businessType of an e-code decode (B.1.5)
_NOBODY = Split(0, 0, 0)


class Quoting:
    """Quotes and commitments of all settlements."""

    def __init__(self, context: Context, banks: Banks, insurance: Insurance) -> None:
        self._context, self._banks, self._insurance = context, banks, insurance
        self._db, self._clock, self._policy = context.db, context.clock, context.policy
        self._sources: dict[str, Source] = {}

    def add_source(self, kind: str, source: Source) -> None:
        """Money of others that another package offers for a settlement."""
        self._sources[kind] = source

    def quote(self, settlement_id: str, terminal: Terminal, with_pos: bool) -> None:
        """Ask the insurance once, plan the existing money; a silent insurer unlocks the bills."""
        with self._db.read() as session:
            row = settlement_of(session, settlement_id)
            id_number = session.get_one(Person, row.person_id).id_number
            lines = fee_lines(session, settlement_id)
        if row.state != "QUOTED" or row.quoted:
            return
        psn_no, split = "", _NOBODY
        if row.kind != "DEPOSIT" and id_number:
            psn_no, split = self._ask_insurance(settlement_id, id_number, lines)
        left_fen = row.total_fen - _borne_fen(split)
        offers = self._offers(settlement_id, left_fen) if left_fen else {}
        with self._db.write() as session:
            row = settlement_of(session, settlement_id)
            if not row.quoted:
                row.quoted, row.psn_no = True, psn_no
                row.fund_fen, row.account_fen = split.fund_fen, split.account_fen
                row.mutual_fen, row.hospital_fen = split.mutual_fen, split.hospital_fen
                asked = planning.Asked(terminal, with_pos, offers, self._clock.now())
                planning.plan(session, row, self._policy, asked)

    def _ask_insurance(
        self, settlement_id: str, id_number: str, lines: list[FeeLine]
    ) -> tuple[str, Split]:
        match self._insurance.person(id_number):
            case insurer.Insured(psn_no=psn_no):
                pass
            case insurer.NotInsured():
                return "", _NOBODY
            case Silent():
                raise self._unlocked(settlement_id, "insurance_silent")
        match self._insurance.quote(psn_no, settlement_id, lines):
            case Split() as split:
                return psn_no, split
            case insurer.RefusedBy():
                raise self._unlocked(settlement_id, "insurance_refused")
            case Silent():
                raise self._unlocked(settlement_id, "insurance_silent")

    def _offers(self, settlement_id: str, left_fen: int) -> dict[str, Planned]:
        found = {k: source.offer(settlement_id, left_fen) for k, source in self._sources.items()}
        return {kind: part for kind, part in found.items() if part is not None}

    def _unlocked(self, settlement_id: str, reason: str) -> Refused:
        with self._db.write() as session:
            row = settlement_of(session, settlement_id)
            if settling.change(session, row.id, "QUOTED", state="CANCELLED", trouble=reason):
                settling.unlock(session, row)
        return Refused(reason)

    # --- the check before the commitment

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
            match self._banks.of(hold.acquirer).hold(hold.auth_code, hold.rrn):
                case HoldAt(state="HELD"):
                    pass
                case _:
                    raise Refused("hold_unusable")

    def one_code(self, settlement_id: str, wish: Wish) -> OneCode | None:
        """The credential that pays what is due, from the e-code that is shown (W12-W14).

        None for other tenders. Raises Refused `code_expired`, `not_found` (somebody else's code),
        `one_code_not_signed`, `one_code_silent`; the quote stays.
        """
        with self._db.read() as session:
            row = settlement_of(session, settlement_id)
            id_number = session.get_one(Person, row.person_id).id_number
            place = len(tenders_of(session, settlement_id))
        due_fen = row.due_fen - wish.part_cash_fen
        if wish.tender != "ONE_CODE" or row.state != "QUOTED" or due_fen <= 0:
            return None
        bank = self._banks.lead
        token = self._ec_token(wish.auth_code, id_number)
        match bank.one_code_state(token):
            case OneCodeState(signed=True, channel=channel):
                pass
            case OneCodeState():
                raise Refused("one_code_not_signed")
            case Silent():
                raise Refused("one_code_silent")
        match bank.credential(token, tender_id(settlement_id, place), due_fen):
            case Credential(auth_code):
                return OneCode(channel, auth_code)
            case Silent():
                raise Refused("one_code_silent")
            case _:
                raise Refused("one_code_not_signed")

    def _ec_token(self, code: str, id_number: str) -> str:
        match self._insurance.decoded(code, _OUTPATIENT_SETTLEMENT):
            case insurer.Decoded(id_number=whose, token=token) if whose == id_number:
                return token
            case insurer.Decoded():
                raise Refused("not_found")
            case insurer.Expired():
                raise Refused("code_expired")
            case Silent():
                raise Refused("one_code_silent")

    def accept(
        self,
        session: Session,
        settlement_id: str,
        wish: Wish,
        terminal: Terminal,
        one_code: OneCode | None,
    ) -> str:
        """Make sure that the self-pay can be paid; then it is on its way.

        Answers the id of the tender that the authorisation code belongs to, "" when there is
        none. The same wish again, after its answer was lost, changes nothing.
        """
        row = settlement_of(session, settlement_id)
        if row.commit_key == wish.key:
            return ""
        self._check_wish(row, wish, terminal)
        now = self._clock.now()
        self._check_planned(session, settlement_id, terminal)
        tender_id = ""
        if row.due_fen:
            choice = Choice(session, row, self._policy, terminal, self._clock)
            part = chosen(choice, wish, one_code, _payer_note(session, row))
            tender_id = planning.add_tender(session, row, part, terminal).id
            cash = part_in_cash(choice, wish)
            if cash is not None:
                planning.add_tender(session, row, cash, terminal)
        limit = now + timedelta(seconds=self._policy.doubt.give_up_after)
        remote = wish.tender == "REMOTE"
        until = now + timedelta(minutes=self._policy.tender.remote_minutes)
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
            remote_until=stamp(until) if remote else "",
        )
        return tender_id

    def _check_wish(self, row: Settlement, wish: Wish, terminal: Terminal) -> None:
        """It is for this quote as it stands, and cash beside a tender fits both."""
        if row.state != "QUOTED" or not row.quoted:
            raise Refused("not_open")
        if wish.amount_fen != row.due_fen:
            raise Refused("amount_changed")
        if (row.due_fen == 0) != (wish.tender == "NONE"):
            raise Refused("needs_tender" if row.due_fen else "tender_not_allowed")
        step_fen = self._policy.tender.cash_round_to_fen
        trouble = rules.part_cash_trouble(
            wish.part_cash_fen, row.due_fen, wish.tender, terminal.kind, step_fen
        )
        if trouble:
            raise Refused(trouble)

    def _check_planned(self, session: Session, settlement_id: str, terminal: Terminal) -> None:
        """Planned holds still stand here, and one of a card terminal is completed where it is."""
        today = self._clock.now().date().isoformat()
        for tender in tenders_of(session, settlement_id):
            if not tender.hold_id:
                continue
            hold = session.get_one(Hold, tender.hold_id)
            elsewhere = hold.completer == "THIS_POS" and hold.terminal_id != terminal.id
            if hold.state != "HELD" or hold.expires_on < today or elsewhere:
                raise Refused("hold_unusable")


def fee_lines(session: Session, settlement_id: str) -> list[FeeLine]:
    """What of its bills the insurance is asked about."""
    return [
        FeeLine(line.id, line.amount_fen, line.insurance_class)
        for bill in settling.bills_of(session, settlement_id)
        for line in lines_of(session, bill.id)
        if not line.refunded_by
    ]


def _borne_fen(split: Split) -> int:
    return split.fund_fen + split.account_fen + split.mutual_fen + split.hospital_fen


def _payer_note(session: Session, row: Settlement) -> str:
    """Whose bill a relative pays, as he may read it."""
    return mask_name(session.get_one(Person, row.person_id).name, Audience.KIOSK)
