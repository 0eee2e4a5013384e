"""When a stay may begin, be charged, be paid for and end. Pure (C14, C18, H22-H25)."""

from __future__ import annotations

from settlement_backend.policy.decision import Decision
from settlement_backend.policy.profile import DepositRules


def may_admit(state: str) -> Decision:
    """Registered at any channel once a doctor has asked for it (H22, A.a8, A.a14)."""
    if state in ("REQUESTED", "ADMITTED"):
        return Decision(allow=True, rule_id="H22")
    return _no("H22", "admission_over")


def may_ask_deposit(state: str, deposits: DepositRules) -> Decision:
    """A doctor asks for a deposit of a stay that is not over (H23); the ban of outpatient
    prepayments says nothing about it (C14)."""
    if not deposits.enabled:
        return _no("H23", "deposit_off")
    if state not in ("REQUESTED", "ADMITTED"):
        return _no("H23", "admission_over")
    return Decision(allow=True, rule_id="H23")


def may_pay_deposit(channel: str, deposits: DepositRules) -> Decision:
    """Where a requested deposit may be paid (H24, A.a9, A.a15). `channel`: kind of terminal."""
    if not deposits.enabled:
        return _no("H24", "deposit_off")
    if channel not in deposits.channels:
        return _no("H24", "deposit_not_here")
    return Decision(allow=True, rule_id="H24")


def may_charge(state: str) -> Decision:
    """Charges of a stay end with the discharge notice."""
    if state == "ADMITTED":
        return Decision(allow=True, rule_id="S40")
    return _no("S40", "not_admitted")


def may_discharge(state: str) -> Decision:
    """The stay is settled after the doctor's notice (H25)."""
    if state == "NOTICED":
        return Decision(allow=True, rule_id="H25")
    return _no("H25", "no_discharge_notice")


def _no(rule_id: str, message_key: str) -> Decision:
    return Decision(allow=False, rule_id=rule_id, message_key=message_key)
