"""Who may place a hold, of how much: pure rules of the profile (S10, S12, S16, C02)."""

from __future__ import annotations

from dataclasses import dataclass

from settlement_backend.policy.decision import Decision
from settlement_backend.policy.profile import Preauth

_MOST_CARD_DIGITS = 10


def may_hold(rules: Preauth, real_name: bool) -> Decision:
    """A hold moves no money and has a switch of its own; anonymous cards have none."""
    if not rules.enabled:
        return Decision(allow=False, rule_id="C02", message_key="disabled")
    if rules.real_name_only and not real_name:
        return Decision(allow=False, rule_id="S16", message_key="anonymous")
    return Decision(allow=True, rule_id="S10")


def within_limits(rules: Preauth, amount_fen: int) -> Decision:
    """Inclusive at both ends (S10)."""
    allow = rules.min_fen <= amount_fen <= rules.max_fen
    return Decision(allow=allow, rule_id="S10", message_key="" if allow else "limits")


def may_replace(rules: Preauth, state: str, held_fen: int, amount_fen: int) -> Decision:
    """A larger hold in place of one that stands (S12)."""
    if state != "HELD":
        return Decision(allow=False, rule_id="S12", message_key="hold_unusable")
    if amount_fen <= held_fen:
        return Decision(allow=False, rule_id="S12", message_key="not_larger")
    return within_limits(rules, amount_fen)


@dataclass(frozen=True, slots=True)
class HoldNow:
    """What decides about a release. `here`: this terminal's card terminal made the hold;
    `in_use`: a bill is being paid from it."""

    state: str
    here: bool
    in_use: bool


def may_release(rules: Preauth, terminal_kind: str, hold: HoldNow) -> Decision:
    """The patient ends a hold, without a larger one, where it was made."""
    reason = ""
    if hold.state != "HELD":
        reason = "hold_unusable"
    elif terminal_kind not in rules.release_channels:
        reason = "release_not_offered"
    elif not hold.here:
        reason = "hold_elsewhere"
    elif hold.in_use:
        reason = "hold_in_use"
    return Decision(allow=not reason, rule_id="S12", message_key=reason)


def masked(card: str) -> Decision:
    """At most ten digits of a card number are ever kept (PCI DSS, B.12)."""
    allow = sum(character.isdigit() for character in card) <= _MOST_CARD_DIGITS
    return Decision(allow=allow, rule_id="B.12", message_key="" if allow else "full_card_number")
