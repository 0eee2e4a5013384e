"""Which lines come back and by which routes their money goes: no outside call, no change.

Talks to the database for looking only. What a reader would get wrong: the insurance's part is
old less new settlement and not the refunded lines' own share, and while the old one stands the
personal account lacks what it paid, so a quote of the rest understates the account.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.errors import Refused
from settlement_backend.insurance import FeeLine, Split, msgid_of
from settlement_backend.models import BillLine, Refund, RefundPart, Settlement, Slip
from settlement_backend.outside import Json
from settlement_backend.settling import bills_of, tenders_of
from settlement_backend.shapes import lines_of
from settlement_backend.slips import slip_json


class PlanImpossible(Exception):
    """The insurance would return more than the lines cost, or the tenders hold too little."""


@dataclass(frozen=True, slots=True)
class Lines:
    """A settlement's lines: those that come back and those that stay paid."""

    back: tuple[BillLine, ...]
    stay: tuple[BillLine, ...]

    @property
    def back_fen(self) -> int:
        """What the returned lines cost."""
        return sum(line.amount_fen for line in self.back)

    def fee_lines(self) -> list[FeeLine]:
        """What stays, as the insurance reads it."""
        return [FeeLine(line.id, line.amount_fen, line.insurance_class) for line in self.stay]


def wanted_lines(session: Session, settlement: Settlement, line_ids: Sequence[str]) -> Lines:
    """Raises Refused `nothing_to_refund`, `already_refunded`, `item_executed`."""
    known = _all_lines(session, settlement)
    back = tuple(line for line in known if line.id in line_ids)
    if not back or len(back) != len(set(line_ids)):
        raise Refused("nothing_to_refund")
    if any(line.refunded_by for line in back):
        raise Refused("already_refunded")
    if any(line.executed for line in back):
        raise Refused("item_executed")
    stay = tuple(line for line in known if line.id not in line_ids and not line.refunded_by)
    return Lines(back, stay)


def claimed_lines(session: Session, refund: Refund) -> Lines:
    """The lines of a refund that was requested, and what stays when it is done."""
    known = _all_lines(session, session.get_one(Settlement, refund.settlement_id))
    line_ids = refund.line_ids.split(",")
    back = tuple(line for line in known if line.id in line_ids)
    return Lines(back, tuple(line for line in known if not line.refunded_by))


def _all_lines(session: Session, settlement: Settlement) -> list[BillLine]:
    bills = bills_of(session, settlement.id)
    return [line for bill in bills for line in lines_of(session, bill.id)]


def expected(quote: Split, lines: Lines, old_account_fen: int) -> Split:
    """The quote of what stays, with the old settlement's account money back on the account.

    The account never pays own-expense lines (自费); what else is left to pay in cash it takes up.
    """
    own_fen = sum(line.amount_fen for line in lines.stay if line.insurance_class == "OWN")
    more_fen = min(old_account_fen, max(0, quote.cash_fen - own_fen))
    return Split(quote.fund_fen, quote.account_fen + more_fen, quote.cash_fen - more_fen)


def parts_of(
    session: Session, refund_id: str, settlement: Settlement, back_fen: int, new: Split
) -> list[RefundPart]:
    """The routes: insurance first, then the tenders, last taken first. Raises PlanImpossible."""
    old_fen = settlement.fund_fen + settlement.account_fen
    insurance_fen = old_fen - new.fund_fen - new.account_fen
    left = back_fen - insurance_fen
    routes = [("INSURANCE", "", insurance_fen, "")] if insurance_fen > 0 else []
    for tender in reversed(tenders_of(session, settlement.id)):
        amount = min(left, tender.amount_fen - tender.refunded_fen)
        if amount > 0 and tender.state == "TAKEN":
            routes.append((tender.kind, tender.id, amount, tender.label or tender.channel))
            left -= amount
    if left:
        raise PlanImpossible
    return [
        RefundPart(
            id=f"{refund_id}-{place}",
            refund_id=refund_id,
            place=place,
            route=route,
            tender_id=tender_id,
            amount_fen=amount_fen,
            label=label,
            state="PLANNED",
        )
        for place, (route, tender_id, amount_fen, label) in enumerate(routes)
    ]


def stored_parts(session: Session, refund_id: str) -> list[RefundPart]:
    """The routes as planned, in their order."""
    wanted = select(RefundPart).where(RefundPart.refund_id == refund_id)
    return list(session.scalars(wanted.order_by(RefundPart.place)))


def standing_msgid(session: Session, settlement: Settlement) -> str:
    """Our number of the insurance settlement that stands: the first one's or a refund's."""
    latest = select(Refund.id).where(
        Refund.settlement_id == settlement.id, Refund.new_setl_id == settlement.setl_id
    )
    return msgid_of(session.scalar(latest) or settlement.id)


def refund_json(session: Session, refund: Refund, slip_key: bytes) -> Json:
    """The Refund shape; its total is what goes back by all routes."""
    parts = stored_parts(session, refund.id)
    slip = session.get(Slip, refund.slip_id) if refund.slip_id else None
    return {
        "refund_id": refund.id,
        "state": refund.state,
        "settlement_id": refund.settlement_id,
        "total_fen": sum(part.amount_fen for part in parts),
        "parts": [
            {"route": part.route, "amount_fen": part.amount_fen, "label": part.label}
            for part in parts
        ],
        "slip": slip_json(slip, slip_key) if slip else None,
    }
