"""Who may sign pay-later, which bill may wait, and when its clock runs out. Pure.

Talks to nothing; facts come in, decisions and times go out (domain.md A.8, N02-N05, N08, N13-N15,
N22, N28, C04, C10, C15, C16). What a reader would get wrong: an unknown answer of the insurance or
the city refuses a signature and never a treatment; and 超过 excludes its number: 24 hours and 30
days after are still in time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from settlement_backend.base.clock import CHINA
from settlement_backend.people import rules as people
from settlement_backend.policy.decision import Decision
from settlement_backend.policy.profile import DeferralRules, Policy, Scope

FUNCTION = "DEFERRAL"
HERE = "HOSPITAL_CREDIT"
AT_BANK = ("BANK_LOAN", "BANK_CREDIT_LINE", "PLATFORM_CREDIT")
MAY_WAIT = ("OUTPATIENT", "EXAM")  # kinds of bills; a registration fee is paid before signing
MALICIOUS = "MALICIOUS_ARREARS"
SetState = Literal["ACCUMULATING", "DUE", "OVERDUE", "SUSPENDING", "PAID"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What insurance and city said last. `local`: insured in this hospital's area.

    `insured`: NORMAL, PAUSED, NONE or UNKNOWN; `credit`: CLEAR, SUSPENDED or UNKNOWN.
    """

    insured: str = "UNKNOWN"
    insutype: str = ""
    local: bool = False
    credit: str = "UNKNOWN"
    malicious: bool = False


@dataclass(frozen=True, slots=True)
class Applicant:
    """Somebody who wants to sign. `departments`: where a registration of today is paid."""

    terminal_kind: str
    person: people.Facts
    departments: tuple[str, ...]
    standing: Standing
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Charge:
    """A bill that might wait. `exclusions`: what the bill and its visit say against it;
    `of_visit`: its visit began with the signature or later, and not long ago."""

    kind: str
    department: str
    exclusions: tuple[str, ...]
    signed: bool
    standing: Standing
    of_visit: bool = True


@dataclass(frozen=True, slots=True)
class Terms:
    """When the clock of a visit starts, when it is due, when arrears suspend."""

    starts: datetime
    due: datetime
    suspends: datetime


@dataclass(frozen=True, slots=True)
class _Fault:
    """A reason against; it holds when `applies`."""

    applies: bool
    rule_id: str
    message_key: str
    needs: tuple[str, ...] = ()


def may_sign(policy: Policy, applicant: Applicant) -> Decision:
    """Whether this person may sign here and now; `needs` has GUARDIAN for a child (N22)."""
    rules, standing = policy.deferral, applicant.standing
    alone = people.may_sign_alone(policy, applicant.person)
    wrong = _first(
        *_of_scheme(rules),
        _Fault(applicant.terminal_kind not in rules.sign_channels, "N05", "deferral.other_channel"),
        _Fault(not alone.allow, alone.rule_id, alone.message_key, alone.needs),
        _Fault(applicant.signed, "N12", "deferral.already_signed"),
        _Fault(
            rules.sign_after == "REGISTRATION_PAID" and not applicant.departments,
            "N04",
            "deferral.register_first",
            ("REGISTRATION_PAID",),
        ),
        _Fault(
            bool(applicant.departments) and not _covered(policy.scope, applicant.departments),
            "N28",
            "deferral.not_in_department",
        ),
        _Fault(standing.credit == "UNKNOWN", "C16", "deferral.credit_unknown"),
        *_of_credit(rules, standing),
        _Fault(standing.insured == "UNKNOWN", "N03", "deferral.insurance_unknown"),
        *_of_insurance(rules, standing),
    )
    return wrong or Decision(allow=True, rule_id="N01", needs=alone.needs)


