"""What a settlement is in the database: its bills, its tenders, its states.

No outside call here: the saga calls the world and books its words by these functions, each in one
transaction. Guards are conditional UPDATEs: whoever changes the row first wins.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from settlement_backend.base.clock import later, stamp
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.bills.payable import may_pay
from settlement_backend.bills.tables import Bill
from settlement_backend.cases.cases import open_case
from settlement_backend.ledger.tables import LedgerEntry
from settlement_backend.people import relatives
from settlement_backend.people.tables import Person
from settlement_backend.policy.decision import required
from settlement_backend.policy.profile import Policy
from settlement_backend.settling.tables import Settlement, Tender
from settlement_backend.terminals.tables import Terminal

FINAL = ("COMPLETED", "CANCELLED", "REVERSED", "SUSPENSE")
_ORDER_DIGITS = 28  # with "-<place>" and a refund's "R" at most 32: what UnionPay keeps (B.4)
_ALONE = ("INPATIENT", "DEPOSIT")
_BY_CHANNEL = {
    "SCAN": "outside:scan",
    "ONE_CODE": "outside:onecode",
    "BOUND_DEBIT": "outside:debit",
    "REMOTE": "outside:remote",
}
_OUTSIDE = {
    "PREAUTH": "outside:hold",
    "CASH": "outside:cash",
    "BANK_CARD": "outside:card",
    "CREDIT_LINE": "outside:credit:own",
    "FAMILY_CREDIT_LINE": "outside:credit:family",
    "COMMERCIAL_DIRECT": "outside:claim",
}


@dataclass(frozen=True, slots=True)
class Borne:
    """What others than the patient bear of a settlement, in fen."""

    fund_fen: int
    account_fen: int
    mutual_fen: int = 0
    hospital_fen: int = 0

    @property
    def total_fen(self) -> int:
        """All of it; the rest of the bill is self-pay."""
        return self.fund_fen + self.account_fen + self.mutual_fen + self.hospital_fen


def settlement_of(session: Session, settlement_id: str) -> Settlement:
    """Raises NoSuch."""
    row = session.get(Settlement, settlement_id)
    if row is None:
        raise NoSuch("unknown_settlement")
    return row


def bills_of(session: Session, settlement_id: str) -> list[Bill]:
    """The bills it locks or has paid."""
    return list(
        session.scalars(
            select(Bill)
            .where(Bill.settlement_id == settlement_id)
            .order_by(Bill.issued_at, Bill.id)
        )
    )


def tenders_of(session: Session, settlement_id: str) -> list[Tender]:
    """In the order of taking: what a card terminal must do here comes after what others can undo,
    and cash last of all, because booking it cannot fail."""
    found = session.scalars(
        select(Tender).where(Tender.settlement_id == settlement_id).order_by(Tender.place)
    )
    return sorted(found, key=_turn)


def _turn(tender: Tender) -> int:
    if tender.kind == "CASH":
        return 2
    return 1 if tender.channel == "POS" and tender.hold_id else 0


def tender_id(settlement_id: str, place: int) -> str:
    """The order number of a settlement's tender: the same for ever, at most 30 characters."""
    return f"{hashlib.sha256(settlement_id.encode()).hexdigest()[:_ORDER_DIGITS]}-{place}"


def lock(
    session: Session,
    settlement_id: str,
    person: Person,
    wanted: Sequence[tuple[str, int]],
    terminal: Terminal,
    policy: Policy,
    now: datetime,
    relation_id: str = "",
) -> Settlement:
    """Lock the bills for this settlement, or say why not (N18, S20, F90, F91)."""
    special = set(policy.identity.window_only).intersection(person.identities.split(","))
    if special and terminal.kind == "kiosk":
        raise Refused("window_only")
    _check_relative(session, person, relation_id, terminal)
    row = Settlement(
        id=settlement_id,
        person_id=person.id,
        terminal_id=terminal.id,
        state="QUOTED",
        total_fen=0,
        created_at=stamp(now),
        expires_at=later(now, policy.quote_minutes * 60),
        relation_id=relation_id,
    )
    session.add(row)
    session.flush()
    for bill_id, version in wanted:
        locked = session.execute(
            update(Bill)
            .where(
                Bill.id == bill_id,
                Bill.person_id == person.id,
                Bill.version == version,
                Bill.state == "OPEN",
            )
            .values(state="LOCKED", settlement_id=settlement_id)
        )
        if locked.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult for UPDATE
            raise _why_not(session, session.get(Bill, bill_id), person, version)
    bills = bills_of(session, settlement_id)
    for bill in bills:
        required(may_pay(session, bill, terminal.kind, policy))
    row.kind = _kind(bills)
    row.total_fen = row.due_fen = sum(bill.total_fen for bill in bills)
    return row


