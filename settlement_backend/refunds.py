"""Refunds: asked for, reviewed by a second person, confirmed, then carried out (domain.md B.15).

Talks to insurance and acquirer, never inside a transaction. Order: the old insurance settlement
is cancelled, what stays is settled anew, then the money goes back by its routes. `stage` is
written before each outside step: REVERSE, SETTLE, MONEY. What a reader would get wrong: every
step is repeated under its own number until its word is known, never under a new one.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import assert_never

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend import acquirer as bank
from settlement_backend import insurance as insurer
from settlement_backend import ledger
from settlement_backend import refund_books as books
from settlement_backend.acquirer import Acquirer, RefundOutcome
from settlement_backend.clock import Clock, stamp
from settlement_backend.database import Database
from settlement_backend.errors import Refused
from settlement_backend.insurance import Insurance, Split, msgid_of
from settlement_backend.ledger import Move
from settlement_backend.models import Refund, RefundPart, Settlement
from settlement_backend.outside import Done, Json, NotFound, Silent
from settlement_backend.refund_books import completed, refund_of
from settlement_backend.refund_plan import (
    Lines,
    PlanImpossible,
    claimed_lines,
    expected,
    parts_of,
    refund_json,
    standing_msgid,
    stored_parts,
    wanted_lines,
)
from settlement_backend.slips import mint

_ASK_AGAIN_S = 1.0
_NOTHING = Split(0, 0, 0)


class Refunds:
    """All refunds of this backend. `owner`: who gets the cases nobody can resolve."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        acquirer: Acquirer,
        insurance: Insurance,
        slip_key: bytes,
        owner: str = "cashier-office",
    ) -> None:
        self._db, self._clock = db, clock
        self._acquirer, self._insurance = acquirer, insurance
        self._slip_key, self._owner = slip_key, owner
        self._one_at_a_time = threading.Lock()
        self._not_before: dict[str, datetime] = {}

    def request(
        self, key: str, settlement_id: str, line_ids: Sequence[str], reason: str, operator: str
    ) -> Json:
        """ACCEPTED with its plan; no money moves. The same key answers the same refund.

        Raises Refused `not_settled`, `nothing_to_refund`, `already_refunded`, `item_executed`,
        `insurance_silent`, `insurance_refused`. A settlement has one refund under way at most.
        """
        refund_id = hashlib.sha256(key.encode()).hexdigest()[:30]
        with self._db.read() as session:
            known = session.get(Refund, refund_id)
            if known is not None:
                return refund_json(session, known, self._slip_key)
            settlement = completed(session, settlement_id)
            lines = wanted_lines(session, settlement, line_ids)
        new = self._quote(settlement, lines)
        refund = Refund(
            id=refund_id,
            settlement_id=settlement_id,
            line_ids=",".join(line.id for line in lines.back),
            reason=reason,
            state="ACCEPTED",
            asked_by=operator,
            new_fund_fen=new.fund_fen,
            new_account_fen=new.account_fen,
            at=stamp(self._clock.now()),
        )
        with self._db.write() as session:
            settlement = completed(session, settlement_id)
            books.claim(session, refund)
            session.add(refund)
            session.flush()
            try:
                session.add_all(parts_of(session, refund_id, settlement, lines.back_fen, new))
            except PlanImpossible:
                raise Refused("insurance_refused") from None
            session.flush()
            return refund_json(session, refund, self._slip_key)

    def _quote(self, settlement: Settlement, lines: Lines) -> Split:
        if not settlement.setl_id or not lines.stay:
            return _NOTHING
        psn_no = settlement.psn_no
        quote = self._insurance.quote(psn_no, settlement.id, lines.fee_lines())
        match quote:
            case Split():
                return expected(quote, lines, settlement.account_fen)
            case insurer.RefusedBy():
                raise Refused("insurance_refused")
            case Silent():
                raise Refused("insurance_silent")
            case _:
                assert_never(quote)

    def asked_by(self, refund_id: str) -> str:
        """The operator who asked for it. Raises NoSuch."""
        with self._db.read() as session:
            return refund_of(session, refund_id).asked_by

    def review(self, refund_id: str, reviewer: str, approve: bool) -> Json:
        """A second person's word. Raises Refused `same_person`, and `not_allowed` when it is
        reviewed already, otherwise than now."""
        state = "REVIEWED" if approve else "REJECTED"
        with self._db.write() as session:
            refund = refund_of(session, refund_id)
            if refund.asked_by == reviewer:
                raise Refused("same_person")
            if books.move(session, refund, "ACCEPTED", state=state, reviewed_by=reviewer):
                if not approve:
                    books.free(session, refund)
            elif (refund.state, refund.reviewed_by) != (state, reviewer):
                raise Refused("not_allowed")
            return refund_json(session, refund, self._slip_key)

    def confirm(self, refund_id: str) -> Json:
        """Carry it out as far as it goes now. Raises Refused `not_reviewed`."""
        with self._db.write() as session:
            refund = refund_of(session, refund_id)
            settlement = session.get_one(Settlement, refund.settlement_id)
            stage = "REVERSE" if settlement.setl_id else "SETTLE"
            if books.move(session, refund, "REVIEWED", state="CONFIRMED", stage=stage):
                total_fen = claimed_lines(session, refund).back_fen
                moves = [Move("revenue", books.owed(refund), total_fen)]
                ledger.post(session, f"refund/{refund.id}/revenue", stamp(self._clock.now()), moves)
            elif refund.state in ("ACCEPTED", "REJECTED"):
                raise Refused("not_reviewed")
        self.advance(refund_id)
        return self.view(refund_id)

    def view(self, refund_id: str) -> Json:
        """As it stands. Raises NoSuch."""
        with self._db.read() as session:
            return refund_json(session, refund_of(session, refund_id), self._slip_key)

    def unfinished(self) -> list[str]:
        """Confirmed refunds whose next step is due; a waiting one is asked about each second."""
        now = self._clock.now()
        with self._db.read() as session:
            moving = session.scalars(select(Refund.id).where(Refund.state == "CONFIRMED"))
            return [each for each in moving if self._not_before.get(each, now) <= now]

    def advance(self, refund_id: str) -> None:
        """Step after step until one has to wait."""
        with self._one_at_a_time:
            while self._step(refund_id):
                pass
            self._not_before[refund_id] = self._clock.now() + timedelta(seconds=_ASK_AGAIN_S)

    # --- the steps: each answers whether the next one can follow at once

    def _step(self, refund_id: str) -> bool:
        with self._db.read() as session:
            refund = refund_of(session, refund_id)
            settlement = session.get_one(Settlement, refund.settlement_id)
            lines = claimed_lines(session, refund)
            msgid = standing_msgid(session, settlement)
        if refund.state != "CONFIRMED":
            return False
        match refund.stage:
            case "REVERSE":
                return self._reverse(refund, settlement, msgid)
            case "SETTLE":
                return self._settle(refund, settlement, lines)
        return self._pay_back(refund)

    def _reverse(self, refund: Refund, settlement: Settlement, msgid: str) -> bool:
        """2208; its word lost or a no: what 5203 says of our number is what is so."""
        told = self._insurance.reverse(settlement.setl_id, settlement.psn_no, settlement.id)
        stands = Silent() if told == Done() else self._insurance.find(msgid, settlement.psn_no)
        with self._db.write() as session:
            row = refund_of(session, refund.id)
            if told == Done() or stands == NotFound():
                return books.move(session, row, "CONFIRMED", stage="SETTLE")
            if isinstance(told, insurer.RefusedBy) and isinstance(stands, Split):
                self._suspend(session, row, "the insurance keeps the old settlement")
        return False

    def _settle(self, refund: Refund, settlement: Settlement, lines: Lines) -> bool:
        """What stays is settled anew and booked before any money goes back."""
        new = self._settle_outside(refund, settlement, lines)
        match new:
            case Split():
                word, trouble = new, ""
            case NotFound():
                word, trouble = _NOTHING, "the insurance refuses what stays"
            case Silent():
                return False
            case _:
                assert_never(new)
        with self._db.write() as session:
            row = refund_of(session, refund.id)
            trouble = trouble or books.replan(session, row, word)
            books.book_insurance(session, row, word, self._clock.now())
            if trouble:
                self._suspend(session, row, trouble)
        return not trouble

    def _settle_outside(
        self, refund: Refund, settlement: Settlement, lines: Lines
    ) -> Split | NotFound | Silent:
        """2207 under the refund's own number; a no may come of an earlier try whose word was
        lost, so 5203 has the last word."""
        if not settlement.setl_id or not lines.stay:
            return _NOTHING
        msgid, psn_no = msgid_of(refund.id), settlement.psn_no
        told = self._insurance.settle(msgid, psn_no, settlement.id, lines.fee_lines())
        if isinstance(told, insurer.RefusedBy):
            return self._insurance.find(msgid, psn_no)
        return told

    def _pay_back(self, refund: Refund) -> bool:
        """Every route that is not done; PAID when all are."""
        with self._db.read() as session:
            parts = [p for p in stored_parts(session, refund.id) if p.state != "DONE"]
        outcomes = [self._pay_part(part) for part in parts]
        with self._db.write() as session:
            row = refund_of(session, refund.id)
            if any(isinstance(outcome, bank.Paying | Silent) for outcome in outcomes):
                return False
            if any(isinstance(outcome, bank.Declined) for outcome in outcomes):
                self._suspend(session, row, "the acquirer does not give the money back")
            elif books.move(session, row, "CONFIRMED", state="PAID"):
                person_id = session.get_one(Settlement, row.settlement_id).person_id
                bill_ids = sorted({line.bill_id for line in claimed_lines(session, row).back})
                at = stamp(self._clock.now())
                row.slip_id = mint(session, self._slip_key, "S", person_id, row.id, bill_ids, at).id
        return False

    def _pay_part(self, part: RefundPart) -> RefundOutcome:
        outcome: RefundOutcome = Done()
        if part.route in ("SCAN", "PREAUTH"):
            outcome = self._ask_acquirer(part)
        if isinstance(outcome, Done):
            with self._db.write() as session:
                books.book_part(session, session.get_one(RefundPart, part.id), self._clock.now())
        return outcome

    def _ask_acquirer(self, part: RefundPart) -> RefundOutcome:
        """The part's id is the refund number for ever; one that was asked is looked up first."""
        if part.state == "ASKED":
            known = self._acquirer.refund_query(part.id)
            if not isinstance(known, NotFound):
                return known
        with self._db.write() as session:
            session.get_one(RefundPart, part.id).state = "ASKED"
        if part.route == "SCAN":
            return self._acquirer.refund(part.tender_id, part.id, part.amount_fen)
        return self._acquirer.refund_hold(part.tender_id, part.id, part.amount_fen)

    def _suspend(self, session: Session, refund: Refund, evidence: str) -> None:
        books.suspend(session, refund, self._clock.now(), self._owner, evidence)
