"""One example of every state of the window's page.

`./run screens` draws all of them. People and numbers are invented; ID numbers carry masks.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import window_examples
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from cashier.pages.desk import DeskPage
from cashier.pages.top_bar import Place
from cashier.steps import ChooseRefundLines, Desk, ReviewPlan, ServePatient, ShowOutcome, SignIn
from cashier.steps.sheet import WorkSheet
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
    Tender,
    TenderKind,
    TenderOption,
    TenderState,
    Text,
)
from core.catalogue import Catalogue
from core.clock import CHINA
from core.flow import Act, Ask
from core.identity import Patient
from core.steps import ConfirmQuote, FollowSettlement, OpenSettlement, ShowPaymentCode
from core.window_steps import Operator, PatientFile, QueueEntry
from sandbox.player.hands import wait_until
from ui.fonts import use_font

ROOT = Path(__file__).resolve().parents[2]
FONT_PX = 16
SIZES = ((1920, 1080), (1366, 768))
PLACE = Place(
    Text("收费窗口 07", "Cashier window 07"),
    Text("温和医科大学附属医院", "Gentle Medical University Hospital"),
    Text("门诊一楼", "Outpatients, ground floor"),
)
DEVICES = (
    ("scanner", "ok"),
    ("smart_card", "ok"),
    ("id_card", "ok"),
    ("pos", "offline"),
    ("receipt_printer", "low"),
    ("customer_display", "ok"),
    ("backend", "ok"),
)


class FixedClock:
    """09:41 by the hospital's wall."""

    def __init__(self, hour: int = 9, minute: int = 41) -> None:
        self.local = datetime(2026, 11, 22, hour, minute, tzinfo=CHINA)

    def wall(self) -> datetime:
        return self.local.astimezone(UTC)

    def monotonic_ns(self) -> int:
        return 0

    def boot_id(self) -> str:
        return "test"


@cache
def catalogue(language: str) -> Catalogue:
    """From the sources of the messages, so that a page can be looked at before they are merged."""
    merged = Catalog(locale=language)
    for path in (ROOT / "resources/messages/zh.po", ROOT / "build/po/cashier.po"):
        if path.exists():
            with path.open("rb") as file:
                for message in read_po(file, locale="zh"):
                    if message.id and message.string:
                        merged.add(message.id, message.string)
    with tempfile.TemporaryDirectory() as folder:
        with (Path(folder) / f"{language}.mo").open("wb") as file:
            write_mo(file, merged)
        return Catalogue(language, Path(folder))


# --- people and bills ----------------------------------------------------------------------

OPERATOR = Operator("2107", "林晓雯", ("cashier",), "2026-11-22T07:58:00+08:00", 4_621_830, 312, 4)
WANG = Patient(
    "p1", "王建国", "330302********5628", "138****0001", "M", 68, (), "310", "********0017"
)
LONG_NAME = replace(
    WANG,
    display_name="阿卜杜热合曼·麦麦提依明·图尔逊江·阿布力克木",
    identities=("BENEFIT",),
    insurance="390",
)

_LINES = (
    (
        Text("心血管内科", "Cardiology"),
        Text("王敏", "Wang Min"),
        (
            ("专家门诊诊查费", "Specialist consultation", "A", 1, "次", "visit", 3000),
            ("十二导联心电图", "12-lead ECG", "A", 1, "次", "time", 3200),
            ("心脏彩色超声", "Echocardiography", "B", 1, "次", "time", 22000),
            ("苯磺酸氨氯地平片 5mg×28", "Amlodipine 5 mg x 28", "A", 2, "盒", "box", 2840),
            ("阿托伐他汀钙片 20mg×7", "Atorvastatin 20 mg x 7", "B", 4, "盒", "box", 4210),
        ),
    ),
    (
        Text("内分泌科", "Endocrinology"),
        Text("陈晓", "Chen Xiao"),
        (
            ("副主任医师诊查费", "Consultation", "A", 1, "次", "visit", 2000),
            ("糖化血红蛋白测定", "HbA1c", "A", 1, "项", "test", 6500),
            ("血脂四项", "Lipid panel", "A", 1, "项", "test", 3600),
            ("二甲双胍缓释片 0.5g×60", "Metformin 0.5 g x 60", "A", 2, "盒", "box", 2380),
        ),
    ),
    (
        Text("眼科", "Ophthalmology"),
        Text("林岚", "Lin Lan"),
        (
            ("普通门诊诊查费", "Consultation", "A", 1, "次", "visit", 1000),
            ("眼底照相（双眼）", "Fundus photography, both eyes", "B", 1, "次", "time", 9000),
            ("玻璃酸钠滴眼液 5ml", "Hyaluronate eye drops 5 ml", "OWN", 1, "支", "tube", 5260),
        ),
    ),
)


