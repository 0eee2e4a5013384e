"""What a window is told of refunds, paper and doubts, with long values. People are invented."""

from __future__ import annotations

from cashier.journeys.work import AtWork
from core.billing import Settlement, SettlementState, Slip, Text
from core.cases import Case, Enquiry
from core.deferral import Decision
from core.history import StepTaken
from core.identity import Patient
from core.look_up import MoneyItem, MoneyStep
from core.papers import Invoice, Sheet, SlipListed
from core.refund_files import RefundedLine, RefundFile, RefundRoute
from core.signing import KeptSignature
from core.window_steps import Operator
from tests.helpers.ink import DRAWN

AT_TIME, DUE = "2026-11-22T09:12:03+08:00", "2026-11-23T09:12:03+08:00"
OPERATOR = Operator("2107", "林晓雯", ("cashier",), "2026-11-22T07:58:00+08:00", 4_621_830, 312, 4)
PATIENT = Patient(
    "p-1", "欧阳建国", "330302********123X", "138****5628", "M", 67, (), "310", "********4821"
)
AT = AtWork(OPERATOR)
SERVING = AtWork(OPERATOR, PATIENT)

_INSURANCE = RefundRoute(
    *("r-0", "INSURANCE", 2_000, "", "PLANNED"),
    Text("医保部分先由医保撤销", "The insurance takes its part back first"),
    "",
)
_WALLET = RefundRoute(
    *("r-1", "BOUND_DEBIT", 4_500, "招商银行 ****8812", "PLANNED"),
    Text("原路退回付款账户", "Back the way it was paid"),
    "李*明",
)
FILE = RefundFile(
    refund_id="8f3a11c2d4e5",
    state="ACCEPTED",
    settlement_id="s-1",
    patient_id="p-1",
    display_name="欧阳建国",
    total_fen=6_500,
    lines=(
        RefundedLine(
            "l-1", Text("糖化血红蛋白测定（色谱法）", "HbA1c"), "1", Text("次", "time"), 6_500
        ),
    ),
    parts=(_INSURANCE, _WALLET),
    slip=None,
    asked_at=AT_TIME,
    reason="检查未做，医生已撤销医嘱",
    steps=(StepTaken("ACCEPTED", "", AT_TIME, "", "K01"),),
    needs=(),
    warning=Text("款项会回到付款人", "What goes back as it came reaches whoever paid."),
)
_CASH = RefundRoute(*("r-2", "CASH", 6_500, "", "PLANNED"), Text("退现金", "In cash"), "")
CASH_FILE = RefundFile(
    *(FILE.refund_id, "REVIEWED", "s-1", "p-1", "欧阳建国", 6_500, FILE.lines, (_CASH,), None),
    *(AT_TIME, FILE.reason, FILE.steps, (), None),
)
TRANSFER = RefundRoute(
    *("r-3", "TRANSFER", 6_500, "", "PLANNED"),
    Text("支付渠道不受理退款，转账至实名账户", "The channel does not take it back"),
    "",
)
TRANSFER_FILE = RefundFile(
    *(FILE.refund_id, "NEED_REALNAME_RESUBMIT", "s-1", "p-1", "欧阳建国", 6_500, FILE.lines),
    *((TRANSFER,), None, AT_TIME, FILE.reason, FILE.steps, ("PAYEE",), None),
)
CHILD = Decision(True, "W30", "", ("REGISTERED_CONTACT",))

CASE = Case(
    *("C20261122017", "refund", "8f3a11c2d4e5", 250_000, "p-1", "cashier-office", "OPEN"),
    *(AT_TIME, DUE, True, "", "", "", ""),
    ("the channel does not give the money back", "银行客服 95555 核实：未收到退款指令"),
    (
        StepTaken("OPENED", "", AT_TIME, "", "K01"),
        StepTaken("EVIDENCE", "", AT_TIME, "2107", "W07"),
    ),
)
ENQUIRY = Enquiry(
    enquiry_id="QA1B2C3D4E5F6",
    kind="COMPLAINT",
    patient_id="p-1",
    name="欧阳建国",
    contact="13800005628",
    content="住院期间床位费重复收取两天，多次询问病区未得到解释，要求书面答复并退还多收费用。",
    state="OPEN",
    at=AT_TIME,
    due_at=DUE,
    overdue=True,
    taken_by="2107",
    answer="",
    answered_by="",
    answered_at="",
    history=(StepTaken("TAKEN_DOWN", "", AT_TIME, "2107", "W07"),),
)
SHEET = Sheet("33010126", "0000000017", "W07", "W07", "UNCERTAIN", "", AT_TIME, "2107", "")
INVOICE = Invoice(
    *("i-1", "s-1", "PRINT_UNCERTAIN", "02", 1_234_567, "33060126", "0000004711", "a1b2c3"),
    *(AT_TIME, "QR", SHEET),
)
SLIP = SlipListed(
    Slip("S-20261122-4711", "ZF1.S.S-20261122-4711.MAC"),
    "S",
    Text("门诊结算凭条", "Settlement slip"),
    AT_TIME,
    2,
)
SETTLEMENT = Settlement(
    *("s-1", SettlementState.COMPLETED, "欧阳建国", (), (), (), (), 0, 0, 0, None, 0, None, None),
    *(None, "", None, AT_TIME),
)
ITEM = MoneyItem(
    *("8f3a11c2d4e5", "REFUND", Text("退费", "Refund"), 6_500, AT_TIME),
    *(Text("退款中", "Being paid back"), Text("一至三个工作日到账", "Within three days"), True),
    *("C20261122017", "cashier-office", DUE),
    (MoneyStep("ASKED", Text("已申请", "Asked for"), AT_TIME, 6_500, "WX20261122004711"),),
)
SIGNED = KeptSignature("s-1", "SHEET", DRAWN.digest, DRAWN.png, "K01", AT_TIME, "")