def _check_relative(session: Session, person: Person, relation_id: str, terminal: Terminal) -> None:
    """A relative pays on a phone, and only while the patient lets him (N17, N18)."""
    if not relation_id:
        return
    relation = relatives.relation_of(session, relation_id)
    stands = (relation.person_id, relation.state) == (person.id, "ACTIVE")
    may = relatives.may_pay(session, person.id, relation.id_number)
    if terminal.kind != "mobile" or not stands or not may:
        raise Refused("relative_may_not_pay")


def _kind(bills: Sequence[Bill]) -> str:
    """Bills of an admission and deposits are settled by themselves. Raises Refused."""
    kinds = {bill.kind for bill in bills}
    if kinds == {"REGISTRATION"}:
        return "REGISTRATION"
    alone = kinds.intersection(_ALONE)
    if not alone:
        return "OUTPATIENT"
    if len(kinds) > 1 or len({bill.admission_id for bill in bills}) > 1:
        raise Refused("bills_do_not_mix")
    return alone.pop()


def _why_not(session: Session, bill: Bill | None, person: Person, version: int) -> Refused:
    if bill is None or bill.person_id != person.id:
        return Refused("not_found")
    if bill.state == "PAID":
        return Refused("bill_paid", _by_relative(session, bill, "paid_by_relative"))
    if bill.version != version or bill.state == "CANCELLED":
        return Refused("bill_changed")
    return Refused("bill_locked", _by_relative(session, bill, "being_paid_by_relative"))


def _by_relative(session: Session, bill: Bill, word: str) -> str:
    """The word when a relative's phone pays or has paid this bill (N18), "" else."""
    row = session.get(Settlement, bill.settlement_id)
    return word if row is not None and row.relation_id else ""


def borne(row: Settlement) -> Borne:
    """As quoted, and as settled once it is."""
    return Borne(row.fund_fen, row.account_fen, row.mutual_fen, row.hospital_fen)


def as_settled(session: Session, settlement: Settlement) -> Borne:
    """As first settled, whatever was refunded since."""
    entries = select(LedgerEntry.account, LedgerEntry.amount_fen).where(
        LedgerEntry.posting == f"insure/{settlement.id}", LedgerEntry.side == "D"
    )
    paid = {row.account: row.amount_fen for row in session.execute(entries)}
    return Borne(
        paid.get("outside:insurance:fund", 0),
        paid.get("outside:insurance:account", 0),
        paid.get("outside:insurance:mutual", 0),
        paid.get("borne:hospital", 0),
    )


def outside_account(tender: Tender) -> str:
    """Where a tender's money really is; not for balances that are kept here."""
    if tender.kind in _BY_CHANNEL:
        return f"{_BY_CHANNEL[tender.kind]}:{tender.channel}"
    return _OUTSIDE[tender.kind]


def admission_of(session: Session, row: Settlement) -> str:
    """The admission whose bills these are, "" for an outpatient."""
    return next((bill.admission_id for bill in bills_of(session, row.id)), "")


def change(session: Session, settlement_id: str, before: str, **values: object) -> bool:
    """Move the row on from one state; False when somebody else did."""
    moved = session.execute(
        update(Settlement)
        .where(Settlement.id == settlement_id, Settlement.state == before)
        .values(**values)
    )
    return bool(moved.rowcount == 1)  # type: ignore[attr-defined]  # a CursorResult for UPDATE


def unlock(session: Session, row: Settlement) -> None:
    """The bills are open again; nothing of this settlement was kept."""
    session.execute(
        update(Bill)
        .where(Bill.settlement_id == row.id, Bill.state == "LOCKED")
        .values(state="OPEN", settlement_id="")
    )


def suspend(
    session: Session, row: Settlement, evidence: str, policy: Policy, now: datetime
) -> None:
    """Nobody can know: a person owns it, and the bills stay locked by it."""
    row.suspended_in, row.state = row.state, "SUSPENSE"
    row.trouble = row.trouble or "being_checked"
    open_case(
        session,
        policy.doubt,
        now,
        operation_kind="settle",
        operation_id=row.id,
        amount_fen=row.total_fen,
        evidence=evidence,
        person_id=row.person_id,
        anew=True,
    )
