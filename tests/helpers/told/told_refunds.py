"""What the model backend tells about refunds."""

from __future__ import annotations

from typing import Any

from core.billing import Text
from core.deferral import Decision
from core.flow import Act
from core.refunds import (
    Contact,
    Refundable,
    RefundableLine,
    RefundableSettlement,
    RefundRequest,
    RefundRequests,
    RefundStep,
    RefundWay,
)
from core.steps.refunds import (
    AskRefund,
    FetchPayee,
    FetchRefundable,
    FetchRefunds,
    ResubmitContact,
)

WARNING = Text("款项会回到当时付款人的账户。", "What goes back reaches whoever paid.")
LINES = (
    RefundableLine("L1", Text("血常规", "Blood count"), "1", Text("次", "time"), 2_000, ""),
    RefundableLine(
        "L2", Text("胸部平片", "Chest X-ray"), "1", Text("次", "time"), 6_500, "item_executed"
    ),
)
SETTLEMENT = RefundableSettlement(
    "S1",
    "OUTPATIENT",
    (Text("检验科", "Laboratory"),),
    "2026-01-05T10:00:00+08:00",
    8_500,
    "",
    LINES,
    WARNING,
)
CREDIT_SETTLEMENT = RefundableSettlement(
    "S2",
    "OUTPATIENT",
    (Text("内科", "Medicine"),),
    "2026-01-04T10:00:00+08:00",
    2_000,
    "refund.elsewhere",
    (LINES[0],),
    None,
)
REQUEST = RefundRequest(
    refund_id="9f86d081884c7d659a2feaa0c55ad0",
    state="ACCEPTED",
    settlement_id="S1",
    total_fen=2_000,
    parts=(
        RefundWay(
            "SCAN", 2_000, "WECHAT", "PLANNED", Text("原路退回付款账户", "Back the way it was paid")
        ),
    ),
    slip=None,
    asked_at="2026-01-06T10:00:00+08:00",
    reason="not done",
    steps=(RefundStep("ACCEPTED", "2026-01-06T10:00:00+08:00"),),
    needs=(),
    warning=WARNING,
)
RESUBMIT = RefundRequest(
    refund_id="2c26b46b68ffc68ff99b453c1d3041",
    state="NEED_REALNAME_RESUBMIT",
    settlement_id="S3",
    total_fen=3_000,
    parts=(
        RefundWay(
            "TRANSFER",
            3_000,
            "",
            "PLANNED",
            Text("超过原路退回年限，转账至实名账户", "Too old for its way back: transfer"),
        ),
    ),
    slip=None,
    asked_at="2026-01-02T10:00:00+08:00",
    reason="wrong item",
    steps=(
        RefundStep("ACCEPTED", "2026-01-02T10:00:00+08:00"),
        RefundStep("REVIEWED", "2026-01-03T10:00:00+08:00"),
        RefundStep("CONFIRMED", "2026-01-03T11:00:00+08:00"),
    ),
    needs=("PAYEE",),
    warning=None,
)
OF_A_MINOR = Decision(False, "W32", "real_name_needed", ("REGISTERED_CONTACT", "REAL_NAME"))

TOLD: dict[type[Act[Any]], object] = {
    FetchRefundable: Refundable((SETTLEMENT, CREDIT_SETTLEMENT)),
    FetchPayee: OF_A_MINOR,
    AskRefund: REQUEST,
    FetchRefunds: RefundRequests((RESUBMIT, REQUEST)),
    ResubmitContact: Contact("CONTACT", "王*国"),
}
