"""What a settlement moves in the ledger: taken, given back, insured, completed; each once.

Inside the caller's transaction. `settling:<settlement>` holds what was taken until the bill is
covered. What a reader would get wrong: a posting that stands already books nothing, so each
function may be called again after a restart, and only the first call moves a hold or a balance.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from settlement_backend.acquirers import books as agreements
from settlement_backend.base.clock import stamp
from settlement_backend.bills import paid
from settlement_backend.bills.tables import Bill
from settlement_backend.documents import invoices
from settlement_backend.documents.slips import mint
from settlement_backend.holds.tables import Hold
from settlement_backend.inpatient import deposits
from settlement_backend.ledger import ledger
from settlement_backend.ledger.ledger import Move
from settlement_backend.ledger.tables import Posting
from settlement_backend.notices import outbox
from settlement_backend.prepay import accounts
from settlement_backend.prepay.change import collect_change
from settlement_backend.settling.settling import (
    admission_of,
    bills_of,
    borne,
    change,
    outside_account,
    tenders_of,
)
from settlement_backend.settling.tables import Settlement, Tender

_ROUNDING = "rounding"


def take(session: Session, row: Settlement, tender: Tender, key: bytes, now: datetime) -> bool:
    """A tender's money is ours: book it, once. False when a balance kept here lacks it."""
    posting, to_account = f"take/{tender.id}", f"settling:{row.id}"
    match tender.kind:
        case "PREPAY_BALANCE":
            booked = accounts.spend(
                session, row.person_id, tender.amount_fen, posting, to_account, now
            )
        case "DEPOSIT":
            admission_id = admission_of(session, row)
            booked = deposits.spend(
                session, admission_id, tender.amount_fen, posting, to_account, now
            )
        case "CASH":
            booked = _take_cash(session, row, tender, key, now)
        case _:
            move = Move(outside_account(tender), to_account, tender.amount_fen)
            if ledger.post(session, posting, stamp(now), [move]) and tender.hold_id:
                _complete_hold(session, tender, now)
            booked = True
    if booked:
        tender.state, tender.taken_at = "TAKEN", stamp(now)
    return booked


def _take_cash(
    session: Session, row: Settlement, tender: Tender, key: bytes, now: datetime
) -> bool:
    """Notes: the bill's amount, its rounding as a line of its own, change that is still owed."""
    up_fen, down_fen = max(0, tender.rounding_fen), max(0, -tender.rounding_fen)
    moves = [
        Move("outside:cash", f"settling:{row.id}", tender.amount_fen - down_fen),
        Move("outside:cash", _ROUNDING, up_fen),
        Move(_ROUNDING, f"settling:{row.id}", down_fen),
    ]
    ledger.post(session, f"take/{tender.id}", stamp(now), moves)
    owed_fen = owed_change_fen(tender)
    if owed_fen:
        collect_change(session, key, row.person_id, row.id, owed_fen, tender.terminal_id, now)
    return True


def cash_fen(tender: Tender) -> int:
    """What the drawer gets of a cash tender."""
    return tender.amount_fen + tender.rounding_fen


def owed_change_fen(tender: Tender) -> int:
    """What was put in, less what the bill takes and the machine gave back (C12)."""
    return tender.handed_fen - tender.change_fen - cash_fen(tender) if tender.handed_fen else 0


def _complete_hold(session: Session, tender: Tender, now: datetime) -> None:
    """The card is charged, what is above falls free, and its holder is told (S11, S22)."""
    hold = session.get_one(Hold, tender.hold_id)
    hold.taken_fen = min(tender.amount_fen, hold.amount_fen)
    hold.over_fen = tender.amount_fen - hold.taken_fen
    hold.state = "COMPLETED"
    outbox.tell(
        session,
        now,
        hold.person_id,
        "hold_taken",
        tender.id,
        amount_fen=tender.amount_fen,
        released_fen=hold.amount_fen - hold.taken_fen,
    )


def give_back(session: Session, row: Settlement, tender: Tender, now: datetime) -> None:
    """A taken tender was undone outside: book it back, once; an untaken one is just over."""
    if tender.state == "TAKEN":
        _return(session, row, tender, now)
    free(session, row, tender)
    tender.state = "RETURNED"


def free(session: Session, row: Settlement, tender: Tender) -> None:
    """The limit of the day that a debit had reserved counts no more (W03)."""
    if tender.reserved_on:
        agreements.give_back(
            session, row.person_id, tender.agreement_no, tender.amount_fen, tender.reserved_on
        )
        tender.reserved_on = ""


