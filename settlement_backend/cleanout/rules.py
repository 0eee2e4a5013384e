"""Where a balance is asked for, what must come along, and which way each top-up goes back.

Pure functions of the profile (W27-W35, C05, C09). What a reader would get wrong: any campus may do
it (W35), so no rule looks at where the money was paid in; only the kind of terminal counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from settlement_backend.policy.decision import Decision
from settlement_backend.policy.profile import Prepay, RefundRules
from settlement_backend.refunds.rules import original_route

Route = Literal["ORIGINAL", "TRANSFER", "CASH"]
WALLETS = ("WECHAT", "ALIPAY", "UNIONPAY")
CARD = "BANKCARD_TRANSFER"
WARNING, FACE, PAYEE = "WARNING", "FACE", "PAYEE"


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks where: the kind of terminal, whether the person is dead, the account's state."""

    terminal_kind: str
    deceased: bool = False
    state: str = "OPEN"


@dataclass(frozen=True, slots=True)
class TopUp:
    """How a top-up came in. `order_no`: the acquirer's, "" where nobody knows it."""

    channel: str
    order_no: str
    paid_on: date


@dataclass(frozen=True, slots=True)
class Way:
    """How a top-up goes back, and by which rule."""

    route: Route
    rule_id: str


def may_apply(rules: Prepay, asker: Asker) -> Decision:
    """Whether this terminal takes the application (C05, W34); one at a time."""
    if asker.state == "FROZEN_FOR_CLEANOUT":
        return Decision(allow=False, rule_id="CO-ONE", message_key="under_way")
    if asker.terminal_kind not in rules.cleanout_channels:
        return Decision(allow=False, rule_id="CO-CHANNEL", message_key="refund.elsewhere")
    at_window = asker.terminal_kind == "window"
    if asker.deceased and not at_window:
        return Decision(allow=False, rule_id="CO-DECEASED", message_key="window_only")
    if asker.state == "LEDGERED" and not at_window:
        return Decision(allow=False, rule_id="CO-LEDGERED", message_key="window_only")
    return Decision(allow=True, rule_id="CO-APPLY")


def way_back(
    prepay: Prepay,
    refund: RefundRules,
    asker: Asker,
    top_up: TopUp,
    today: date,
) -> Way:
    """Original route while its time lasts, else a transfer; cash only where a window clears it."""
    if asker.deceased:
        return Way("TRANSFER", "RF-DECEASED")
    at_window = asker.terminal_kind == "window" and prepay.clear_after_visit == "WINDOW"
    if top_up.channel == "CASH" and at_window:
        return Way("CASH", "RF-WINDOW")
    if not top_up.order_no or top_up.channel not in (*WALLETS, CARD):
        return Way("TRANSFER", "RF-NO-ROUTE")
    channel = "UNIONPAY" if top_up.channel == CARD else top_up.channel
    decision = original_route(refund, channel, top_up.paid_on, today)
    return Way("ORIGINAL" if decision.allow else "TRANSFER", decision.rule_id)


def needs(rules: Prepay, asker: Asker, ways: Sequence[Way]) -> tuple[str, ...]:
    """What must come along: a warning read (W31), a face (W33), an account (W28)."""
    wanted = []
    if any(way.route == "ORIGINAL" for way in ways):
        wanted.append(WARNING)
    if asker.terminal_kind in rules.face_channels:
        wanted.append(FACE)
    if any(way.route == "TRANSFER" for way in ways):
        wanted.append(PAYEE)
    return tuple(wanted)


def may_ledger(rules: Prepay, today: date) -> Decision:
    """Balances are entered as not returned once the deadline is over; its day counts (W19)."""
    deadline = rules.cleanout_deadline
    if deadline is None or today <= deadline:
        return Decision(allow=False, rule_id="CO-DEADLINE", message_key="before_deadline")
    return Decision(allow=True, rule_id="CO-DEADLINE")
