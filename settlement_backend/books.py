"""What an auditor asks: sums of the ledger and what we believe the world holds of ours."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from settlement_backend import ledger
from settlement_backend.models import (
    Card,
    Case,
    Hold,
    Posting,
    RefundPart,
    Settlement,
    Slip,
    Tender,
)
from settlement_backend.shapes import Json

_OUTSIDE = {
    "SCAN": "outside:scan:",
    "CASH": "outside:cash",
    "PREAUTH": "outside:hold",
    "INSURANCE_FUND": "outside:insurance:fund",
    "PERSONAL_ACCOUNT": "outside:insurance:account",
}


def books_json(session: Session) -> Json:
    """The audit shape of docs/backend_api.md."""
    taken = {
        kind: sum(
            ledger.moved(session, account, word)
            for word in ("take", "return", "insure", "uninsure")
        )
        for kind, account in _OUTSIDE.items()
    }
    refunded = {
        kind: -ledger.moved(session, account, "refund") for kind, account in _OUTSIDE.items()
    }
    spent = ledger.moved(session, "prepaid:", "take") + ledger.moved(session, "prepaid:", "return")
    taken["PREPAY_BALANCE"] = spent
    refunded["PREPAY_BALANCE"] = -ledger.moved(session, "prepaid:", "refund")
    taken["SUBSIDY"] = refunded["SUBSIDY"] = 0
    held = select(func.coalesce(func.sum(Hold.amount_fen), 0)).where(Hold.state == "HELD")
    return {
        "entries_balanced": ledger.balanced(session),
        "postings": session.scalar(select(func.count()).select_from(Posting)),
        "money_in_fen": taken,
        "refunded_fen": refunded,
        "settled_fen": ledger.balance(session, "revenue"),
        "held_fen": session.scalar(held),
        "open_cases": [
            {"case_id": c.id, "amount_fen": c.amount_fen, "operation_id": c.operation_id}
            for c in session.scalars(select(Case).where(Case.state == "OPEN"))
        ],
        "cards": {card.number: card.state for card in session.scalars(select(Card))},
        "scan_orders": _scan_orders(session),
        "hold_takes": _hold_takes(session),
        "insurance": [
            {"setl_id": s.setl_id, "fund_fen": s.fund_fen, "account_fen": s.account_fen}
            for s in session.scalars(
                select(Settlement).where(
                    Settlement.insurance_state == "SETTLED", Settlement.setl_id != ""
                )
            )
        ],
        "slips": list(session.scalars(select(Slip.id))),
    }


def _scan_orders(session: Session) -> list[Json]:
    scans = session.scalars(select(Tender).where(Tender.kind == "SCAN", Tender.state == "TAKEN"))
    return [
        {"order_no": t.id, "amount_fen": t.amount_fen, "refunded_fen": _refunded(session, t.id)}
        for t in scans
    ]


def _hold_takes(session: Session) -> list[Json]:
    rows = session.execute(
        select(Tender, Hold).join(Hold, Hold.id == Tender.hold_id).where(Tender.state == "TAKEN")
    )
    return [
        {"auth_code": hold.auth_code, "amount_fen": t.amount_fen - _refunded(session, t.id)}
        for t, hold in rows
    ]


def _refunded(session: Session, tender_id: str) -> int:
    done = select(func.coalesce(func.sum(RefundPart.amount_fen), 0)).where(
        RefundPart.tender_id == tender_id, RefundPart.state == "DONE"
    )
    return int(session.scalar(done) or 0)