def _bills() -> Iterator[Bill]:
    number = 0
    for index, (department, doctor, items) in enumerate(_LINES, start=1):
        lines = []
        for zh, en, scheme, count, unit, unit_en, price in items:
            number += 1
            scheme_class = InsuranceClass(scheme)
            unit_text = Text(unit, unit_en)
            lines.append(
                BillLine(
                    f"l{number}",
                    Text(zh, en),
                    scheme_class,
                    str(count),
                    unit_text,
                    price,
                    price * count,
                )
            )
        total = sum(line.amount_fen for line in lines)
        issued = "2026-11-22T09:20:00+08:00"
        yield Bill(f"b{index}", 1, "OUTPATIENT", department, doctor, issued, tuple(lines), total)


BILLS = tuple(_bills())


def forty_lines() -> tuple[Bill, ...]:
    """One group of forty lines with the longest names a catalogue holds."""
    name = Text(
        "重组人粒细胞刺激因子注射液（预充式）300μg/0.5ml×1支 冷链配送 住院与门诊共用",
        "Recombinant human granulocyte colony-stimulating factor injection 300 ug / 0.5 ml",
    )
    line = BILLS[0].lines[0]
    lines = tuple(
        replace(
            line, line_id=f"x{number}", name=name, unit_price_fen=12_345_678, amount_fen=12_345_678
        )
        for number in range(40)
    )
    long_department = Text(
        "血液与肿瘤多学科联合诊疗中心", "Haematology and oncology multidisciplinary centre"
    )
    total = sum(one.amount_fen for one in lines)
    return (replace(BILLS[0], department=long_department, lines=lines, total_fen=total),)


HOLD = Hold("h1", 50_000, 0, 0, 50_000, "HELD", "622202****0123", "2026-12-20", Completer.ACQUIRER)


def settlement(
    *,
    state: SettlementState = SettlementState.QUOTED,
    tenders: tuple[Tender, ...] = (),
    due_fen: int = 18524,
    hold: Hold | None = None,
    bills: tuple[Bill, ...] = BILLS,
    cash_reason: str = "",
) -> Settlement:
    """828.40 in all, 185.24 of it the patient's."""
    total = sum(bill.total_fen for bill in bills)
    mine = due_fen + sum(tender.amount_fen for tender in tenders)
    components = (
        Component(ComponentKind.INSURANCE_FUND, total - mine - 12_000),
        Component(ComponentKind.PERSONAL_ACCOUNT, 12_000),
        Component(ComponentKind.SUBSIDY, 0),
        Component(ComponentKind.SELF_PAY, mine),
    )
    options = (
        TenderOption(TenderKind.CASH, not cash_reason, cash_reason),
        TenderOption(TenderKind.SCAN, True, ""),
    )
    done = state is SettlementState.COMPLETED
    return Settlement(
        settlement_id="s1",
        state=state,
        patient="王建国",
        bills=bills,
        components=components,
        tenders=tenders,
        options=() if due_fen == 0 else options,
        total_fen=total,
        due_fen=due_fen,
        cash_fen=due_fen,
        reauthorise_fen=0,
        pos=None,
        cash=None,
        hold=hold,
        slip=None,
        trouble="",
        next_poll_ms=None if done else 1000,
        settled_at="2026-11-20T10:22:33+08:00" if done else "",
    )


def tender(kind: TenderKind, amount_fen: int, state: TenderState, text: str = "") -> Tender:
    """One tender of the example settlement."""
    return Tender(f"t-{kind.value}", kind, amount_fen, state, text)


PAID = settlement(
    state=SettlementState.COMPLETED,
    tenders=(tender(TenderKind.SCAN, 18524, TenderState.TAKEN, "支付宝 ****8812"),),
    due_fen=0,
)
HELD = settlement(
    tenders=(
        tender(TenderKind.PREPAY_BALANCE, 8000, TenderState.PLANNED),
        tender(TenderKind.PREAUTH, 10524, TenderState.PLANNED, "622202****0123"),
    ),
    due_fen=0,
    hold=HOLD,
)
MIXED = settlement(
    tenders=(
        tender(TenderKind.PREPAY_BALANCE, 8000, TenderState.PLANNED),
        tender(TenderKind.PREAUTH, 50_000, TenderState.PLANNED, "622202****0123"),
    ),
    due_fen=1054,
    hold=HOLD,
    cash_reason="tender_not_allowed",
)
PLAN = Refund(
    "r1",
    "ACCEPTED",
    "s1",
    31_260,
    (
        RefundPart("INSURANCE", 20_000, "统筹基金 200.00", "PLANNED"),
        RefundPart("SCAN", 11_260, "支付宝 ****8812", "PLANNED"),
    ),
    None,
)