def may_wait(rules: DeferralRules, scope: Scope, charge: Charge) -> Decision:
    """Whether a bill may be paid after the visit; one that may not is paid now (N08)."""
    counted = set(rules.exclusions).intersection(charge.exclusions)
    wrong = _first(
        *_of_scheme(rules),
        *_of_credit(rules, charge.standing),
        _Fault(not charge.signed, "N01", "deferral.not_signed"),
        _Fault(charge.kind not in MAY_WAIT or not charge.of_visit, "N06", "deferral.pay_now"),
        _Fault(bool(counted), "N08", "deferral.excluded", tuple(sorted(counted))),
        _Fault(not scope.covers(FUNCTION, charge.department), "N28", "deferral.not_in_department"),
        *_of_insurance(rules, charge.standing),
    )
    return wrong or Decision(allow=True, rule_id="N06")


def start_of(rules: DeferralRules, day: date, ended: datetime | None) -> datetime:
    """When the clock of a visit of `day` starts: at the doctor's end, or at the end of the day
    when the profile says so or no doctor ended it (A.10, 6)."""
    if ended is not None and rules.clock_start == "VISIT_END":
        return ended
    return datetime.combine(day + timedelta(days=1), time(), CHINA)


def terms(rules: DeferralRules, starts: datetime) -> Terms:
    """When it is due and when it suspends."""
    due = starts + timedelta(hours=rules.due_hours)
    counted = due if rules.suspend_count_from == "DUE_AT" else starts
    return Terms(starts, due, counted + timedelta(days=rules.suspend_after_days))


def state_at(clock: Terms, now: datetime, open_fen: int) -> SetState:
    """Where the bills of a visit stand; a paid part changes nothing while the visit goes on."""
    if now < clock.starts:
        return "ACCUMULATING"
    if open_fen == 0:
        return "PAID"
    if now <= clock.due:
        return "DUE"
    return "OVERDUE" if now <= clock.suspends else "SUSPENDING"


def account_state(newest: str, standing: Standing, eligible: bool) -> str:
    """The agreement's state of A.4. `newest`: that of the last signature, "" without one."""
    if standing.credit == "SUSPENDED":
        return "SUSPENDED"
    if newest:
        return newest
    return "ELIGIBLE" if eligible else "NOT_ELIGIBLE"


def lacks_for_repair(rules: DeferralRules, paid: bool, confirmed: bool) -> tuple[str, ...]:
    """What a suspended credit still needs until it is repaired (N15)."""
    there = {"PAID": paid, "REPAIR_CONFIRMED": confirmed}
    return tuple(need for need in rules.repair_requires if not there[need])


def _first(*faults: _Fault) -> Decision | None:
    for fault in faults:
        if fault.applies:
            return Decision(
                allow=False,
                rule_id=fault.rule_id,
                message_key=fault.message_key,
                needs=fault.needs,
            )
    return None


def _of_scheme(rules: DeferralRules) -> tuple[_Fault, ...]:
    return (
        _Fault(rules.scheme in AT_BANK, "C04", "deferral.with_bank", (rules.scheme,)),
        _Fault(rules.scheme != HERE, "C04", "deferral.not_offered"),
    )


def _of_credit(rules: DeferralRules, standing: Standing) -> tuple[_Fault, ...]:
    return (
        _Fault(standing.credit == "SUSPENDED", "N15", "deferral.suspended", rules.repair_requires),
        _Fault(standing.malicious and MALICIOUS in rules.exclusions, "N08", "deferral.malicious"),
    )


def _of_insurance(rules: DeferralRules, standing: Standing) -> tuple[_Fault, ...]:
    known = standing.insured == "NORMAL"
    return (
        _Fault(standing.insured in ("PAUSED", "NONE"), "N03", "deferral.not_insured"),
        _Fault(known and standing.insutype not in rules.insutypes, "N02", "deferral.insutype"),
        _Fault(known and rules.local_only and not standing.local, "N02", "deferral.not_local"),
    )


def _covered(scope: Scope, departments: tuple[str, ...]) -> bool:
    return any(scope.covers(FUNCTION, department) for department in departments)
