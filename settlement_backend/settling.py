"""What a settlement looks like and what changes in the database: quote, tenders, states.

No outside call here: `saga.py` calls the world and books its words by these functions, each in
one transaction. Guards are conditional UPDATEs: whoever changes the row first wins.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.identity import Audience, mask_name
from settlement_backend import ledger, visits
from settlement_backend.cases import open_case
from settlement_backend.clock import later, stamp
from settlement_backend.errors import NoSuch, Refused
from settlement_backend.holds import hold_json, usable
from settlement_backend.ledger import Move
from settlement_backend.models import (
    Bill,
    Hold,
    LedgerEntry,
    Person,
    Posting,
    Settlement,
    Slip,
    Tender,
    Terminal,
)
from settlement_backend.policy import Policy
from settlement_backend.shapes import Json, bill_json
from settlement_backend.slips import mint, slip_json

Change = Callable[[Session, Settlement], object]

FINAL = ("COMPLETED", "CANCELLED", "REVERSED", "SUSPENSE")
OUTSIDE = {"PREAUTH": "outside:hold", "CASH": "outside:cash"}


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
    """In the order of taking."""
    return list(
        session.scalars(
            select(Tender).where(Tender.settlement_id == settlement_id).order_by(Tender.place)
        )
    )


def lock(
    session: Session,
    settlement_id: str,
    person: Person,
    wanted: Sequence[tuple[str, int]],
    terminal: Terminal,
    policy: Policy,
    now: datetime,
) -> Settlement:
    """Lock the bills for this settlement, or say why not (S20, F90, F91)."""
    special = policy.window_only.intersection(person.identities.split(","))
    if special and terminal.kind == "kiosk":
        raise Refused("window_only")
    row = Settlement(
        id=settlement_id,
        person_id=person.id,
        terminal_id=terminal.id,
        state="QUOTED",
        total_fen=0,
        created_at=stamp(now),
        expires_at=later(now, policy.quote_minutes * 60),
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
            raise _why_not(session.get(Bill, bill_id), person, version)
    row.total_fen = sum(bill.total_fen for bill in bills_of(session, settlement_id))
    row.due_fen = row.total_fen
    return row


def _why_not(bill: Bill | None, person: Person, version: int) -> Refused:
    if bill is None or bill.person_id != person.id:
        return Refused("not_found")
    if bill.state == "PAID":
        return Refused("bill_paid")
    if bill.version != version or bill.state == "CANCELLED":
        return Refused("bill_changed")
    return Refused("bill_locked")


def plan(session: Session, row: Settlement, policy: Policy, today: date) -> None:
    """Existing money in the profile's order; what stays is due (S17)."""
    left = row.total_fen - row.fund_fen - row.account_fen
    place = 0
    for kind in policy.tender_order:
        if left == 0:
            break
        if kind == "PREPAY_BALANCE":
            amount = min(left, ledger.balance(session, f"prepaid:{row.person_id}"))
            hold = None
        elif kind == "PREAUTH":
            hold = usable(session, row.person_id, today)
            amount = min(left, hold.amount_fen) if hold else 0
        else:
            continue
        if amount > 0:
            add_tender(session, row, place, kind, amount, hold)
            place, left = place + 1, left - amount
    row.due_fen = left


def add_tender(
    session: Session,
    row: Settlement,
    place: int,
    kind: str,
    amount_fen: int,
    hold: Hold | None = None,
    channel: str = "",
) -> Tender:
    """One more part of the self-pay."""
    tender = Tender(
        id=f"{row.id}-{place}",
        settlement_id=row.id,
        place=place,
        kind=kind,
        amount_fen=amount_fen,
        state="PLANNED",
        label=hold.masked_card if hold else "",
        hold_id=hold.id if hold else "",
        channel=channel,
    )
    session.add(tender)
    session.flush()
    return tender


