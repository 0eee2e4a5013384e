"""What may pay a bill, when an acquirer is asked again, how cash is rounded: pure rules.

Talks to nobody; facts come in, decisions and numbers go out (domain.md A.8, C08). What a reader
would get wrong: every kind of tender is decided for every quote, also those that cannot be used,
so that a terminal can say why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate

from settlement_backend.policy.decision import Decision
from settlement_backend.policy.profile import Poll, Preauth, Scope, TenderRules

COVERED_FIRST = (
    "INSURANCE_FUND",
    "PERSONAL_ACCOUNT",
    "MUTUAL_AID",
    "COMMERCIAL_DIRECT",
    "DEPOSIT",
    "PREPAY_BALANCE",
    "PREAUTH",
)
AGREED = ("CREDIT_LINE", "FAMILY_CREDIT_LINE", "BOUND_DEBIT")
AT_POS = ("BANK_CARD",)
_REAL_NAME = (*AGREED, "ONE_CODE")
_RULES = {
    "CREDIT_LINE": "H30",
    "FAMILY_CREDIT_LINE": "H31",
    "BOUND_DEBIT": "W01",
    "ONE_CODE": "W12",
    "REMOTE": "N18",
    "CASH": "C12",
}
_NEVER_A_REST = ("NONE", "CASH", "REMOTE")  # nobody holds cash while a phone has minutes to pay
_LACKS = {
    "CREDIT_LINE": "credit_not_enough",
    "FAMILY_CREDIT_LINE": "credit_not_enough",
    "BOUND_DEBIT": "daily_limit",
}


@dataclass(frozen=True, slots=True)
class Agreed:
    """The best agreement of one kind that was found for a patient."""

    kind: str
    agreement_no: str
    payer: str
    left_fen: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides how a settlement may be paid. `drawer`: whether the one of this place takes cash
    now; None: it is asked when cash is taken."""

    terminal_kind: str
    settlement_kind: str
    departments: tuple[str, ...]
    due_fen: int
    real_name: bool
    insured: bool
    agreed: tuple[Agreed, ...]
    deposit_methods: tuple[str, ...] = ()
    drawer: Decision | None = None

    def agreement(self, kind: str) -> Agreed | None:
        """Of one kind, None without one."""
        return next((each for each in self.agreed if each.kind == kind), None)


def kinds_to_offer(rules: TenderRules) -> tuple[str, ...]:
    """Ways to pay what existing money does not cover: phone and cash first, as terminals know
    them, then the others in the profile's order."""
    known = [kind for kind in rules.order if kind not in COVERED_FIRST]
    offered = {kind for kinds in rules.offered.values() for kind in kinds}
    first = [kind for kind in ("SCAN", "CASH") if kind in known]
    return tuple(dict.fromkeys([*first, *known, *sorted(offered - set(known))]))


def may_pay(rules: TenderRules, scope: Scope, kind: str, facts: Facts) -> Decision:
    """Whether this kind of tender may pay what is due (C03, C08, C18, W03, W12, N28, S16)."""
    reason, rule_id = _why_not(rules, scope, kind, facts)
    if reason:
        return Decision(allow=False, rule_id=rule_id, message_key=reason)
    return Decision(allow=True, rule_id=_RULES.get(kind, "C08"))


def _why_not(rules: TenderRules, scope: Scope, kind: str, facts: Facts) -> tuple[str, str]:
    """The reason and the rule that refuses it; two empty texts when nothing does."""
    if kind not in rules.offered.get(facts.terminal_kind, ()):
        at_window = kind in rules.offered.get("window", ())
        return ("window_only" if at_window else "not_offered"), "C08"
    if not all(scope.covers(kind, department) for department in facts.departments):
        return "not_in_scope", "N28"
    if facts.settlement_kind == "DEPOSIT" and kind not in facts.deposit_methods:
        return "not_for_deposits", "H24"
    discharge = facts.settlement_kind == "INPATIENT" and kind in AGREED
    if discharge and facts.terminal_kind not in rules.credit_at_discharge:
        return "window_only", "C18"
    if kind in _REAL_NAME and not facts.real_name:
        return "anonymous", "S16"
    if kind == "ONE_CODE" and not facts.insured:
        return "not_insured", "W12"
    if kind == "CASH" and facts.drawer is not None and not facts.drawer.allow:
        return facts.drawer.message_key, facts.drawer.rule_id
    if kind in AGREED:
        return _why_not_agreed(kind, facts)
    return "", ""


def _why_not_agreed(kind: str, facts: Facts) -> tuple[str, str]:
    found = facts.agreement(kind)
    if found is None:
        return "no_agreement", _RULES[kind]
    if found.left_fen < facts.due_fen:
        return _LACKS[kind], "W03" if kind == "BOUND_DEBIT" else _RULES[kind]
    return "", ""


def automatic(rules: TenderRules, scope: Scope, facts: Facts) -> str | None:
    """The first tender of the profile's order that needs nobody to be present (H16, A.b3)."""
    return next(
        (
            kind
            for kind in rules.order
            if kind in AGREED and may_pay(rules, scope, kind, facts).allow
        ),
        None,
    )


def most_of_hold_fen(rules: Preauth, held_fen: int) -> int:
    """The most a completion may take of a hold (S11: 100 %; the card scheme allows 115 %)."""
    return held_fen * rules.capture_max_percent // 100


def reauthorise_fen(rules: Preauth, held_fen: int, wanted_fen: int) -> int:
    """The larger hold that would pay it all, 0 when that is not the way (S12, S10)."""
    enough = wanted_fen <= most_of_hold_fen(rules, held_fen)
    too_much = wanted_fen > rules.max_fen
    return 0 if enough or too_much or rules.on_insufficient != "REAUTH" else wanted_fen


def rounded_cash_fen(amount_fen: int, step_fen: int) -> int:
    """What is taken in cash: to the nearest step, the half up; 1 fen rounds nothing (B.8)."""
    return (2 * amount_fen + step_fen) // (2 * step_fen) * step_fen


def part_cash_trouble(
    part_fen: int, due_fen: int, tender: str, terminal_kind: str, step_fen: int
) -> str:
    """Why so much of what is due cannot be cash beside this tender; "" when it can (F14).

    Only a cashier can give it back when the tender is refused. It is what was counted and rounds
    nothing, so it must be in coins that the profile knows (B.8).
    """
    if not part_fen:
        return ""
    if terminal_kind != "window":
        return "part_cash_not_here"
    if tender in _NEVER_A_REST:
        return "tender_not_allowed"
    if part_fen >= due_fen:
        return "part_cash_too_much"
    return "part_cash_coins" if part_fen % step_fen else ""


def next_question(poll: Poll, called: datetime, now: datetime, first: bool) -> datetime:
    """When an acquirer that has not decided is asked again; some want their own rhythm (B.4)."""
    rhythm: Sequence[float] = tuple(accumulate(poll.pauses))
    for seconds in rhythm:
        if called + timedelta(seconds=seconds) > now:
            return called + timedelta(seconds=seconds)
    return now + timedelta(seconds=poll.first if first else poll.every)
