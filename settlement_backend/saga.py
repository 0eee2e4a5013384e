"""The settlement saga: lock → quote → sure that the self-pay can be paid → settle insurance → take
money → slip; undone in reverse order (domain.md B.15).

Every outside step is written down as asked before it is called and its word after; a step whose
word was lost is asked about under the same number, never repeated under a new one. What a reader
would get wrong: `advance` may be called by a request, by the clockwork and after a restart, and
each time it looks at the database first.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import assert_never

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend import acquirer as bank
from settlement_backend import insurance as insurer
from settlement_backend import ledger, settling
from settlement_backend.acquirer import Acquirer, Declined
from settlement_backend.clock import Clock, stamp
from settlement_backend.database import Database
from settlement_backend.errors import Refused
from settlement_backend.insurance import Insurance, msgid_of
from settlement_backend.models import Hold, Settlement, Tender, Terminal
from settlement_backend.named_locks import NamedLocks
from settlement_backend.outside import Done, NotFound, Silent
from settlement_backend.people import person_of
from settlement_backend.policy import Policy
from settlement_backend.quoting import Quoting, Wish, fee_lines
from settlement_backend.settling import settlement_of, tenders_of
from settlement_backend.shapes import Json

log = logging.getLogger(__name__)

_DECLINED = {
    "AUTH_CODE_INVALID": "pay_code_invalid",
    "AUTH_CODE_EXPIRED": "pay_code_expired",
    "NOT_ENOUGH": "pay_not_enough",
}
_MOST_STEPS = 40


class Saga:
    """All settlements of this backend."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        policy: Policy,
        acquirer: Acquirer,
        insurance: Insurance,
        slip_key: bytes,
    ) -> None:
        self._db, self._clock, self._policy = db, clock, policy
        self._acquirer, self._insurance, self._slip_key = acquirer, insurance, slip_key
        self._quoting = Quoting(db, clock, policy, acquirer, insurance)
        self._codes: dict[str, str] = {}
        self._locks = NamedLocks()

    # --- what terminals ask

    def open(
        self,
        settlement_id: str,
        person_id: str,
        bills: Sequence[tuple[str, int]],
        terminal: Terminal,
    ) -> Json:
        """Lock and quote. The same id again answers as things stand."""
        with self._locks.alone(settlement_id):
            with self._db.write() as session:
                if session.get(Settlement, settlement_id) is None:
                    person = person_of(session, person_id)
                    now = self._clock.now()
                    settling.lock(
                        session, settlement_id, person, bills, terminal, self._policy, now
                    )
            self._quoting.quote(settlement_id)
            return self.view(settlement_id, terminal.kind)

    def commit(self, settlement_id: str, wish: Wish, terminal: Terminal) -> Json:
        """Pay what is quoted; answers PAYING when the acquirer wants to be asked again."""
        with self._locks.alone(settlement_id):
            self._quoting.check_holds(settlement_id)
            with self._db.write() as session:
                tender_id = self._quoting.accept(session, settlement_id, wish, terminal)
            if tender_id and wish.auth_code:
                self._codes[tender_id] = wish.auth_code
            self._run(settlement_id)
            return self.view(settlement_id, terminal.kind)

    def cancel(self, settlement_id: str, terminal_kind: str) -> Json:
        """Undo whatever was done."""
        with self._locks.alone(settlement_id):
            with self._db.write() as session:
                row = settlement_of(session, settlement_id)
                if row.state == "COMPLETED":
                    raise Refused("completed")
                if settling.change(session, row.id, "QUOTED", state="CANCELLED", trouble="left"):
                    settling.unlock(session, row)
                elif row.state in ("INSURED", "PAYING"):
                    self._reverse_because(session, row, "left")
            self._run(settlement_id)
            return self.view(settlement_id, terminal_kind)

    def view(self, settlement_id: str, terminal_kind: str) -> Json:
        """As it stands."""
        with self._db.read() as session:
            row = settlement_of(session, settlement_id)
            return settling.settlement_json(
                session, row, terminal_kind, self._slip_key, self._policy
            )

    # --- what the clockwork asks

    def unfinished(self) -> list[str]:
        """Settlements that some step is still owed to, and quotes that are over."""
        now = stamp(self._clock.now())
        with self._db.read() as session:
            moving = select(Settlement.id).where(
                Settlement.state.in_(("INSURED", "PAYING", "REVERSING")), Settlement.next_at <= now
            )
            stale = select(Settlement.id).where(
                Settlement.state == "QUOTED", Settlement.expires_at < now
            )
            return [*session.scalars(moving), *session.scalars(stale)]

    def advance(self, settlement_id: str) -> None:
        """One unfinished settlement, as far as it goes now."""
        with self._locks.alone(settlement_id):
            with self._db.write() as session:
                row = settlement_of(session, settlement_id)
                expired = row.state == "QUOTED" and row.expires_at < stamp(self._clock.now())
                if expired and settling.change(
                    session, row.id, "QUOTED", state="CANCELLED", trouble="not_open"
                ):
                    settling.unlock(session, row)
            self._run(settlement_id)

    # --- the steps

    def _run(self, settlement_id: str) -> None:
        """Step after step until one has to wait."""
        for _ in range(_MOST_STEPS):
            with self._db.read() as session:
                row = settlement_of(session, settlement_id)
                tenders = tenders_of(session, settlement_id)
            match row.state:
                case "INSURED":
                    going = self._insure(row)
                case "PAYING":
                    going = self._take_next(row, tenders)
                case "REVERSING":
                    going = self._undo_next(row, tenders)
                case _:
                    return
            if not going:
                return

    def _insure(self, row: Settlement) -> bool:
        """2207 under our msgid; asked by 5203 when its word was lost."""
        if row.insurance_state == "NONE":
            return self._book(row, lambda session, r: self._paying(session, r))
        with self._db.read() as session:
            lines = fee_lines(session, row.id)
        msgid = msgid_of(row.id)
        match self._insurance.settle(msgid, row.psn_no, row.id, lines):
            case insurer.Split(fund_fen, account_fen, setl_id=setl_id):
                return self._insured(row, fund_fen, account_fen, setl_id)
            case insurer.RefusedBy():
                return self._reverse(row, "insurance_refused")
            case Silent():
                return self._wait(row, "insurance_silent")

    def _insured(self, row: Settlement, fund_fen: int, account_fen: int, setl_id: str) -> bool:
        """Booked with the amounts it really settled; other than quoted is undone."""
        changed = (fund_fen, account_fen) != (row.fund_fen, row.account_fen)

        def book(session: Session, fresh: Settlement) -> None:
            fresh.fund_fen, fresh.account_fen = fund_fen, account_fen
            settling.insured(session, fresh, setl_id, self._clock.now())
            if changed:
                self._reverse_because(session, fresh, "amount_changed")
            else:
                self._paying(session, fresh)

        return self._book(row, book)

    def _paying(self, session: Session, row: Settlement) -> None:
        row.state = "PAYING"
        self._due_now(row)

    def _take_next(self, row: Settlement, tenders: list[Tender]) -> bool:
        tender = next((t for t in tenders if t.state != "TAKEN"), None)
        now = self._clock.now()
        if tender is None:
            return self._book(
                row, lambda s, r: settling.complete(s, r, self._slip_key, self._clock.now())
            )
        match tender.kind:
            case "PREPAY_BALANCE":
                return self._take_balance(row, tender)
            case "PREAUTH":
                return self._take_hold(row, tender)
            case "SCAN":
                return self._take_scan(row, tender, now)
            case _:
                return self._taken(row, tender)

    def _take_balance(self, row: Settlement, tender: Tender) -> bool:
        def book(session: Session, fresh: Settlement) -> None:
            if ledger.balance(session, f"prepaid:{row.person_id}") < tender.amount_fen:
                self._reverse_because(session, fresh, "amount_changed")
            else:
                mine = session.get_one(Tender, tender.id)
                settling.take(session, fresh, mine, self._clock.now())

        return self._book(row, book)

    def _take_hold(self, row: Settlement, tender: Tender) -> bool:
        self._asked(tender)
        with self._db.read() as session:
            auth_code = session.get_one(Hold, tender.hold_id).auth_code
        match self._acquirer.complete_hold(auth_code, tender.id, tender.amount_fen):
            case Done():
                return self._taken(row, tender)
            case Declined():
                return self._reverse(row, "hold_refused", untaken=tender)
            case Silent():
                return self._wait(row, "hold_refused")

    def _take_scan(self, row: Settlement, tender: Tender, now: datetime) -> bool:
        poll = self._policy.polls[tender.channel]
        code = self._codes.pop(tender.id, "")
        if tender.state == "PLANNED" and not code:
            return self._reverse(row, "pay_not_confirmed", untaken=tender)
        if tender.state == "PLANNED":
            self._asked(tender)
            return self._heard(
                row, tender, self._acquirer.micropay(tender.id, code, tender.amount_fen)
            )
        called = datetime.fromisoformat(tender.called_at)
        if now < called + timedelta(seconds=poll.first):
            return self._again(row, called + timedelta(seconds=poll.first))
        return self._heard(row, tender, self._acquirer.query(tender.id))

    def _heard(
        self,
        row: Settlement,
        tender: Tender,
        word: bank.Paid | bank.Paying | Declined | bank.Closed | NotFound | Silent,
    ) -> bool:
        now, poll = self._clock.now(), self._policy.polls[tender.channel]
        match word:
            case bank.Paid():
                return self._taken(row, tender)
            case Declined(code):
                reason = _DECLINED.get(code, "pay_refused")
                return self._reverse(row, reason, untaken=tender)
            case bank.Closed():
                return self._reverse(row, "pay_not_confirmed", untaken=tender)
            case bank.Paying() | NotFound() | Silent():
                with self._db.read() as session:
                    called_at = session.get_one(Tender, tender.id).called_at
                called = datetime.fromisoformat(called_at)
                if now >= called + timedelta(seconds=poll.decide):
                    return self._reverse(row, "pay_not_confirmed")
                pause = poll.every if tender.state == "PAYING" else poll.first
                return self._again(row, now + timedelta(seconds=pause))
            case other:
                assert_never(other)

    # --- undoing, the last first

    def _undo_next(self, row: Settlement, tenders: list[Tender]) -> bool:
        tender = next((t for t in reversed(tenders) if t.state in ("PAYING", "TAKEN")), None)
        if tender is not None:
            return self._undo(row, tender)
        if row.insurance_state in ("ASKED", "SETTLED", "REVERSING"):
            return self._uninsure(row)

        def book(session: Session, fresh: Settlement) -> None:
            fresh.state = "REVERSED" if settling.gave_back(session, fresh) else "CANCELLED"
            settling.unlock(session, fresh)

        return self._book(row, book)

    def _undo(self, row: Settlement, tender: Tender) -> bool:
        match tender.kind:
            case "SCAN":
                poll = self._policy.polls[tender.channel]
                earliest = datetime.fromisoformat(tender.called_at) + timedelta(
                    seconds=poll.reverse_not_before
                )
                if self._clock.now() < earliest:
                    return self._again(row, earliest)
                word: Done | bank.Again | Declined | Silent = self._acquirer.reverse(tender.id)
            case "PREAUTH":
                word = self._undo_hold(tender)
            case _:
                word = Done()
        match word:
            case Done():
                return self._book(
                    row,
                    lambda s, r: settling.give_back(
                        s, r, s.get_one(Tender, tender.id), self._clock.now()
                    ),
                )
            case bank.Again() | Declined() | Silent():
                return self._wait(row, row.trouble)
            case other:
                assert_never(other)

    def _undo_hold(self, tender: Tender) -> Done | Declined | Silent:
        """Cancelling closes the number for ever, also one whose completion is still on its way."""
        word = self._acquirer.cancel_completion(tender.id)
        if isinstance(word, Declined):
            asked = self._acquirer.complete_query(tender.id)
            return Done() if isinstance(asked, NotFound | bank.Closed) else word
        return word

    def _uninsure(self, row: Settlement) -> bool:
        """2208 for a settlement we know; 2601 then 5203 for one whose word was lost."""
        msgid = msgid_of(row.id)
        if row.setl_id:
            if isinstance(self._insurance.reverse(row.setl_id, row.psn_no, row.id), Done):
                return self._book(row, lambda s, r: settling.uninsured(s, r, self._clock.now()))
            return self._wait(row, row.trouble)
        if not isinstance(self._insurance.annul(msgid, row.psn_no), Done):
            return self._wait(row, row.trouble)
        match self._insurance.find(msgid, row.psn_no):
            case NotFound():
                return self._book(row, lambda s, r: settling.uninsured(s, r, self._clock.now()))
            case insurer.Split(setl_id=setl_id):
                return self._book(
                    row, lambda s, r: settling.insured(s, r, setl_id, self._clock.now())
                )
            case Silent():
                return self._wait(row, row.trouble)

    # --- booking

    def _book(self, row: Settlement, change: settling.Change) -> bool:
        """Apply a change if nobody moved the row meanwhile."""
        with self._db.write() as session:
            fresh = settlement_of(session, row.id)
            if fresh.state != row.state:
                return True
            change(session, fresh)
        return True

    def _taken(self, row: Settlement, tender: Tender) -> bool:
        def book(session: Session, fresh: Settlement) -> None:
            mine = session.get_one(Tender, tender.id)
            settling.take(session, fresh, mine, self._clock.now())

        return self._book(row, book)

    def _asked(self, tender: Tender) -> None:
        with self._db.write() as session:
            mine = session.get_one(Tender, tender.id)
            if mine.state == "PLANNED":
                mine.state, mine.called_at = "PAYING", stamp(self._clock.now())

    def _reverse(self, row: Settlement, reason: str, untaken: Tender | None = None) -> bool:
        def book(session: Session, fresh: Settlement) -> None:
            if untaken is not None:
                session.get_one(Tender, untaken.id).state = "RETURNED"
            self._reverse_because(session, fresh, reason)

        return self._book(row, book)

    def _reverse_because(self, session: Session, row: Settlement, reason: str) -> None:
        row.state, row.trouble = "REVERSING", reason
        self._due_now(row)
        limit = self._clock.now() + timedelta(seconds=self._policy.doubt.give_up_after)
        row.decide_at = stamp(limit)
        session.flush()

    def _due_now(self, row: Settlement) -> None:
        row.next_at = stamp(self._clock.now())

    def _again(self, row: Settlement, at: datetime) -> bool:
        self._book(row, lambda _s, r: setattr(r, "next_at", stamp(at)))
        return False

    def _wait(self, row: Settlement, reason: str) -> bool:
        """Nobody answered: ask again later; at the limit a person owns it."""
        now = self._clock.now()

        def book(session: Session, fresh: Settlement) -> None:
            if stamp(now) >= fresh.decide_at:
                log.warning("settlement %s is handed to a person", fresh.id)
                fresh.trouble = reason or "being_checked"
                evidence = f"{fresh.state}, insurance {fresh.insurance_state}"
                settling.suspend(session, fresh, evidence, self._policy, now)
            else:
                fresh.next_at = stamp(now + timedelta(seconds=self._policy.doubt.ask_every))

        self._book(row, book)
        return False
