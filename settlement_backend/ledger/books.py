"""What an auditor asks: sums of the ledger and what we believe the world holds of ours.

Talks to the database for looking only. What a reader would get wrong: a sum counts postings of
settlements and their refunds by the posting's first word, so money that only rests with us (a
deposit paid in, change that is owed) is in none of them.
"""

from __future__ import annotations

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from settlement_backend.cases.tables import Case
from settlement_backend.documents.tables import Slip
from settlement_backend.holds.tables import Hold, Reauthorisation
from settlement_backend.ledger import ledger
from settlement_backend.ledger.shapes import (
    BooksShape,
    HoldTakeShape,
    InsuredShape,
    OpenCaseShape,
    OrderShape,
    ScanOrderShape,
)
from settlement_backend.ledger.tables import Posting
from settlement_backend.people.tables import Card
from settlement_backend.refunds.tables import Payout, RefundPart
from settlement_backend.settling.tables import Settlement, Tender

_ACCOUNTS = {
    "SCAN": "outside:scan:",
    "CASH": "outside:cash",
    "PREAUTH": "outside:hold",
    "PREPAY_BALANCE": "prepaid:",
    "INSURANCE_FUND": "outside:insurance:fund",
    "PERSONAL_ACCOUNT": "outside:insurance:account",
}
_OTHERS = {
    "MUTUAL_AID": "outside:insurance:mutual",
    "HOSPITAL": "borne:hospital",
    "COMMERCIAL_DIRECT": "outside:claim",
    "DEPOSIT": "deposit:",
    "CREDIT_LINE": "outside:credit:own",
    "FAMILY_CREDIT_LINE": "outside:credit:family",
    "BOUND_DEBIT": "outside:debit:",
    "ONE_CODE": "outside:onecode:",
    "BANK_CARD": "outside:card",
    "REMOTE": "outside:remote:",
    "ROUNDING": "rounding",
}
_TAKEN = ("take", "return", "insure", "uninsure")
_ORDERS = ("SCAN", "ONE_CODE", "BOUND_DEBIT", "CREDIT_LINE", "FAMILY_CREDIT_LINE", "REMOTE")


def books(session: Session) -> BooksShape:
    """The audit shape."""
    orders = _orders(session)
    return BooksShape(
        entries_balanced=ledger.balanced(session),
        postings=session.scalar(select(func.count()).select_from(Posting)) or 0,
        money_in_fen=_sums(session, _TAKEN, 1),
        refunded_fen={**_sums(session, ("refund",), -1), **_transferred(session)},
        settled_fen=ledger.balance(session, "revenue"),
        deposited_fen=-ledger.moved(session, "deposit:", "deposit"),
        refunding_fen=ledger.owed(session, "refunding:"),
        held_fen=_held_fen(session),
        open_cases=tuple(
            OpenCaseShape(
                case_id=c.id,
                amount_fen=c.amount_fen,
                operation_kind=c.operation_kind,
                operation_id=c.operation_id,
            )
            for c in session.scalars(select(Case).where(Case.state == "OPEN"))
        ),
        cards={card.number: card.state for card in session.scalars(select(Card))},
        scan_orders=tuple(
            ScanOrderShape(
                order_no=order.order_no,
                amount_fen=order.amount_fen,
                refunded_fen=order.refunded_fen,
            )
            for order in orders
            if order.kind == "SCAN"
        ),
        orders=orders,
        hold_takes=_hold_takes(session),
        insurance=_insured(session),
        slips=tuple(session.scalars(select(Slip.id))),
    )


def _sums(session: Session, words: tuple[str, ...], sign: int) -> dict[str, int]:
    def total(account: str) -> int:
        return sign * sum(ledger.moved(session, account, word) for word in words)

    always = {kind: total(account) for kind, account in _ACCOUNTS.items()}
    others = {kind: total(account) for kind, account in _OTHERS.items()}
    return {**always, "SUBSIDY": 0, **{kind: fen for kind, fen in others.items() if fen}}


def _transferred(session: Session) -> dict[str, int]:
    """What of refunds the bank has paid to accounts; under way it is still being given back."""
    paid = select(func.coalesce(func.sum(Payout.amount_fen), 0)).where(
        Payout.of_kind == "REFUND", Payout.state == "PAID"
    )
    total_fen = int(session.scalar(paid) or 0)
    return {"TRANSFER": total_fen} if total_fen else {}


def _held_fen(session: Session) -> int:
    """Holds that stand, and old ones of a re-authorisation whose release is still owed."""
    owed = select(Reauthorisation.old_hold_id).where(Reauthorisation.state == "HELD")
    total = select(func.coalesce(func.sum(Hold.amount_fen), 0))
    return session.scalar(total.where(or_(Hold.state == "HELD", Hold.id.in_(owed)))) or 0


def _insured(session: Session) -> tuple[InsuredShape, ...]:
    standing = select(Settlement).where(
        Settlement.insurance_state == "SETTLED", Settlement.setl_id != ""
    )
    return tuple(
        InsuredShape(
            setl_id=row.setl_id,
            fund_fen=row.fund_fen,
            account_fen=row.account_fen,
            mutual_fen=row.mutual_fen,
        )
        for row in session.scalars(standing)
    )


def _orders(session: Session) -> tuple[OrderShape, ...]:
    taken = select(Tender).where(Tender.kind.in_(_ORDERS), Tender.state == "TAKEN")
    return tuple(
        OrderShape(
            order_no=tender.id,
            kind=tender.kind,
            acquirer=tender.acquirer,
            amount_fen=tender.amount_fen,
            refunded_fen=_refunded(session, tender.id),
        )
        for tender in session.scalars(taken)
    )


def _hold_takes(session: Session) -> tuple[HoldTakeShape, ...]:
    rows = session.execute(
        select(Tender, Hold).join(Hold, Hold.id == Tender.hold_id).where(Tender.state == "TAKEN")
    )
    return tuple(
        HoldTakeShape(
            auth_code=hold.auth_code,
            amount_fen=tender.amount_fen - _refunded(session, tender.id),
        )
        for tender, hold in rows
    )


def _refunded(session: Session, tender_id: str) -> int:
    """By the tender's own channel, which knows nothing of a transfer."""
    done = select(func.coalesce(func.sum(RefundPart.amount_fen), 0)).where(
        RefundPart.tender_id == tender_id,
        RefundPart.state == "DONE",
        RefundPart.route != "TRANSFER",
    )
    return int(session.scalar(done) or 0)
