"""Payments to bank accounts: queued by refunds and clean-outs, sent together, looked after (W29).

Talks to the bank through `transfers`, never inside a transaction. A batch has its number before
it is sent and keeps it until the bank's word is known. What a reader would get wrong: a payment
that was PAID may come back; its owner is told, and pays again under a new number only then.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, assert_never

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from core.identity import mask_number
from settlement_backend.base.clock import later, stamp
from settlement_backend.base.context import Context
from settlement_backend.base.outside import NotFound, Silent
from settlement_backend.cases.cases import open_case
from settlement_backend.ledger import ledger
from settlement_backend.ledger.ledger import Move
from settlement_backend.refunds.tables import Payout, PayoutBatch
from settlement_backend.refunds.transfers import Accepted, Item, ItemAt, RefusedBatch, Transfers

OUTSIDE = "outside:transfer"
_MOST_ITEMS = 1000
_ASK_PAID_AGAIN_S = 3600.0
_BATCH_DIGITS = 20


@dataclass(frozen=True, slots=True)
class Payee:
    """A bank account and its holder's name, as the holder's bank knows it."""

    name: str
    account_no: str
    bank: str

    def __repr__(self) -> str:
        return "Payee()"


class Owner(Protocol):
    """Whose money it is: told inside the transaction that books the word."""

    def payout_paid(self, session: Session, payout: Payout) -> None:
        """The bank paid it."""

    def payout_returned(self, session: Session, payout: Payout) -> None:
        """The bank could not pay it, or took it back; the money is where it was."""

    def payout_unknown(self, session: Session, payout: Payout) -> None:
        """The bank has said nothing for too long; it is still asked."""


def queue(
    session: Session,
    of_kind: str,
    of: str,
    part_id: str,
    account: str,
    payee: Payee,
    amount_fen: int,
    now: datetime,
) -> Payout:
    """One more payment for the next batch; a part that came back gets a new number."""
    tries = session.scalar(select(func.count()).where(Payout.part_id == part_id)) or 0
    payout = Payout(
        id=f"{part_id}-T{tries}",
        of_kind=of_kind,
        of=of,
        part_id=part_id,
        account=account,
        payee_name=payee.name,
        account_no=payee.account_no,
        bank=payee.bank,
        amount_fen=amount_fen,
        state="QUEUED",
        at=stamp(now),
    )
    session.add(payout)
    session.flush()
    return payout


class Payouts:
    """All payments to bank accounts of this backend."""

    def __init__(self, context: Context, transfers: Transfers) -> None:
        self._db, self._clock, self._policy = context.db, context.clock, context.policy
        self._transfers = transfers
        self._owners: dict[str, Owner] = {}

    def belongs_to(self, of_kind: str, owner: Owner) -> None:
        """Who hears about payments of a kind."""
        self._owners[of_kind] = owner

    def gather(self) -> None:
        """What is queued becomes one batch with its number."""
        now = self._clock.now()
        with self._db.write() as session:
            queued = select(Payout.id).where(Payout.state == "QUEUED").order_by(Payout.at)
            ids = list(session.scalars(queued.limit(_MOST_ITEMS)))
            if not ids:
                return
            batch_no = "B" + hashlib.sha256("\n".join(ids).encode()).hexdigest()[:_BATCH_DIGITS]
            taken = session.execute(
                update(Payout)
                .where(Payout.id.in_(ids), Payout.state == "QUEUED")
                .values(state="SENT", batch_no=batch_no)
            )
            if taken.rowcount == 0:  # type: ignore[attr-defined]  # a CursorResult for UPDATE
                return
            limit = later(now, self._policy.doubt.give_up_after)
            session.add(
                PayoutBatch(
                    id=batch_no, state="MADE", at=stamp(now), next_at=stamp(now), decide_at=limit
                )
            )

    def unfinished(self) -> list[str]:
        """Batches whose word is due."""
        due = select(PayoutBatch.id).where(
            PayoutBatch.state.in_(("MADE", "ACCEPTED")),
            PayoutBatch.next_at <= stamp(self._clock.now()),
        )
        with self._db.read() as session:
            return list(session.scalars(due))

    def advance(self, batch_no: str) -> None:
        """Send it, or ask how it stands."""
        with self._db.locks.alone(f"payouts/{batch_no}"):
            with self._db.read() as session:
                batch = session.get_one(PayoutBatch, batch_no)
                payouts = _of_batch(session, batch_no)
            if batch.state == "MADE":
                self._send(batch, payouts)
            elif batch.state == "ACCEPTED":
                self._ask(batch)

    def _send(self, batch: PayoutBatch, payouts: list[Payout]) -> None:
        items = [Item(p.id, p.payee_name, p.account_no, p.bank, p.amount_fen) for p in payouts]
        word = self._transfers.send(batch.id, items)
        with self._db.write() as session:
            row = session.get_one(PayoutBatch, batch.id)
            match word:
                case Accepted():
                    row.state = "ACCEPTED"
                    self._again(row)
                case RefusedBatch(code):
                    row.state = "REFUSED"
                    self._hand_over(session, row, f"the bank refuses the batch: {code}")
                case Silent():
                    self._doubt(session, row)
                case _:
                    assert_never(word)

    def _ask(self, batch: PayoutBatch) -> None:
        word = self._transfers.query(batch.id)
        with self._db.write() as session:
            row = session.get_one(PayoutBatch, batch.id)
            match word:
                case tuple():
                    self._heard(session, row, word)
                case NotFound() | Silent():
                    self._doubt(session, row)
                case _:
                    assert_never(word)

    def _heard(self, session: Session, batch: PayoutBatch, items: tuple[ItemAt, ...]) -> None:
        told = {item.item_no: item for item in items}
        payouts = _of_batch(session, batch.id)
        for payout in payouts:
            item = told.get(payout.id)
            if item is not None and item.state == "PAID" and payout.state == "SENT":
                self._paid(session, payout)
            elif item is not None and item.state == "RETURNED" and payout.state != "RETURNED":
                self._returned(session, payout, item.code)
        now = self._clock.now()
        watched = timedelta(days=self._policy.refund.watch_transfers_days)
        over = now > datetime.fromisoformat(batch.at) + watched
        if any(payout.state == "SENT" for payout in payouts):
            self._again(batch)
            if over:
                self._hand_over(session, batch, "the bank does not finish the batch")
        elif over:
            batch.state = "DONE"
        else:
            batch.next_at = later(now, _ASK_PAID_AGAIN_S)

    def _paid(self, session: Session, payout: Payout) -> None:
        at = stamp(self._clock.now())
        move = Move(payout.account, OUTSIDE, payout.amount_fen)
        ledger.post(session, f"payout/{payout.id}", at, [move])
        payout.state, payout.paid_at = "PAID", at
        payout.account_no = mask_number(payout.account_no)
        self._owners[payout.of_kind].payout_paid(session, payout)

    def _returned(self, session: Session, payout: Payout, code: str) -> None:
        if payout.state == "PAID":
            move = Move(OUTSIDE, payout.account, payout.amount_fen)
            ledger.post(session, f"payback/{payout.id}", stamp(self._clock.now()), [move])
        payout.state, payout.code = "RETURNED", code
        payout.account_no = mask_number(payout.account_no)
        self._owners[payout.of_kind].payout_returned(session, payout)

    def _again(self, batch: PayoutBatch) -> None:
        batch.next_at = later(self._clock.now(), self._policy.doubt.ask_every)

    def _doubt(self, session: Session, batch: PayoutBatch) -> None:
        """Asked again under its number; past the limit a person knows of it too."""
        self._again(batch)
        if stamp(self._clock.now()) >= batch.decide_at:
            self._hand_over(session, batch, "the bank says nothing about the batch")

    def _hand_over(self, session: Session, batch: PayoutBatch, evidence: str) -> None:
        open_payouts = [p for p in _of_batch(session, batch.id) if p.state == "SENT"]
        open_case(
            session,
            self._policy.doubt,
            self._clock.now(),
            operation_kind="transfer",
            operation_id=batch.id,
            amount_fen=sum(payout.amount_fen for payout in open_payouts),
            evidence=evidence,
            person_id="",
        )
        for payout in open_payouts:
            self._owners[payout.of_kind].payout_unknown(session, payout)


def _of_batch(session: Session, batch_no: str) -> list[Payout]:
    return list(session.scalars(select(Payout).where(Payout.batch_no == batch_no)))
