"""Prepaid balances as they go over the wire.

What a reader would get wrong: nothing here says who paid a top-up; a balance may have been paid
in by a parent, a spouse or a former partner (W31).
"""

from __future__ import annotations

from settlement_backend.base.shapes import Shape, Words
from settlement_backend.documents.shapes import SlipShape
from settlement_backend.policy.decision import Decision

CHANNELS = {
    "WECHAT": Words(zh="微信", en="WeChat"),
    "ALIPAY": Words(zh="支付宝", en="Alipay"),
    "UNIONPAY": Words(zh="云闪付", en="UnionPay"),
    "BANKCARD_TRANSFER": Words(zh="银行卡转账", en="Bank card transfer"),
    "CASH": Words(zh="现金", en="Cash"),
    "OLD": Words(zh="历史余额", en="Earlier balance"),
}


class MethodShape(Shape):
    """A way to prefund, in the order of offering (S09). Limits are inclusive, 0: no cap."""

    method: str
    allowed: bool
    reason: str
    min_fen: int
    max_fen: int
    balance_cap_fen: int


class TermsShape(Shape):
    """What may be done with this person's prepayment today, by verb."""

    collect: Decision
    methods: tuple[MethodShape, ...]
    spend: Decision
    refund: Decision
    balance_fen: int
    state: str
    scene: str


class LotShape(Shape):
    """One top-up. `channel_name` is for people."""

    lot_id: str
    channel: str
    channel_name: Words
    amount_fen: int
    left_fen: int
    day: str


class BalanceShape(Shape):
    """A person's own account."""

    balance_fen: int
    state: str
    lots: tuple[LotShape, ...]


class TopUpShape(Shape):
    """A top-up that was booked."""

    top_up_id: str
    method: str
    amount_fen: int
    balance_fen: int
    rule_id: str
    slip: SlipShape


class ResidualShape(Shape):
    """What is left after a settlement, and what to propose for it."""

    residual_fen: int
    decision: Decision
    words: Words | None


class FlowShape(Shape):
    """Money of one kind of movement, such as TOP_UP or SPENT; all kinds: docs/backend_api."""

    kind: str
    amount_fen: int
    count: int


class TotalsShape(Shape):
    """Income, spending and refunds of some days, both included, and what we owe now (S46)."""

    since: str
    until: str
    flows: tuple[FlowShape, ...]
    owed_fen: int
    accounts: int


class HolderShape(Shape):
    """An account with a balance. `age_days`: of its oldest money, `idle_days`: since it moved."""

    patient_id: str
    display_name: str
    balance_fen: int
    state: str
    oldest_day: str
    age_days: int
    idle_days: int


class HolderList(Shape):
    """Accounts with a balance."""

    accounts: tuple[HolderShape, ...]


class AgeShape(Shape):
    """Balances whose oldest money is of one age. `until_years` 0: older than all others."""

    until_years: int
    accounts: int
    amount_fen: int


class StockShape(Shape):
    """The stock of old balances and how far its clean-out is (W19)."""

    deadline: str
    days_left: int
    accounts: tuple[HolderShape, ...]
    ages: tuple[AgeShape, ...]
    open_fen: int
    under_way_fen: int
    returned_fen: int
    ledgered_fen: int


class ChangeShape(Shape):
    """Cash a machine owes, by its slip."""

    settlement_id: str
    amount_fen: int
    state: str
    slip: SlipShape
    at: str
    paid_at: str
