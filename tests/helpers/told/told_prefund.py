"""What the model backend tells about prefund: a balance of two top-ups, allowed to grow."""

from __future__ import annotations

from typing import Any

from core.billing import Completer, Hold, Slip, Text
from core.deferral import Decision
from core.flow import Act
from core.prepay import (
    CASH,
    CONSENT,
    PREAUTH,
    TRANSFER,
    CleanOut,
    CleanOutPlan,
    CleanOuts,
    HoldRelease,
    PrefundMethod,
    PrepayTerms,
    WayBack,
)
from core.steps.prefund import (
    ApplyForCleanOut,
    FetchCleanOutPlan,
    FetchCleanOuts,
    FetchHoldRelease,
    FetchPatientHolds,
    FetchPrepayTerms,
    Holds,
    ResubmitPayee,
)

HOLD = Hold(
    hold_id="H-1",
    amount_fen=50_000,
    taken_fen=0,
    released_fen=0,
    remaining_fen=50_000,
    state="HELD",
    masked_card="622202*********4567",
    expires_on="2026-02-04",
    completer=Completer.ACQUIRER,
)
MAY_RELEASE = HoldRelease(
    hold=HOLD,
    decision=Decision(allow=True, rule_id="S12", message_key="", needs=()),
    receipt="0900",
    place=Text("门诊一楼东厅 自助机 A-03", "Outpatient hall, 1F east, Machine A-03"),
)
YES = Decision(allow=True, rule_id="OP-EXEMPT-GROUP", message_key="", needs=(CONSENT,))
BAN = Decision(allow=False, rule_id="OP-BAN", message_key="prepay.stopped.2025", needs=())
TERMS = PrepayTerms(
    collect=YES,
    methods=(
        PrefundMethod(PREAUTH, True, "", 10_000, 500_000, 0),
        PrefundMethod(TRANSFER, True, "", 5_000, 200_000, 0),
        PrefundMethod(CASH, True, "", 5_000, 200_000, 0),
    ),
    spend=Decision(allow=True, rule_id="OP-SPEND", message_key="", needs=()),
    refund=Decision(allow=True, rule_id="OP-REFUND", message_key="", needs=()),
    balance_fen=8_000,
    state="OPEN",
    scene="OUTPATIENT",
)
WAYS = (
    WayBack(
        "WECHAT",
        Text("微信支付", "WeChat Pay"),
        "2024-11-05",
        3_000,
        "ORIGINAL",
        "RF-ORIGINAL",
        Text("在原路退回期限内", "Within the time for the original route"),
        "PLANNED",
    ),
    WayBack(
        "OLD",
        Text("旧系统余额", "Old balance"),
        "2020-03-01",
        5_000,
        "TRANSFER",
        "RF-NO-ROUTE",
        Text("原支付渠道不明", "Nobody knows the original route"),
        "PLANNED",
    ),
)
PLAN = CleanOutPlan(
    decision=Decision(allow=True, rule_id="CO-APPLY", message_key="", needs=()),
    balance_fen=8_000,
    ways=WAYS,
    needs=("WARNING", "FACE", "PAYEE"),
    warning=Text("退款将原路退回当时的充值账户。", "The money goes back to whoever paid it in."),
    payee=Decision(allow=True, rule_id="RF-PAYEE", message_key="", needs=("PATIENT",)),
    documents=(),
)
CLEAN_OUT = CleanOut(
    clean_out_id="CO1",
    state="ACCEPTED",
    amount_fen=8_000,
    ways=WAYS,
    needs=(),
    payee_account="*0123",
    payee_bank="ICBC",
    reason="",
    asked_at="2026-01-05T09:31:00+08:00",
    slip=Slip("S9", "ZF1.U.S9.AAAA"),
)

TOLD: dict[type[Act[Any]], object] = {
    FetchPatientHolds: Holds((), ()),
    FetchHoldRelease: MAY_RELEASE,
    FetchPrepayTerms: TERMS,
    FetchCleanOutPlan: PLAN,
    ApplyForCleanOut: CLEAN_OUT,
    FetchCleanOuts: CleanOuts((CLEAN_OUT,)),
    ResubmitPayee: CLEAN_OUT,
}
