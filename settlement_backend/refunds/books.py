"""What a refund changes in the database: claimed lines, states, ledger, cases. No outside call.

Each function works inside the caller's transaction. What a reader would get wrong: the insurance
is booked by the difference of old and new settlement, which may also go the other way for one of
the payers.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.bills.tables import BillLine
from settlement_backend.cases.cases import open_case
from settlement_backend.inpatient import deposits
from settlement_backend.insurance.insurance import Split
from settlement_backend.ledger import ledger
from settlement_backend.ledger.ledger import Move
from settlement_backend.policy.profile import Doubt, RefundRules
from settlement_backend.prepay import accounts
from settlement_backend.refunds.plan import (
    PlanImpossible,
    back_fen_of,
    parts_of,
    stored_parts,
)
from settlement_backend.refunds.tables import Refund, RefundPart
from settlement_backend.settling.settling import Borne, admission_of, borne, outside_account
from settlement_backend.settling.tables import Settlement, Tender

RUNNING = ("CONFIRMED", "PAYOUT_UNKNOWN")
UNDER_WAY = ("ACCEPTED", "REVIEWED", *RUNNING, "NEED_REALNAME_RESUBMIT", "SUSPENSE")


def refund_of(session: Session, refund_id: str, *, alone: bool = False) -> Refund:
    """`alone`: nobody else changes it until this transaction ends. Raises NoSuch."""
    refund = session.get(Refund, refund_id, with_for_update=alone, populate_existing=alone)
    if refund is None:
        raise NoSuch("unknown_refund")
    return refund


def completed(session: Session, settlement_id: str) -> Settlement:
    """A settlement that can be refunded now; its row stays locked in a write transaction."""
    settlement = session.get(Settlement, settlement_id, with_for_update=True)
    if settlement is None or settlement.state != "COMPLETED":
        raise Refused("not_settled")
    return settlement


def owed(refund_id: str) -> str:
    """The account of what this refund still has to give back."""
    return f"refunding:{refund_id}"


def person_id_of(session: Session, refund: Refund) -> str:
    """The patient."""
    return session.get_one(Settlement, refund.settlement_id).person_id


def claim(session: Session, refund: Refund) -> None:
    """Its lines belong to this refund alone from now on."""
    under_way = select(Refund.id).where(
        Refund.settlement_id == refund.settlement_id, Refund.state.in_(UNDER_WAY)
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


def move(session: Session, refund: Refund, before: tuple[str, ...], **values: object) -> bool:
    """Change the row while it is in these states; False when it is not. It is read again."""
    session.flush()
    changed = session.execute(
        update(Refund).where(Refund.id == refund.id, Refund.state.in_(before)).values(**values)
    )
    session.refresh(refund)
    return bool(changed.rowcount == 1)  # type: ignore[attr-defined]  # a CursorResult for UPDATE


def replan(session: Session, refund: Refund, new: Split, rules: RefundRules, today: date) -> str:
    """Routes by what the insurance really settled; the trouble in words when that leaves none."""
    if _payers(new) == _expected(refund):
        return ""
    settlement = session.get_one(Settlement, refund.settlement_id)
    back_fen = back_fen_of(session, refund)
    try:
        parts = parts_of(session, refund.id, settlement, back_fen, new, rules, today)
    except PlanImpossible:
        return "the insurance settled what stays otherwise than quoted"
    for part in stored_parts(session, refund.id):
        session.delete(part)
    session.flush()
    session.add_all(parts)
    session.flush()
    return ""


def _payers(split: Split | Borne) -> dict[str, int]:
    """What each payer other than the patient bears, by its account."""
    return {
        "outside:insurance:fund": split.fund_fen,
        "outside:insurance:account": split.account_fen,
        "outside:insurance:mutual": split.mutual_fen,
        "borne:hospital": split.hospital_fen,
    }


def _expected(refund: Refund) -> dict[str, int]:
    parts = (refund.new_mutual_fen, refund.new_hospital_fen)
    return _payers(Borne(refund.new_fund_fen, refund.new_account_fen, *parts))


def book_insurance(session: Session, refund: Refund, new: Split, now: datetime) -> None:
    """The old settlement is gone and the new one stands: ledger, settlement, and its route."""
    settlement = session.get_one(Settlement, refund.settlement_id)
    old, after = _payers(borne(settlement)), _payers(new)
    moves = [_difference(refund, payer, old[payer] - after[payer]) for payer in old]
    if not ledger.post(session, f"refund/{refund.id}/insurance", stamp(now), moves):
        return
    refund.stage = "MONEY"
    refund.new_fund_fen, refund.new_account_fen = new.fund_fen, new.account_fen
    refund.new_mutual_fen, refund.new_hospital_fen = new.mutual_fen, new.hospital_fen
    refund.new_setl_id = settlement.setl_id = new.setl_id
    settlement.fund_fen, settlement.account_fen = new.fund_fen, new.account_fen
    settlement.mutual_fen, settlement.hospital_fen = new.mutual_fen, new.hospital_fen
    for part in stored_parts(session, refund.id):
        if part.route == "INSURANCE":
            part.state = "DONE"


def _difference(refund: Refund, account: str, amount_fen: int) -> Move:
    """What one payer takes back, or pays more."""
    if amount_fen < 0:
        return Move(account, owed(refund.id), -amount_fen)
    return Move(owed(refund.id), account, amount_fen)


def book_part(session: Session, part: RefundPart, now: datetime) -> None:
    """A route's money is back where it came from: booked once."""
    if part.state == "DONE":
        return
    refund = refund_of(session, part.refund_id)
    tender = session.get_one(Tender, part.tender_id)
    name, source = f"refund/{part.id}", owed(refund.id)
    if part.route == "PREPAY_BALANCE":
        person_id = person_id_of(session, refund)
        accounts.put_back(session, person_id, part.amount_fen, name, source, now)
    elif part.route == "DEPOSIT":
        settlement = session.get_one(Settlement, refund.settlement_id)
        admission_id = admission_of(session, settlement)
        deposits.collect(session, admission_id, part.amount_fen, name, source, now)
    else:
        moves = [Move(source, outside_account(tender), part.amount_fen)]
        ledger.post(session, name, stamp(now), moves)
    finish_part(session, part)