def _return(session: Session, row: Settlement, tender: Tender, now: datetime) -> None:
    posting, from_account = f"return/{tender.id}", f"settling:{row.id}"
    match tender.kind:
        case "PREPAY_BALANCE":
            accounts.put_back(session, row.person_id, tender.amount_fen, posting, from_account, now)
        case "DEPOSIT":
            deposits.collect(
                session,
                admission_of(session, row),
                tender.amount_fen,
                posting,
                from_account,
                now,
            )
        case _:
            up_fen, down_fen = max(0, tender.rounding_fen), max(0, -tender.rounding_fen)
            outside = outside_account(tender)
            moves = [
                Move(from_account, outside, tender.amount_fen - down_fen),
                Move(_ROUNDING, outside, up_fen),
                Move(from_account, _ROUNDING, down_fen),
            ]
            if ledger.post(session, posting, stamp(now), moves) and tender.hold_id:
                hold = session.get_one(Hold, tender.hold_id)
                hold.taken_fen, hold.over_fen, hold.state = 0, 0, "HELD"
                fen = tender.amount_fen
                outbox.tell(
                    session, now, hold.person_id, "hold_returned", tender.id, amount_fen=fen
                )


def gave_back(session: Session, row: Settlement) -> bool:
    """Whether anything had been taken and went back; else nobody was ever charged."""
    names = [f"return/{tender.id}" for tender in tenders_of(session, row.id)]
    returned = select(Posting).where(Posting.name.in_([*names, f"uninsure/{row.id}"]))
    return session.scalar(returned.limit(1)) is not None


def insured(session: Session, row: Settlement, setl_id: str, now: datetime) -> None:
    """The insurance settled its part, and the hospital bears what it may not charge."""
    moves = [
        Move("outside:insurance:fund", f"settling:{row.id}", row.fund_fen),
        Move("outside:insurance:account", f"settling:{row.id}", row.account_fen),
        Move("outside:insurance:mutual", f"settling:{row.id}", row.mutual_fen),
        Move("borne:hospital", f"settling:{row.id}", row.hospital_fen),
    ]
    ledger.post(session, f"insure/{row.id}", stamp(now), moves)
    row.insurance_state, row.setl_id = "SETTLED", setl_id


def uninsured(session: Session, row: Settlement, now: datetime) -> None:
    """The insurance took its part back."""
    if row.insurance_state in ("SETTLED", "REVERSING") and row.setl_id:
        moves = [
            Move(f"settling:{row.id}", "outside:insurance:fund", row.fund_fen),
            Move(f"settling:{row.id}", "outside:insurance:account", row.account_fen),
            Move(f"settling:{row.id}", "outside:insurance:mutual", row.mutual_fen),
            Move(f"settling:{row.id}", "borne:hospital", row.hospital_fen),
        ]
        ledger.post(session, f"uninsure/{row.id}", stamp(now), moves)
    row.insurance_state = "REVERSED"


def complete(session: Session, row: Settlement, key: bytes, now: datetime) -> None:
    """All is taken: the bills are paid, the registration stands, the slip is minted, and payer and
    patient are told (W05, W39)."""
    if ledger.balance(session, f"settling:{row.id}") != row.total_fen:
        raise AssertionError(f"settlement {row.id} is not covered by what was taken")
    if not change(session, row.id, "PAYING", state="COMPLETED", settled_at=stamp(now)):
        return
    session.execute(update(Bill).where(Bill.settlement_id == row.id).values(state="PAID"))
    bills = bills_of(session, row.id)
    _earn(session, row, bills, now)
    for bill in bills:
        paid.settled(session, bill, now)
    slip = mint(session, key, "S", row.person_id, row.id, [bill.id for bill in bills], stamp(now))
    session.refresh(row)
    row.slip_id = slip.id
    invoices.owe(session, row.id, now)
    _tell(session, row, now)


def _earn(session: Session, row: Settlement, bills: list[Bill], now: datetime) -> None:
    """Deposits stay the admission's; everything else is revenue."""
    if row.kind == "DEPOSIT":
        for bill in bills:
            deposits.collect(
                session,
                bill.admission_id,
                bill.total_fen,
                f"deposit/{bill.id}/{row.id}",
                f"settling:{row.id}",
                now,
            )
        return
    move = Move(f"settling:{row.id}", "revenue", row.total_fen)
    ledger.post(session, f"complete/{row.id}", stamp(now), [move])


def _tell(session: Session, row: Settlement, now: datetime) -> None:
    """The patient at once, and each payer who is a person of ours."""
    outbox.tell(
        session,
        now,
        row.person_id,
        "settled",
        row.id,
        total_fen=row.total_fen,
        self_pay_fen=row.total_fen - borne(row).total_fen,
    )
    for tender in tenders_of(session, row.id):
        if tender.payer_id and tender.payer_id != row.person_id and tender.state == "TAKEN":
            outbox.tell(
                session, now, tender.payer_id, "paid_for", tender.id, amount_fen=tender.amount_fen
            )
