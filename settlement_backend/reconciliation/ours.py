"""Our own movements of money that a bank carried out, as `compare` wants them.

Talks to the database for looking only. What a reader would get wrong: a movement is found by the
day it was booked and also by the numbers that the other side's files name, because what we still
think unknown has no day of ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from settlement_backend.acquirers.banks import LEAD
from settlement_backend.holds.tables import Hold
from settlement_backend.ledger.tables import Posting
from settlement_backend.reconciliation.compare import Key, Kind, Ours
from settlement_backend.refunds.tables import Payout, RefundPart
from settlement_backend.settling.settling import outside_account
from settlement_backend.settling.tables import Settlement, Tender
from settlement_backend.terminals.tables import Terminal

WALLETS = ("SCAN", "ONE_CODE", "BOUND_DEBIT", "REMOTE")
CREDIT = ("CREDIT_LINE", "FAMILY_CREDIT_LINE")
CARDS = ("BANK_CARD", "PREAUTH")
AT_BANKS = (*WALLETS, *CREDIT, *CARDS)
TRANSFER = "TRANSFER"
_ASKED = ("PAYING", "UNKNOWN")
_AT_ONCE = 500
State = Literal["BOOKED", "UNKNOWN", "UNDONE", "NOT_ASKED"]


@dataclass(frozen=True, slots=True)
class Window:
    """The days around one day, and the numbers that the files of these days name."""

    since: str
    until: str
    numbers: tuple[str, ...]
    banks: tuple[str, ...]
    campuses: dict[str, str]

    def has(self, column: ColumnElement[str] | InstrumentedAttribute[str]) -> ColumnElement[bool]:
        """A stamp within."""
        return and_(column >= self.since, column < self.until)

    def asked(
        self, timed: ColumnElement[bool], *columns: InstrumentedAttribute[str]
    ) -> Iterator[ColumnElement[bool]]:
        """Conditions one after the other: by time, then by the numbers in these columns."""
        yield timed
        for column in columns:
            for begin in range(0, len(self.numbers), _AT_ONCE):
                yield column.in_(self.numbers[begin : begin + _AT_ONCE])

    def bank(self, name: str) -> str:
        """A bank that is not configured is the lead bank's."""
        return name if name in self.banks else LEAD


def window(session: Session, day: date, numbers: Iterable[str], banks: tuple[str, ...]) -> Window:
    """The day before to the day after."""
    since, until = day - timedelta(days=1), day + timedelta(days=2)
    campuses = {row.id: row.campus for row in session.scalars(select(Terminal))}
    named = tuple(sorted(set(numbers)))
    return Window(since.isoformat(), until.isoformat(), named, banks, campuses)


def tenders(session: Session, within: Window) -> Iterator[Ours]:
    """Payments, and those that were taken back as a whole."""
    returned = aliased(Posting)
    wanted = (
        select(Tender, Settlement, Hold, returned.at)
        .join(Settlement, Settlement.id == Tender.settlement_id)
        .outerjoin(Hold, Hold.id == Tender.hold_id)
        .outerjoin(returned, returned.name == "return/" + Tender.id)
        .where(Tender.kind.in_(AT_BANKS))
    )
    timed = or_(within.has(Tender.called_at), within.has(Tender.taken_at), within.has(returned.at))
    for condition in within.asked(timed, Tender.id, Hold.reference):
        for tender, settlement, hold, returned_at in session.execute(wanted.where(condition)):
            yield from _of_tender(tender, settlement, hold, returned_at or "", within)


