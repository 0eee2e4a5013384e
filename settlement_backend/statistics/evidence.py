"""What the books know of a month for its self-evaluation: functions that were really used.

Pure but for `rooms`. Facts are numbers by name; the table (`scoring`) says what they are worth.
What a reader would get wrong: a function that is only switched on is no evidence, and what a books
cannot know is asked of a person and stands beside these (`evaluation`).
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.policy.profile import Policy
from settlement_backend.statistics.figures import Figure, Measure, of, total
from settlement_backend.visits.tables import Schedule

_CODES = ("EC_CODE", "CITY_CODE")
_WALLETS = ("WECHAT", "ALIPAY", "UNIONPAY")
_CREDIT = ("CREDIT_LINE", "FAMILY_CREDIT_LINE", "DEFERRAL")
_SETTLED = ("SETTLE_OUTPATIENT", "SETTLE_REGISTRATION")
_INPATIENT = ("ADMIT", "SETTLE_DEPOSIT", "SETTLE_INPATIENT")
_USED = (*_SETTLED, *_INPATIENT)
_SIMPLE = {
    "insured": ("INSURED",),
    "family_pay": ("FAMILY_PAY",),
    "first_visit": ("FIRST_VISIT",),
    "book": ("BOOK",),
    "register": ("REGISTER",),
    "check_in": ("CHECK_IN",),
    "settle": _SETTLED,
    "refund_outpatient": ("REFUND_OUTPATIENT", "REFUND_REGISTRATION"),
    "refund_inpatient": ("REFUND_INPATIENT", "REFUND_DEPOSIT"),
    "admit": ("ADMIT",),
    "discharge": ("DISCHARGE",),
    "print_invoice": ("PRINT_INVOICE",),
    "print_slip": ("PRINT_SLIP",),
}


def facts_of(figures: Sequence[Figure], credit_room_percent: int) -> dict[str, int]:
    """All computed facts of a month's figures."""
    facts = {name: total(figures, Measure.FUNCTION, *of_it) for name, of_it in _SIMPLE.items()}
    for channel in ("kiosk", "clinic", "ward"):
        facts[channel] = total(figures, Measure.FUNCTION, *_USED, channel=channel)
    emergency = total(figures, Measure.FUNCTION, "EMERGENCY", channel="window")
    at_window = total(figures, Measure.FUNCTION, *_SETTLED, channel="window")
    return facts | {
        "ec_code": total(figures, Measure.MEDIUM, "EC_CODE"),
        "city_code": total(figures, Measure.MEDIUM, "CITY_CODE"),
        "interchanged": interchanged(figures),
        "decoding_systems": len({each.channel for each in _codes(figures)}),
        "push_stages": len({each.name for each in of(figures, Measure.NOTICE)}),
        "window_outpatient": at_window - emergency,
        "window_emergency": emergency,
        "window_inpatient": total(figures, Measure.FUNCTION, *_INPATIENT, channel="window"),
        "platforms": len(_wallets(figures)),
        "credit_signed": total(figures, Measure.SIGNING, *_CREDIT),
        "credit_room_percent": credit_room_percent,
    }


def interchanged(figures: Sequence[Figure]) -> int:
    """1 when codes and the social-security card were both used in the month, else 0."""
    return int(bool(_codes(figures)) and total(figures, Measure.MEDIUM, "SS_CARD") > 0)


def _codes(figures: Sequence[Figure]) -> list[Figure]:
    return [each for each in of(figures, Measure.MEDIUM) if each.name in _CODES]


def _wallets(figures: Sequence[Figure]) -> set[str]:
    used = {each.name.partition(":")[2] for each in of(figures, Measure.TENDER)}
    return used.intersection(_WALLETS)


def credit_room_percent(session: Session, policy: Policy, since: str, until: str) -> int:
    """Of the rooms with sessions on these days, how many stand in departments of the rollout."""
    wanted = select(Schedule.department_code, Schedule.room_zh).distinct()
    rooms = session.execute(wanted.where(Schedule.day >= since, Schedule.day <= until)).all()
    covered = sum(_on_credit(policy, department) for department, _room in rooms)
    return covered * 100 // len(rooms) if rooms else 0


def _on_credit(policy: Policy, department: str) -> bool:
    """By a bank's credit line in the consulting room, or paid later to the hospital."""
    offered = policy.tender.offered.get("clinic", ())
    lines = [kind for kind in _CREDIT if kind in offered]
    if policy.deferral.scheme not in ("NONE", "PREFUND"):
        lines.append("DEFERRAL")
    return any(policy.scope.covers(kind, department) for kind in lines)
