"""One content of every slip kind, plain and as long as contents get, and slips as text."""

from __future__ import annotations

from dataclasses import replace

from core.billing import (
    Bill,
    BillLine,
    Completer,
    Component,
    ComponentKind,
    Hold,
    InsuranceClass,
    Refund,
    RefundPart,
    Settlement,
    SettlementState,
    Slip,
    Tender,
    TenderKind,
    TenderState,
    Text,
)
from core.catalogue import Catalogue
from core.document import (
    Align,
    Document,
    DocumentLine,
    Pair,
    Picture,
    QrCode,
    Rule,
    Space,
    TextLine,
)
from core.identity import Patient
from core.operation import OperationKind
from core.slips import (
    DoubtSlip,
    HoldSlip,
    ReferralSlip,
    RefundSlip,
    SettlementSlip,
    SlipContent,
)
from devices.receipt_printer.escpos.layout import pair_lines, width, wrap
from terminal.slips import Letterhead, Moment, lay_out, slip_key

COLUMNS = 48
HEAD = Letterhead(
    Text("温和医科大学附属医院", "Wenhe University Hospital"),
    "K01",
    Text("自助机 A-03", "Machine A-03"),
    "0577-8800 2120",
    slip_key("demo-kiosk-01"),
)
MOMENT = Moment("2026-01-05 09:30", 17, "ab12cd34" + "0" * 56)
# A window's backend tells full names; the rest must never be on any paper.
PERSON = Patient(
    *("PATIENT-17", "王建国", "330302********0016", "138****0077", "M", 41, ("INSURED",), "310"),
    card_number="********0025",
)
OPERATION_ID = "0f8fad5b-d9cb-469f-a165-70867728950e"
SLIP = Slip("S260105ABCDEF", "ZF1.S.S260105ABCDEF.ABCDEFGHIJKLMNOPQRSTUVWXYZ")
LONG = Text("多学科联合门诊特需诊查费" * 4, "Multidisciplinary outpatient consultation " * 3)


_PARTS = (
    ComponentKind.INSURANCE_FUND,
    ComponentKind.PERSONAL_ACCOUNT,
    ComponentKind.SUBSIDY,
)
_TENDERS = (
    TenderKind.PREPAY_BALANCE,
    TenderKind.PREAUTH,
    TenderKind.SCAN,
    TenderKind.CASH,
)


def bill(name: Text, amount_fen: int, quantity: str = "2") -> Bill:
    """One group with one line."""
    unit = Text("次", "time")
    line = BillLine("L1", name, InsuranceClass.A, quantity, unit, amount_fen // 2, amount_fen)
    department = name if name is LONG else Text("检验科", "Laboratory")
    return Bill("B1", 1, "OUTPATIENT", department, Text("李医生", "Dr Li"), "", (line,), amount_fen)


def settlement(name: Text, unit_fen: int) -> Settlement:
    """A settlement of many parts, `unit_fen` each; a hold that three parts of came from."""
    hold = Hold(
        *("H1", unit_fen * 6, unit_fen, unit_fen * 2, unit_fen * 3, "HELD"),
        masked_card="622848****1234",
        expires_on="2026-02-04",
        completer=Completer.ACQUIRER,
    )
    parts = _PARTS
    return Settlement(
        settlement_id=OPERATION_ID,
        state=SettlementState.COMPLETED,
        patient=PERSON.display_name,
        bills=(bill(name, unit_fen * 7),),
        components=(
            *(Component(kind, unit_fen) for kind in parts),
            Component(ComponentKind.SELF_PAY, unit_fen * 4),
        ),
        tenders=tuple(
            Tender(kind.value, kind, unit_fen, TenderState.TAKEN, _label(kind)) for kind in _TENDERS
        ),
        options=(),
        total_fen=unit_fen * 7,
        due_fen=0,
        cash_fen=0,
        reauthorise_fen=0,
        pos=None,
        cash=None,
        hold=hold,
        slip=SLIP,
        trouble="",
        next_poll_ms=None,
        settled_at="2026-01-05T09:30:00+08:00",
    )


def _label(kind: TenderKind) -> str:
    return "622848****1234" if kind is TenderKind.PREAUTH else ""


def contents(name: Text, unit_fen: int) -> dict[str, SlipContent]:
    """One of each kind."""
    paid = settlement(name, unit_fen)
    assert paid.hold is not None
    window = name if name is LONG else Text("7 号窗口", "Window 7")
    routes = ("INSURANCE", "PREPAY_BALANCE", "PREAUTH", "SCAN", "CASH")
    refunded = tuple(RefundPart(route, unit_fen, "622848****1234", "DONE") for route in routes)
    return {
        "settlement": SettlementSlip(paid),
        "referral": ReferralSlip(PERSON, paid.bills, SLIP, window, "window_only"),
        "hold": HoldSlip(PERSON, paid.hold),
        "hold_here": HoldSlip(PERSON, replace(paid.hold, completer=Completer.THIS_POS)),
        "refund": RefundSlip(Refund("RF1", "PAID", "S1", unit_fen * 5, refunded, SLIP)),
        "doubt": DoubtSlip(OPERATION_ID, OperationKind.HOLD, unit_fen),
    }


PLAIN = contents(Text("血常规", "Blood count"), 1_234)
LONGEST = contents(LONG, 999_999_999)


def laid_out(content: SlipContent, catalogue: Catalogue) -> Document:
    """As K01 prints it."""
    return lay_out(content, HEAD, MOMENT, catalogue)


def as_text(document: Document) -> list[str]:
    """What a person reads, in half-width columns; trailing blanks are left out."""
    return [row.rstrip() for line in document.lines for row in _rows(line)]


def _rows(line: DocumentLine) -> list[str]:
    match line:
        case TextLine(text, align, _, large):
            return [_placed(row, align, large) for row in wrap(text, COLUMNS // (1 + large))]
        case Pair(left, right):
            return pair_lines(left, right, COLUMNS)
        case Rule():
            return ["-" * COLUMNS]
        case Space(lines):
            return [""] * lines
        case QrCode(text):
            return [f"<{text}>"]
        case Picture(width):
            return [f"<picture of {width} dots>"]


def _placed(row: str, align: Align, large: bool) -> str:
    free = COLUMNS - width(row) * (1 + large)
    return " " * {Align.LEFT: 0, Align.CENTRE: free // 2, Align.RIGHT: free}[align] + row
