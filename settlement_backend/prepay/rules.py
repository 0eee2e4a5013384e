"""Whether a prepayment may be collected, in which amounts, spent, and given back (A.8, C01).

Pure functions of the profile. What a reader would get wrong: limits include their numbers; an
exempt rule without the authority's filing is no rule at all and falls through to the ban (W25);
and `needs` of an allowing decision must be there before money is taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from settlement_backend.policy.decision import Decision
from settlement_backend.policy.profile import CollectRule, Filing, Limits, Prepay

CONSENT, FILING = "VOLUNTARY_CONSENT", "AUTHORITY_FILING"
ELDERLY, DECLARED_NEED = "ELDERLY", "DECLARED_NEED"
METHODS = ("BANKCARD_TRANSFER", "CASH")  # offered in this order, after pre-authorisation (S09)


@dataclass(frozen=True, slots=True)
class Asked:
    """The facts of one question. `consented`: the person wants it of their own will (W24)."""

    day: date
    scene: str = "OUTPATIENT"
    groups: frozenset[str] = frozenset()
    real_name: bool = True
    consented: bool = False


@dataclass(frozen=True, slots=True)
class Allowed:
    """A decision and the ways that its rule allows."""

    decision: Decision
    methods: tuple[str, ...] = ()


def groups_of(policy: Prepay, age: int, declared_need: bool) -> frozenset[str]:
    """The exempt groups a person belongs to; the age itself is included (W24)."""
    elderly = {ELDERLY} if age >= policy.elderly_min_age else set()
    return frozenset(elderly | ({DECLARED_NEED} if declared_need else set()))


def may_collect(policy: Prepay, asked: Asked) -> Allowed:
    """The first rule of that day which fits (W18, W23-W25); none: not allowed."""
    if policy.real_name_only and not asked.real_name:
        return Allowed(Decision(allow=False, rule_id="OP-REAL-NAME", message_key="anonymous"))
    for rule in policy.collect:
        if _fits(rule, asked) and (FILING not in rule.needs or filed(policy, asked.day)):
            return Allowed(_decision(rule, asked), rule.methods)
    return Allowed(Decision(allow=False, rule_id="OP-NONE", message_key="prepay.no_rule"))


def may_collect_from_somebody(policy: Prepay, day: date) -> bool:
    """Whether some patient of that day may be let: nobody in particular is asked about (C01)."""
    return any(
        rule.allow and (FILING not in rule.needs or filed(policy, day))
        for rule in policy.collect
        if rule.since <= day <= rule.until
    )


def filed(policy: Prepay, day: date) -> bool:
    """Whether the authority had been told by that day (W25)."""
    filing: Filing = policy.authority_filing
    return bool(filing.number) and filing.day is not None and filing.day <= day


def _fits(rule: CollectRule, asked: Asked) -> bool:
    in_time = rule.since <= asked.day <= rule.until
    in_scene = not rule.scene_in or asked.scene in rule.scene_in
    in_group = not rule.group_in or bool(asked.groups.intersection(rule.group_in))
    return in_time and in_scene and in_group


def _decision(rule: CollectRule, asked: Asked) -> Decision:
    met = {FILING} | ({CONSENT} if asked.consented else set())
    needs = tuple(need for need in rule.needs if need not in met)
    return Decision(
        allow=rule.allow, rule_id=rule.rule_id, message_key=rule.message_key, needs=needs
    )


def limits_of(policy: Prepay, method: str) -> Limits | None:
    """The limits of a method; None: it has none here and is not offered."""
    return policy.limits.get(method)


def may_take(
    policy: Prepay, allowed: Allowed, method: str, amount_fen: int, balance_fen: int
) -> Decision:
    """Whether this amount may be added by this method, inclusive (S13, S14)."""
    decision = allowed.decision
    if not decision.allow:
        return decision
    if CONSENT in decision.needs:
        return _no(decision, "consent_missing")
    limits = limits_of(policy, method)
    if method not in allowed.methods or limits is None:
        return _no(decision, "method")
    if not limits.min_fen <= amount_fen <= limits.max_fen:
        return _no(decision, "limits")
    if 0 < limits.balance_cap_fen < balance_fen + amount_fen:
        return _no(decision, "balance_cap")
    return Decision(allow=True, rule_id=decision.rule_id)


def _no(decision: Decision, reason: str) -> Decision:
    return Decision(allow=False, rule_id=decision.rule_id, message_key=reason, needs=decision.needs)


def may_spend(policy: Prepay, state: str) -> Decision:
    """An old balance may be spent until it is cleared, where the profile says so (C01)."""
    if state in ("NONE", "CLEARED", "LEDGERED"):
        return Decision(allow=False, rule_id="OP-SPEND", message_key="prepay.no_balance")
    if not policy.spend_existing_balance:
        return Decision(allow=False, rule_id="OP-SPEND", message_key="prepay.refund_only")
    return Decision(allow=True, rule_id="OP-SPEND")


def residual(policy: Prepay, balance_fen: int) -> Decision:
    """What a terminal proposes for the rest after a settlement (S15, S51, C09).

    `message_key`: prepay.clear_at_window, prepay.clear_by_route, or "" to say nothing.
    """
    if balance_fen == 0 or policy.clear_after_visit == "KEEP":
        return Decision(allow=False, rule_id="OP-RESIDUAL")
    at_window = policy.clear_after_visit == "WINDOW"
    key = "prepay.clear_at_window" if at_window else "prepay.clear_by_route"
    return Decision(allow=True, rule_id="OP-RESIDUAL", message_key=key)