QUEUE = tuple(
    QueueEntry(number, name, summary, amount, kind, patient_id, f"ref-{number}")
    for number, name, summary, amount, kind, patient_id in (
        ("A0231", "王建国", "3 次就诊 · 12 项", 82_840, "REFERRAL", "p1"),
        ("A0232", "李秀芳", "1 次就诊 · 4 项", 21_650, "REFERRAL", "p2"),
        ("A0233", "王*", "挂号 · 骨科", 1_800, "REFERRAL", "p3"),
        ("A0234", "陈平", "退费申请", 6_400, "REFUND", "p4"),
        ("A0235", "周明华", "优抚对象 · 2 项", 300_000, "REFERRAL", "p5"),
        (
            "A0236",
            "阿卜杜热合曼·麦麦提依明",
            "2 次就诊 · 7 项 · 需要人工核对身份",
            40_210,
            "REFERRAL",
            "p6",
        ),
    )
)
FILE = PatientFile(WANG, BILLS, ())
FILE_WITH_PAST = PatientFile(
    WANG,
    BILLS,
    (
        PAID,
        replace(PAID, settlement_id="s2", settled_at="2026-11-12T15:04:00+08:00"),
        settlement(state=SettlementState.REVERSED),
    ),
)
FILE_PAST_ONLY = replace(FILE_WITH_PAST, bills=())
LONG_FILE = PatientFile(LONG_NAME, forty_lines(), ())


# --- states --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Example:
    """`step` an Ask, or an Act that follows `before`."""

    name: str
    step: Ask[Any] | Act[Any]
    before: tuple[Ask[Any], ...] = ()
    may_leave: bool = False


_QUOTE = ConfirmQuote(WANG, settlement(), None, True)
_PART_QUOTE = replace(_QUOTE, takes_part=True, part_cash_fen=2_000)
_OPEN_WAYS = tuple(
    TenderOption(kind, True, "", "李*", 200_000)
    for kind in (
        *(TenderKind.SCAN, TenderKind.CASH, TenderKind.CREDIT_LINE, TenderKind.FAMILY_CREDIT_LINE),
        *(TenderKind.BOUND_DEBIT, TenderKind.ONE_CODE, TenderKind.BANK_CARD),
    )
)
_PART_OF_ALL = replace(
    _PART_QUOTE,
    settlement=replace(MIXED, options=_OPEN_WAYS),
    slip_possible=False,
    trouble="part_cash_coins",
    part_cash_fen=500,
)
_NO_DRAWER = replace(_QUOTE, settlement=settlement(cash_reason="no_shift"), part_off="no_shift")
_SERVE = ServePatient(OPERATOR, QUEUE, FILE)
_LONG_QUOTE = ConfirmQuote(
    LONG_NAME,
    settlement(
        bills=forty_lines(),
        tenders=(
            tender(TenderKind.PREPAY_BALANCE, 8_000_000, TenderState.PLANNED),
            tender(TenderKind.PREAUTH, 99_999_999, TenderState.PLANNED, "622202****0123"),
        ),
        due_fen=123_456_789,
        hold=HOLD,
        cash_reason="tender_not_allowed",
    ),
    None,
    False,
    "code_not_payment",
)