def change(session: Session, settlement_id: str, before: str, **values: object) -> bool:
    """Move the row on from one state; False when somebody else did."""
    moved = session.execute(
        update(Settlement)
        .where(Settlement.id == settlement_id, Settlement.state == before)
        .values(**values)
    )
    return bool(moved.rowcount == 1)  # type: ignore[attr-defined]  # a CursorResult for UPDATE


def outside_account(tender: Tender) -> str:
    """Where a tender's money really is."""
    if tender.kind == "SCAN":
        return f"outside:scan:{tender.channel}"
    return OUTSIDE[tender.kind]


def take(session: Session, row: Settlement, tender: Tender, now: datetime) -> None:
    """A tender's money is ours: book it, once."""
    source = (
        f"prepaid:{row.person_id}" if tender.kind == "PREPAY_BALANCE" else outside_account(tender)
    )
    move = Move(source, f"settling:{row.id}", tender.amount_fen)
    if ledger.post(session, f"take/{tender.id}", stamp(now), [move]) and tender.hold_id:
        hold = session.get_one(Hold, tender.hold_id)
        hold.taken_fen, hold.state = tender.amount_fen, "COMPLETED"
    tender.state = "TAKEN"


def give_back(session: Session, row: Settlement, tender: Tender, now: datetime) -> None:
    """A taken tender was undone outside: book it back, once; an untaken one is just over."""
    if tender.state == "TAKEN":
        source = (
            f"prepaid:{row.person_id}"
            if tender.kind == "PREPAY_BALANCE"
            else outside_account(tender)
        )
        move = Move(f"settling:{row.id}", source, tender.amount_fen)
        if ledger.post(session, f"return/{tender.id}", stamp(now), [move]) and tender.hold_id:
            hold = session.get_one(Hold, tender.hold_id)
            hold.taken_fen, hold.state = 0, "HELD"
    tender.state = "RETURNED"


def gave_back(session: Session, row: Settlement) -> bool:
    """Whether anything had been taken and went back; else nobody was ever charged."""
    names = [f"return/{tender.id}" for tender in tenders_of(session, row.id)]
    returned = select(Posting).where(Posting.name.in_([*names, f"uninsure/{row.id}"]))
    return session.scalar(returned.limit(1)) is not None


def insured(session: Session, row: Settlement, setl_id: str, now: datetime) -> None:
    """The insurance settled its part."""
    moves = [
        Move("outside:insurance:fund", f"settling:{row.id}", row.fund_fen),
        Move("outside:insurance:account", f"settling:{row.id}", row.account_fen),
    ]
    ledger.post(session, f"insure/{row.id}", stamp(now), moves)
    row.insurance_state, row.setl_id = "SETTLED", setl_id


def uninsured(session: Session, row: Settlement, now: datetime) -> None:
    """The insurance took its part back."""
    if row.insurance_state in ("SETTLED", "REVERSING") and row.setl_id:
        moves = [
            Move(f"settling:{row.id}", "outside:insurance:fund", row.fund_fen),
            Move(f"settling:{row.id}", "outside:insurance:account", row.account_fen),
        ]
        ledger.post(session, f"uninsure/{row.id}", stamp(now), moves)
    row.insurance_state = "REVERSED"


def complete(session: Session, row: Settlement, key: bytes, now: datetime) -> None:
    """All is taken: the bills are paid, the registration stands, the slip is minted."""
    if ledger.balance(session, f"settling:{row.id}") != row.total_fen:
        raise AssertionError(f"settlement {row.id} is not covered by what was taken")
    if not change(session, row.id, "PAYING", state="COMPLETED", settled_at=stamp(now)):
        return
    move = Move(f"settling:{row.id}", "revenue", row.total_fen)
    ledger.post(session, f"complete/{row.id}", stamp(now), [move])
    session.execute(update(Bill).where(Bill.settlement_id == row.id).values(state="PAID"))
    bills = bills_of(session, row.id)
    for bill in bills:
        if bill.kind == "REGISTRATION" and bill.registration_id:
            visits.confirm(session, bill.registration_id)
    slip = mint(session, key, "S", row.person_id, row.id, [bill.id for bill in bills], stamp(now))
    session.refresh(row)
    row.slip_id = slip.id


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
    row.state, row.trouble = "SUSPENSE", row.trouble or "being_checked"
    open_case(
        session,
        policy.doubt,
        now,
        operation_kind="settle",
        operation_id=row.id,
        amount_fen=row.total_fen,
        evidence=evidence,
        person_id=row.person_id,
    )


