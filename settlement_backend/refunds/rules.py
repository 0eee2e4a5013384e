"""Who may ask for a refund where, who reviews it, and whether money can go back as it came.

Pure functions of the profile (domain.md C05, W27, B.2, B.4, B.10). What a reader would get wrong:
the hospital's years and the platform's own limit both have to hold, days included; and a route
that is allowed here may still be refused by the channel, which then means a transfer.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

from settlement_backend.policy.decision import Decision
from settlement_backend.policy.profile import RefundRules

Care = Literal["outpatient", "inpatient", "credit"]
CREDIT_LINES = frozenset({"CREDIT_LINE", "FAMILY_CREDIT_LINE"})
NEVER_BY_TRANSFER = CREDIT_LINES | {"COMMERCIAL_DIRECT"}
_INPATIENT = ("INPATIENT", "DEPOSIT")
_FEBRUARY, _LEAP_DAY = 2, 29


def care_of(settlement_kind: str, tender_kinds: Iterable[str]) -> Care:
    """What decides where a refund is asked for: credit first, then inpatient (A.b4, A.b6)."""
    if CREDIT_LINES.intersection(tender_kinds):
        return "credit"
    return "inpatient" if settlement_kind in _INPATIENT else "outpatient"


def may_request(rules: RefundRules, care: Care, terminal_kind: str) -> Decision:
    """Whether this kind of terminal takes the request (H20, H26, A.a7, A.a11)."""
    if terminal_kind in rules.request_channels.get(care, ()):
        return Decision(allow=True, rule_id=f"RF-ASK-{care.upper()}")
    return Decision(allow=False, rule_id=f"RF-ASK-{care.upper()}", message_key="refund.elsewhere")


def needs_second(rules: RefundRules, total_fen: int) -> bool:
    """More than the profile's amount needs another person than the one who asked."""
    return total_fen > rules.second_person_above_fen


def reviewers(rules: RefundRules, total_fen: int) -> tuple[str, ...]:
    """The roles that may review so much."""
    if 0 < rules.finance_above_fen < total_fen:
        return ("finance",)
    return ("reviewer", "supervisor")


def original_route(rules: RefundRules, channel: str, paid_on: date, today: date) -> Decision:
    """Whether money of this channel may go back as it came; the last day still counts."""
    years = rules.original_route_years.get(channel)
    if years is not None and today > _years_after(paid_on, years):
        return _transfer("RF-YEARS")
    days = rules.channel_hard_limit_days.get(channel)
    if days is not None and today > paid_on + timedelta(days=days):
        return _transfer("RF-CHANNEL-LIMIT")
    return Decision(allow=True, rule_id="RF-ORIGINAL", message_key="refund.original_route")


def _transfer(rule_id: str) -> Decision:
    return Decision(allow=False, rule_id=rule_id, message_key="refund.by_transfer")


def _years_after(day: date, years: int) -> date:
    """The same day of a later year; 29 February becomes the 28th."""
    if (day.month, day.day) == (_FEBRUARY, _LEAP_DAY):
        return date(day.year + years, _FEBRUARY, _LEAP_DAY - 1)
    return day.replace(year=day.year + years)
