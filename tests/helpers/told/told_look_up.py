"""What the model backend tells about look up."""

from __future__ import annotations

from typing import Any

from core.billing import Completer, Hold, Text
from core.flow import Act
from core.goods import Price
from core.look_up import Balance, Holds, MoneyItem, MoneyStep, MoneyTrail, Prices
from core.steps.look_up import FetchBalance, FetchHolds, FetchMoney, FetchPrices
from core.window_steps import ResolveSlip, SlipMeaning

_AT = "2026-01-05T09:12:00+08:00"
BALANCE = Balance(12_300, "OPEN")
HOLDS = Holds(
    (
        Hold(
            "H1",
            200_000,
            50_000,
            0,
            150_000,
            "HELD",
            "622848****1234",
            "2026-02-04",
            Completer.ACQUIRER,
        ),
    )
)
PAYMENT = MoneyItem(
    about="S1",
    kind="PAYMENT",
    title=Text("缴费", "Payment"),
    amount_fen=8_524,
    at=_AT,
    state_words=Text("人工核实中", "Being checked by a person"),
    next=Text("请凭核实凭条到收费窗口。", "Bring the slip to a window."),
    open=True,
    case_id="C1A2B3C4D5E6F",
    owner="cashier-office",
    due_at="2026-01-06T09:12:00+08:00",
    steps=(
        MoneyStep("OPENED", Text("已发起", "Begun"), _AT, 8_524, ""),
        MoneyStep("TAKEN", Text("款项已收到", "The money was taken"), _AT, 8_524, "*000123"),
    ),
)
CHANGE = MoneyItem(
    about="CH1",
    kind="CHANGE",
    title=Text("找零", "Change"),
    amount_fen=1_500,
    at=_AT,
    state_words=Text("待领取", "Waiting for you"),
    next=Text("请凭找零凭条到收费窗口领取。", "Bring the change slip to a window."),
    open=True,
    case_id="",
    owner="",
    due_at="",
    steps=(MoneyStep("CHANGE_DUE", Text("机器欠找零", "The machine owes change"), _AT, 1_500, ""),),
)
MONEY = MoneyTrail((PAYMENT, CHANGE))
PRICES = Prices(
    (
        Price(
            "ECG12",
            Text("十二导联心电图", "12-lead ECG"),
            "EXAM",
            "A",
            Text("次", "time"),
            "32.00",
            3_200,
        ),
        Price(
            "AMLO",
            Text("苯磺酸氨氯地平片", "Amlodipine tablets"),
            "DRUG",
            "B",
            Text("盒", "box"),
            "1.23456",
            123,
        ),
    )
)
MEANING = SlipMeaning("S", None, (), "S1", "")

TOLD: dict[type[Act[Any]], object] = {
    FetchBalance: BALANCE,
    FetchHolds: HOLDS,
    FetchMoney: MONEY,
    FetchPrices: PRICES,
    ResolveSlip: MEANING,
}
