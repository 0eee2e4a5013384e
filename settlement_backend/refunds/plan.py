"""Which lines come back and by which routes their money goes: no outside call, no change.

Talks to the database for looking only. What a reader would get wrong: the insurance's part is
old less new settlement and not the refunded lines' own share, and while the old one stands the
personal account lacks what it paid, so a quote of the rest understates the account.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.base.errors import Refused
from settlement_backend.bills.shapes import lines_of
from settlement_backend.bills.tables import BillLine
from settlement_backend.insurance.insurance import FeeLine, Split, msgid_of
from settlement_backend.policy.profile import RefundRules
from settlement_backend.refunds.rules import NEVER_BY_TRANSFER, Care, care_of, original_route
from settlement_backend.refunds.tables import Refund, RefundPart
from settlement_backend.settling.settling import bills_of, borne, tenders_of
from settlement_backend.settling.tables import Settlement, Tender

BOOKED_HERE = frozenset({"CASH", "PREPAY_BALANCE", "DEPOSIT"})
_BY_OTHERS = frozenset({"BOUND_DEBIT", "REMOTE", "FAMILY_CREDIT_LINE"})  # payer ≠ patient (W04)
_RULE_HERE = {"CASH": "RF-CASH", "PREPAY_BALANCE": "RF-BALANCE", "DEPOSIT": "RF-DEPOSIT"}


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


def back_fen_of(session: Session, refund: Refund) -> int:
    """What goes back by all routes: the lines, or a part of a deposit."""
    return refund.amount_fen or claimed_lines(session, refund).back_fen


def _all_lines(session: Session, settlement: Settlement) -> list[BillLine]:
    bills = bills_of(session, settlement.id)
    return [line for bill in bills for line in lines_of(session, bill.id)]


def care_for(session: Session, settlement: Settlement) -> Care:
    """Outpatient, inpatient or credit: what decides where it may be asked for."""
    kinds = (tender.kind for tender in tenders_of(session, settlement.id))
    return care_of(settlement.kind, kinds)


def expected(quote: Split, lines: Lines, old_account_fen: int) -> Split:
    """The quote of what stays, with the old settlement's account money back on the account.

    The account never pays own-expense lines (自费); what else is left to pay in cash it takes up.
    """
    own_fen = sum(line.amount_fen for line in lines.stay if line.insurance_class == "OWN")
    more_fen = min(old_account_fen, max(0, quote.cash_fen - own_fen))
    return Split(
        quote.fund_fen,
        quote.account_fen + more_fen,
        quote.cash_fen - more_fen,
        mutual_fen=quote.mutual_fen,
        hospital_fen=quote.hospital_fen,
    )


def covered_fen(split: Split) -> int:
    """What others than the patient bear."""
    return split.total_fen - split.cash_fen


def parts_of(
    session: Session,
    refund_id: str,
    settlement: Settlement,
    back_fen: int,
    new: Split,
    rules: RefundRules,
    today: date,
) -> list[RefundPart]:
    """The routes: insurance first, then the tenders, last taken first. Raises PlanImpossible."""
    insurance_fen = borne(settlement).total_fen - covered_fen(new)
    left = back_fen - insurance_fen
    parts = []
    if insurance_fen > 0:
        parts.append(_part(route="INSURANCE", amount_fen=insurance_fen, rule_id="RF-INSURANCE"))
    for tender in reversed(tenders_of(session, settlement.id)):
        amount = min(left, tender.amount_fen - tender.refunded_fen)
        if amount > 0 and tender.state == "TAKEN":
            paid_at = tender.taken_at or settlement.settled_at
            paid_on = datetime.fromisoformat(paid_at).date()
            parts.append(_tender_part(tender, amount, rules, paid_on, today))
            left -= amount
    if left:
        raise PlanImpossible
    for place, part in enumerate(parts):
        part.id, part.refund_id, part.place = f"{refund_id}-{place}", refund_id, place
    return parts


def _tender_part(
    tender: Tender, amount_fen: int, rules: RefundRules, paid_on: date, today: date
) -> RefundPart:
    """The tender's own way, or a transfer where its channel is closed by now."""
    label = tender.label or tender.channel
    route, rule_id = tender.kind, _RULE_HERE.get(tender.kind, "")
    if tender.kind not in BOOKED_HERE:
        decision = original_route(rules, tender.channel, paid_on, today)
        rule_id = decision.rule_id
        if not decision.allow and tender.kind not in NEVER_BY_TRANSFER:
            route = "TRANSFER"
    return _part(
        route=route,
        tender_id=tender.id,
        amount_fen=amount_fen,
        label=label,
        rule_id=rule_id,
        payer=tender.payer if tender.kind in _BY_OTHERS else "",
    )


def _part(
    *,
    route: str,
    amount_fen: int,
    rule_id: str,
    tender_id: str = "",
    label: str = "",
    payer: str = "",
) -> RefundPart:
    return RefundPart(
        route=route,
        tender_id=tender_id,
        amount_fen=amount_fen,
        label=label,
        state="PLANNED",
        rule_id=rule_id,
        payer=payer,
    )


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