STATES = (
    Example("sign_in", SignIn()),
    Example("sign_in_trouble", SignIn("wrong_password")),
    Example("sign_in_cash_in_hand", SignIn("drawer_open", 123_456)),
    Example("desk", Desk(OPERATOR, QUEUE)),
    Example("desk_message", Desk(OPERATOR, (), "foreign_code")),
    Example("serve", _SERVE),
    Example("serve_past", ServePatient(OPERATOR, QUEUE, FILE_WITH_PAST, "bill_locked")),
    Example("serve_past_only", ServePatient(OPERATOR, QUEUE, FILE_PAST_ONLY)),
    Example("serve_nothing", ServePatient(OPERATOR, (), PatientFile(WANG, (), ()))),
    Example("serve_long", ServePatient(OPERATOR, QUEUE, LONG_FILE)),
    Example("quote", _QUOTE, (_SERVE,)),
    Example("quote_mixed", ConfirmQuote(WANG, MIXED, None, True), (_SERVE,)),
    Example("quote_part", _PART_QUOTE, (_SERVE,)),
    Example("quote_part_trouble", replace(_PART_QUOTE, trouble="part_cash_coins"), (_SERVE,)),
    Example("quote_part_closed", _NO_DRAWER, (_SERVE,)),
    Example("quote_part_of_all", _PART_OF_ALL, (_SERVE,)),
    Example("payment_code_part", ShowPaymentCode(16_524, None), (_SERVE, _PART_QUOTE)),
    Example(
        "outcome_part_back",
        ShowOutcome(
            OPERATOR, FILE, reason="pay_not_enough", money="returned", in_hand_fen=12_345_600
        ),
        (_SERVE,),
    ),
    Example(
        "outcome_part_aside",
        ShowOutcome(
            *(OPERATOR, FILE),
            reason="being_checked",
            money="being_checked",
            case_id="C-20261122-000017",
            in_hand_fen=12_345_600,
        ),
        (_SERVE,),
    ),
    Example("quote_covered", ConfirmQuote(WANG, HELD, None, True), (_SERVE,)),
    Example("quote_long", _LONG_QUOTE, (ServePatient(OPERATOR, QUEUE, LONG_FILE),)),
    Example("payment_code", ShowPaymentCode(18524, None), (_SERVE, _QUOTE)),
    Example(
        "payment_code_trouble",
        ShowPaymentCode(18524, None, "not_a_payment_code"),
        (_SERVE, _QUOTE),
    ),
    Example("act_opening", OpenSettlement("o1", "p1", BILLS), (_SERVE,)),
    Example("act_following", FollowSettlement("o1", 60), (_SERVE, _QUOTE), may_leave=True),
    Example(
        "refund_lines",
        ChooseRefundLines(OPERATOR, FILE_WITH_PAST, PAID),
        (ServePatient(OPERATOR, QUEUE, FILE_WITH_PAST),),
    ),
    Example(
        "refund_lines_message",
        ChooseRefundLines(OPERATOR, FILE_WITH_PAST, PAID, "item_executed"),
        (ServePatient(OPERATOR, QUEUE, FILE_WITH_PAST),),
    ),
    Example("review", ReviewPlan(OPERATOR, FILE_WITH_PAST, PLAN), (_SERVE,)),
    Example("review_trouble", ReviewPlan(OPERATOR, FILE, PLAN, "same_person"), (_SERVE,)),
    Example("paid", ShowOutcome(OPERATOR, FILE, PAID), (_SERVE,)),
    Example("paid_no_slip", ShowOutcome(OPERATOR, FILE, PAID, printed=False), (_SERVE,)),
    Example(
        "refunded",
        ShowOutcome(OPERATOR, FILE, refund=replace(PLAN, state="PAID")),
        (_SERVE,),
    ),
    Example(
        "not_settled",
        ShowOutcome(OPERATOR, FILE, reason="insurance_silent", money="untouched"),
        (_SERVE,),
    ),
    Example(
        "in_doubt",
        ShowOutcome(
            OPERATOR, FILE, reason="being_checked", money="being_checked", case_id="C-20261122-07"
        ),
        (_SERVE,),
    ),
)

SHEETS = tuple(
    Example(name, step, (_SERVE,) if isinstance(step, WorkSheet) and step.patient else ())
    for name, step in window_examples.sheets(WANG).items()
)
EXAMPLES = (*STATES, *SHEETS)

BY_NAME = {example.name: example for example in EXAMPLES}


def page(language: str = "zh", size: tuple[int, int] = SIZES[0]) -> DeskPage:
    """A page of that size, shown."""
    made = DeskPage(catalogue(language), PLACE, FixedClock())
    made.set_devices(DEVICES)
    made.resize(*size)
    made.show()
    return made


def show(on: DeskPage, example: Example, ticket: int = 1) -> None:
    """Draw the example; an Act in progress is waited for until the page says so."""
    for step in example.before:
        on.show_step(ticket, step)
    if isinstance(example.step, Ask):
        on.show_step(ticket, example.step)
        return
    on.show_act(ticket, example.step, example.may_leave)
    wait_until(lambda: on.findChild(QWidget, "progress") is not None, 3, "the progress bar")


def draw(names: Sequence[str], out: Path) -> None:
    """Pictures of the named examples (all for none) in both languages and sizes."""
    use_font(QApplication.instance() or QApplication(sys.argv[:1]), FONT_PX)  # type: ignore[arg-type]
    for language, size in product(("zh", "en"), SIZES):
        folder = out / f"{language}_{size[0]}"
        folder.mkdir(parents=True, exist_ok=True)
        on = page(language, size)
        for example in EXAMPLES:
            if names and example.name not in names:
                continue
            show(on, example)
            QApplication.processEvents()
            on.grab().save(str(folder / f"{example.name}.png"))
            if isinstance(example.step, ConfirmQuote):
                commit = on.findChild(QPushButton, "commit")
                assert isinstance(commit, QPushButton)
                commit.click()
                QApplication.processEvents()
                on.grab().save(str(folder / f"{example.name}_armed.png"))
        on.deleteLater()
