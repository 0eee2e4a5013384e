"""Separation of duties as data: what each role is for, which roles never meet in one person.

Pure. What a reader would get wrong: which route asks for which role stands at the route; this says
who may have the role and where its holder may sign in.
"""

from __future__ import annotations

from collections.abc import Sequence

from settlement_backend.policy.decision import Decision
from settlement_backend.policy.profile import StaffRules

ROLES = ("cashier", "reviewer", "supervisor", "finance", "technician", "auditor")
# Who handles money does not check it; who services machines touches neither (GB/T 22239 8.1.4.2).
_NEVER_TOGETHER = (
    ("cashier", "finance"),
    ("cashier", "auditor"),
    ("cashier", "technician"),
    ("reviewer", "auditor"),
    ("supervisor", "auditor"),
    ("finance", "auditor"),
    ("finance", "technician"),
    ("technician", "auditor"),
)


def may_hold(roles: Sequence[str]) -> Decision:
    """Whether one person may have all of these."""
    if not roles or not set(roles) <= set(ROLES):
        return Decision(allow=False, rule_id="DUTY-ROLES", message_key="unknown_role")
    for one, other in _NEVER_TOGETHER:
        if one in roles and other in roles:
            return Decision(allow=False, rule_id="DUTY-APART", message_key="roles_conflict")
    return Decision(allow=True, rule_id="DUTY-ROLES")


def may_sign_in(rules: StaffRules, terminal_kind: str, roles: Sequence[str]) -> Decision:
    """Whether somebody with these roles has anything to do at such a terminal."""
    allowed = set(roles).intersection(rules.sign_in.get(terminal_kind, ()))
    if not allowed:
        return Decision(allow=False, rule_id="DUTY-PLACE", message_key="not_here")
    return Decision(allow=True, rule_id="DUTY-PLACE")