def settlement_json(
    session: Session, row: Settlement, terminal_kind: str, key: bytes, policy: Policy
) -> Json:
    """The Settlement shape for one kind of terminal."""
    person = session.get_one(Person, row.person_id)
    audience = Audience.WINDOW if terminal_kind == "window" else Audience.KIOSK
    tenders = [t for t in tenders_of(session, row.id) if t.state != "RETURNED"]
    hold_id = next((tender.hold_id for tender in tenders if tender.hold_id), "")
    slip = session.get(Slip, row.slip_id) if row.slip_id else None
    fund_fen, account_fen = row.fund_fen, row.account_fen
    if row.state == "COMPLETED":
        fund_fen, account_fen = as_settled(session, row)
    self_pay = row.total_fen - fund_fen - account_fen
    uncovered = self_pay - sum(tender.amount_fen for tender in tenders)
    if uncovered < 0:
        tenders, uncovered = [], self_pay
    over = row.state in ("CANCELLED", "REVERSED")
    bills = bills_of(session, row.id) if not over else []
    return {
        "settlement_id": row.id,
        "state": row.state,
        "patient": mask_name(person.name, audience),
        "bills": [bill_json(session, bill) for bill in bills],
        "components": [
            {"kind": kind, "amount_fen": 0 if over else amount}
            for kind, amount in (
                ("INSURANCE_FUND", fund_fen),
                ("PERSONAL_ACCOUNT", account_fen),
                ("SUBSIDY", 0),
                ("SELF_PAY", self_pay),
            )
        ],
        "tenders": [] if over else [_tender_json(tender) for tender in tenders],
        "options": options(row, terminal_kind),
        "total_fen": 0 if over else row.total_fen,
        "due_fen": 0 if over else uncovered,
        "hold": hold_json(session.get_one(Hold, hold_id)) if hold_id else None,
        "slip": slip_json(slip, key) if slip else None,
        "trouble": row.trouble,
        "next_poll_ms": None if row.state in FINAL else _next_poll_ms(policy),
        "settled_at": row.settled_at,
    }


def as_settled(session: Session, settlement: Settlement) -> tuple[int, int]:
    """Fund and account in fen as first settled, whatever was refunded since."""
    entries = select(LedgerEntry.account, LedgerEntry.amount_fen).where(
        LedgerEntry.posting == f"insure/{settlement.id}", LedgerEntry.side == "D"
    )
    paid = {row.account: row.amount_fen for row in session.execute(entries)}
    return paid.get("outside:insurance:fund", 0), paid.get("outside:insurance:account", 0)


def _tender_json(tender: Tender) -> Json:
    return {
        "tender_id": tender.id,
        "kind": tender.kind,
        "amount_fen": tender.amount_fen,
        "state": tender.state,
        "label": tender.label or tender.channel,
    }


def options(row: Settlement, terminal_kind: str) -> list[Json]:
    """Ways to pay what is due: phone everywhere, cash where a person takes it."""
    if row.due_fen == 0 or row.state != "QUOTED":
        return []
    cash = terminal_kind == "window"
    return [
        {"kind": "SCAN", "allowed": True, "reason": ""},
        {"kind": "CASH", "allowed": cash, "reason": "" if cash else "window_only"},
    ]


def _next_poll_ms(policy: Policy) -> int:
    return max(200, round(min(poll.every for poll in policy.polls.values()) * 1000))
