"""What a refund changes in the database: claimed lines, states, ledger, cases. No outside call.

Each function works inside the caller's transaction. What a reader would get wrong: the insurance
is booked by the difference of old and new settlement, which may also go the other way for one of
the two payers.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from settlement_backend import ledger
from settlement_backend.clock import later, stamp
from settlement_backend.errors import NoSuch, Refused
from settlement_backend.insurance import Split
from settlement_backend.ledger import Move
from settlement_backend.models import BillLine, Case, Refund, RefundPart, Settlement, Tender
from settlement_backend.refund_plan import PlanImpossible, claimed_lines, parts_of, stored_parts
from settlement_backend.settling import outside_account

_CASE_DUE_S = 24 * 3600
_UNDER_WAY = ("ACCEPTED", "REVIEWED", "CONFIRMED", "SUSPENSE")


def refund_of(session: Session, refund_id: str) -> Refund:
    """Raises NoSuch."""
    refund = session.get(Refund, refund_id)
    if refund is None:
        raise NoSuch("unknown_refund")
    return refund


def completed(session: Session, settlement_id: str) -> Settlement:
    """A settlement that can be refunded now; its row stays locked in a write transaction."""
    settlement = session.get(Settlement, settlement_id, with_for_update=True)
    if settlement is None or settlement.state != "COMPLETED":
        raise Refused("not_settled")
    return settlement


def owed(refund: Refund) -> str:
    """The account of what this refund still has to give back."""
    return f"refunding:{refund.id}"


def claim(session: Session, refund: Refund) -> None:
    """Its lines belong to this refund alone from now on."""
    under_way = select(Refund.id).where(
        Refund.settlement_id == refund.settlement_id, Refund.state.in_(_UNDER_WAY)
    )
    line_ids = refund.line_ids.split(",")
    claimed = session.execute(
        update(BillLine)
        .where(BillLine.id.in_(line_ids), BillLine.refunded_by == "", BillLine.executed.is_(False))
        .values(refunded_by=refund.id)
    )
    whole = claimed.rowcount == len(line_ids)  # type: ignore[attr-defined]  # a CursorResult
    if not whole or session.scalar(under_way) is not None:
        raise Refused("already_refunded")


def free(session: Session, refund: Refund) -> None:
    """A rejected refund's lines can be asked for again."""
    session.execute(
        update(BillLine).where(BillLine.refunded_by == refund.id).values(refunded_by="")
    )


def move(session: Session, refund: Refund, before: str, **values: object) -> bool:
    """Change the row while it is in one state; False when it is not. `refund` is read again."""
    session.flush()
    changed = session.execute(
        update(Refund).where(Refund.id == refund.id, Refund.state == before).values(**values)
    )
    session.refresh(refund)
    return bool(changed.rowcount == 1)  # type: ignore[attr-defined]  # a CursorResult for UPDATE


def replan(session: Session, refund: Refund, new: Split) -> str:
    """Routes by what the insurance really settled; the trouble in words when that leaves none."""
    if (new.fund_fen, new.account_fen) == (refund.new_fund_fen, refund.new_account_fen):
        return ""
    settlement = session.get_one(Settlement, refund.settlement_id)
    back_fen = claimed_lines(session, refund).back_fen
    try:
        parts = parts_of(session, refund.id, settlement, back_fen, new)
    except PlanImpossible:
        return "the insurance settled what stays otherwise than quoted"
    for part in stored_parts(session, refund.id):
        session.delete(part)
    session.flush()
    session.add_all(parts)
    session.flush()
    return ""


def book_insurance(session: Session, refund: Refund, new: Split, now: datetime) -> None:
    """The old settlement is gone and the new one stands: ledger, settlement, and its route."""
    settlement = session.get_one(Settlement, refund.settlement_id)
    moves = [
        _difference(refund, "fund", settlement.fund_fen - new.fund_fen),
        _difference(refund, "account", settlement.account_fen - new.account_fen),
    ]
    if not ledger.post(session, f"refund/{refund.id}/insurance", stamp(now), moves):
        return
    refund.stage = "MONEY"
    refund.new_fund_fen, refund.new_account_fen = new.fund_fen, new.account_fen
    refund.new_setl_id = settlement.setl_id = new.setl_id
    settlement.fund_fen, settlement.account_fen = new.fund_fen, new.account_fen
    for part in stored_parts(session, refund.id):
        if part.route == "INSURANCE":
            part.state = "DONE"


def _difference(refund: Refund, payer: str, amount_fen: int) -> Move:
    """What the insurance takes back of one payer, or pays more."""
    account = f"outside:insurance:{payer}"
    if amount_fen < 0:
        return Move(account, owed(refund), -amount_fen)
    return Move(owed(refund), account, amount_fen)


def book_part(session: Session, part: RefundPart, now: datetime) -> None:
    """A route's money is back where it came from: booked once."""
    refund = refund_of(session, part.refund_id)
    tender = session.get_one(Tender, part.tender_id)
    if part.route == "PREPAY_BALANCE":
        account = f"prepaid:{session.get_one(Settlement, refund.settlement_id).person_id}"
    else:
        account = outside_account(tender)
    moves = [Move(owed(refund), account, part.amount_fen)]
    if ledger.post(session, f"refund/{part.id}", stamp(now), moves):
        tender.refunded_fen += part.amount_fen
        part.state = "DONE"


def suspend(session: Session, refund: Refund, now: datetime, owner: str, evidence: str) -> None:
    """A person owns what is left to give back."""
    if not move(session, refund, "CONFIRMED", state="SUSPENSE"):
        return
    parts = stored_parts(session, refund.id)
    case = Case(
        id=f"C{refund.id[:12]}",
        operation_kind="refund",
        operation_id=refund.id,
        amount_fen=sum(part.amount_fen for part in parts if part.state != "DONE"),
        evidence=evidence,
        person_id=session.get_one(Settlement, refund.settlement_id).person_id,
        owner=owner,
        due_at=later(now, _CASE_DUE_S),
        state="OPEN",
    )
    session.add(case)