def _of_tender(
    tender: Tender, settlement: Settlement, hold: Hold | None, returned_at: str, within: Window
) -> Iterator[Ours]:
    number = number_of(tender, hold)

    def one(kind: Kind, state: State, at: str) -> Ours:
        return Ours(
            key=Key(within.bank(tender.acquirer), channel_of(tender), kind, number),
            state=state,
            amount_fen=tender.amount_fen,
            at=datetime.fromisoformat(at),
            account=outside_account(tender),
            person_id=settlement.person_id,
            about=settlement.id,
            campus=within.campuses.get(tender.terminal_id or settlement.terminal_id, ""),
        )

    taken_at = tender.taken_at or tender.called_at or settlement.created_at
    if tender.state == "TAKEN":
        yield one("PAY", "BOOKED", taken_at)
    elif returned_at:
        yield one("PAY", "BOOKED", taken_at)
        yield one("REVOKED", "BOOKED", returned_at)
    elif tender.state == "RETURNED":
        yield one("PAY", "UNDONE", taken_at)
        yield one("REVOKED", "UNDONE", taken_at)
    else:
        yield one("PAY", "UNKNOWN" if tender.state in _ASKED else "NOT_ASKED", taken_at)


def channel_of(tender: Tender) -> str:
    """Whose file has it."""
    if tender.kind in WALLETS:
        return tender.channel
    return "CREDIT" if tender.kind in CREDIT else "CARD"


def number_of(tender: Tender, hold: Hold | None) -> str:
    """A card terminal completes a hold under the hold's own reference."""
    at_pos = hold is not None and hold.completer == "THIS_POS"
    return hold.reference if hold is not None and at_pos else tender.id


def refunds(session: Session, within: Window) -> Iterator[Ours]:
    """What goes back on the route it came."""
    wanted = (
        select(RefundPart, Tender, Settlement, Hold, Posting.at)
        .join(Tender, Tender.id == RefundPart.tender_id)
        .join(Settlement, Settlement.id == Tender.settlement_id)
        .outerjoin(Hold, Hold.id == Tender.hold_id)
        .outerjoin(Posting, Posting.name == "refund/" + RefundPart.id)
        .where(RefundPart.route == Tender.kind, Tender.kind.in_(AT_BANKS))
    )
    timed = or_(within.has(Posting.at), RefundPart.state == "ASKED")
    for condition in within.asked(timed, RefundPart.id):
        for part, tender, settlement, hold, at in session.execute(wanted.where(condition)):
            bank = within.bank(tender.acquirer)
            yield Ours(
                key=Key(bank, channel_of(tender), "REFUND", part.id),
                state=part_state(part.state),
                amount_fen=part.amount_fen,
                at=datetime.fromisoformat(at or settlement.settled_at or settlement.created_at),
                account=outside_account(tender),
                originals=(tender.id, number_of(tender, hold)),
                person_id=settlement.person_id,
                about=part.refund_id,
                campus=within.campuses.get(tender.terminal_id or settlement.terminal_id, ""),
            )


def part_state(state: str) -> State:
    """Of a part of a refund or a clean-out."""
    if state == "DONE":
        return "BOOKED"
    return "UNKNOWN" if state == "ASKED" else "NOT_ASKED"


def transfers(session: Session, within: Window) -> Iterator[Ours]:
    """Payments to accounts, and those that came back after they had been paid."""
    paid, back = aliased(Posting), aliased(Posting)
    wanted = (
        select(Payout, paid.at, back.at)
        .outerjoin(paid, paid.name == "payout/" + Payout.id)
        .outerjoin(back, back.name == "payback/" + Payout.id)
    )
    timed = or_(within.has(paid.at), within.has(back.at), Payout.state == "SENT")
    for condition in within.asked(timed, Payout.id):
        for payout, paid_at, back_at in session.execute(wanted.where(condition)):
            asked: State = "UNKNOWN" if payout.state == "SENT" else "NOT_ASKED"
            yield _transfer(payout, "REFUND", "BOOKED" if paid_at else asked, paid_at or payout.at)
            if back_at:
                yield _transfer(payout, "PAY", "BOOKED", back_at)


def _transfer(payout: Payout, kind: Kind, state: State, at: str) -> Ours:
    return Ours(
        key=Key(LEAD, TRANSFER, kind, payout.id),
        state=state,
        amount_fen=payout.amount_fen,
        at=datetime.fromisoformat(at),
        account="outside:transfer",
        about=payout.of,
    )