def finish_part(session: Session, part: RefundPart) -> None:
    """Its money is where it belongs."""
    session.get_one(Tender, part.tender_id).refunded_fen += part.amount_fen
    part.state = "DONE"
    session.flush()


def begin(session: Session, refund: Refund, now: datetime) -> None:
    """What goes back is no revenue any more, or no deposit. Raises Refused `deposit_spent`."""
    settlement = session.get_one(Settlement, refund.settlement_id)
    total_fen, name = back_fen_of(session, refund), f"refund/{refund.id}/revenue"
    if settlement.kind != "DEPOSIT":
        ledger.post(session, name, stamp(now), [Move("revenue", owed(refund.id), total_fen)])
        return
    admission_id = admission_of(session, settlement)
    if not deposits.spend(session, admission_id, total_fen, name, owed(refund.id), now):
        raise Refused("deposit_spent")


def suspend(session: Session, refund: Refund, now: datetime, rules: Doubt, evidence: str) -> None:
    """A person owns what is left to give back."""
    if move(session, refund, RUNNING, state="SUSPENSE"):
        hand_over(session, refund, now, rules, evidence, anew=True)


def hand_over(
    session: Session, refund: Refund, now: datetime, rules: Doubt, evidence: str, *, anew: bool
) -> None:
    """A person knows of it, once; `anew`: again, when it was decided before."""
    parts = stored_parts(session, refund.id)
    open_case(
        session,
        rules,
        now,
        operation_kind="refund",
        operation_id=refund.id,
        amount_fen=sum(part.amount_fen for part in parts if part.state != "DONE"),
        evidence=evidence,
        person_id=person_id_of(session, refund),
        anew=anew,
    )
