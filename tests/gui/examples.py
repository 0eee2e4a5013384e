"""One example of every step a patient can meet, with invented people and realistic lengths.

Names, numbers and cards belong to nobody: ID numbers are masked as a backend would send them. Used
by the gallery, the screen tests and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import examples_inpatient
import examples_later
import examples_look_up
import examples_pages
import examples_papers
import examples_paying
import examples_people
import examples_prefund
import examples_refunds
import examples_visits

from core.billing import (
    Bill,
    BillLine,
    Completer,
    Component,
    ComponentKind,
    Hold,
    HoldTerms,
    InsuranceClass,
    Settlement,
    SettlementState,
    Tender,
    TenderKind,
    TenderOption,
    TenderState,
    Text,
)
from core.catalogue import Catalogue
from core.flow import Act, Ask, Step
from core.identity import IdDocument, MediumKind, Patient
from core.steps import (
    ConfirmQuote,
    FetchBills,
    FollowSettlement,
    Identify,
    PlaceHoldAtPos,
    ShowPaymentCode,
    TakeBackCard,
    TakeCard,
)
from kiosk.screens.view_parts import View
from kiosk.screens.view_starting import starting_view
from kiosk.steps import (
    ChooseHoldAmount,
    ChooseService,
    ConfirmPerson,
    Group,
    Notice,
    Offer,
    PlaceIdCard,
    ReadNotice,
    ShowCardIssued,
    ShowHoldPlaced,
    ShowNothingDue,
    ShowReferred,
    ShowSettled,
    ShowTrouble,
    TypePhone,
)
from kiosk.views import out_of_service_view, progress_view, view_of

A, B, OWN = InsuranceClass.A, InsuranceClass.B, InsuranceClass.OWN

PATIENT = Patient(
    patient_id="P-1",
    display_name="张*国",
    display_id="3***************28",
    display_phone="138****0011",
    sex="M",
    age=68,
    identities=(),
    insurance="310",
    card_number="********0017",
)
RARE = Patient(
    patient_id="P-2",
    display_name="阿**·㛃䶮",
    display_id="6***************4X",
    display_phone="199****0000",
    sex="F",
    age=101,
    identities=("BENEFIT",),
    insurance="390",
    card_number="********0099",
)
DOCUMENT = IdDocument(
    name="阿卜杜拉·㛃䶮",
    sex="女",
    ethnic="维吾尔",
    birth_date="1925-01-01",
    address="虚构省例子市样本路 1 号",
    id_number="000000192501010000",
    issuer="例子市公安局",
    valid_from="2020-01-01",
    valid_to="",
)

_VISITS = (
    (
        Text("心血管内科", "Cardiology"),
        Text("王敏 主任医师", "Dr Wang Min, chief physician"),
        "2025-11-22T09:12:00+08:00",
        (
            ("专家门诊诊查费", "Specialist consultation", A, 1, "次", "time", 3000),
            ("十二导联心电图", "12-lead ECG", A, 1, "次", "time", 3200),
            ("心脏彩色超声", "Echocardiogram", B, 1, "次", "time", 22000),
            (
                "苯磺酸氨氯地平片 5mg×28",
                "Amlodipine besylate tablets 5mg×28",
                A,
                2,
                "盒",
                "box",
                2840,
            ),
            (
                "阿托伐他汀钙片 20mg×7",
                "Atorvastatin calcium tablets 20mg×7",
                B,
                4,
                "盒",
                "box",
                4210,
            ),
        ),
    ),
    (
        Text("内分泌科", "Endocrinology"),
        Text("陈晓 副主任医师", "Dr Chen Xiao, associate chief physician"),
        "2025-11-22T10:05:00+08:00",
        (
            ("副主任医师诊查费", "Consultation", A, 1, "次", "time", 2000),
            ("糖化血红蛋白测定", "HbA1c", A, 1, "项", "item", 6500),
            ("血脂四项", "Lipid panel", A, 1, "项", "item", 3600),
            ("二甲双胍缓释片 0.5g×60", "Metformin XR tablets 0.5g×60", A, 2, "盒", "box", 2380),
        ),
    ),
    (
        Text("眼科", "Ophthalmology"),
        Text("林岚 主治医师", "Dr Lin Lan, attending physician"),
        "2025-11-22T10:48:00+08:00",
        (
            ("普通门诊诊查费", "Consultation", A, 1, "次", "time", 1000),
            ("眼底照相（双眼）", "Fundus photography, both eyes", B, 1, "次", "time", 9000),
            ("玻璃酸钠滴眼液 5ml", "Sodium hyaluronate eye drops 5ml", OWN, 1, "支", "piece", 5260),
        ),
    ),
)


def bills(repeat: int = 1) -> tuple[Bill, ...]:
    """The three visits, their lines repeated."""
    return tuple(
        _bill(number, department, doctor, issued, items * repeat)
        for number, (department, doctor, issued, items) in enumerate(_VISITS, 1)
    )


_Item = tuple[str, str, InsuranceClass, int, str, str, int]


def _bill(
    number: int, department: Text, doctor: Text, issued: str, items: tuple[_Item, ...]
) -> Bill:
    lines = tuple(
        BillLine(
            line_id=f"{number}-{index}",
            name=Text(chinese, english),
            insurance_class=kind,
            quantity=str(count),
            unit=Text(unit, unit_en),
            unit_price_fen=price_fen,
            amount_fen=price_fen * count,
        )
        for index, (chinese, english, kind, count, unit, unit_en, price_fen) in enumerate(items, 1)
    )
    total_fen = sum(line.amount_fen for line in lines)
    return Bill(f"B-{number}", 1, "OUTPATIENT", department, doctor, issued, lines, total_fen)


HOLD = Hold(
    "H-1", 200000, 0, 0, 200000, "HELD", "622848******1117", "2025-12-22", Completer.ACQUIRER
)
TAKEN_HOLD = Hold(
    "H-1",
    200000,
    9624,
    190376,
    0,
    "COMPLETED",
    "622848******1117",
    "2025-12-22",
    Completer.ACQUIRER,
)
BOTH_OPTIONS = (
    TenderOption(TenderKind.SCAN, True, ""),
    TenderOption(TenderKind.CASH, True, ""),
)
SCAN_ONLY = (
    TenderOption(TenderKind.SCAN, True, ""),
    TenderOption(TenderKind.CASH, False, "tender_not_allowed"),
)


def settlement(
    fee_bills: tuple[Bill, ...],
    own: tuple[Tender, ...] = (),
    hold: Hold | None = None,
    options: tuple[TenderOption, ...] = SCAN_ONLY,
    state: SettlementState = SettlementState.QUOTED,
    subsidy_fen: int = 0,
) -> Settlement:
    """A quote: the fund takes 60 %, the account 120.00, tenders what they say, the rest is due."""
    total_fen = sum(bill.total_fen for bill in fee_bills)
    fund_fen, account_fen = total_fen * 6 // 10, 12000
    self_pay_fen = total_fen - fund_fen - account_fen - subsidy_fen
    return Settlement(
        settlement_id="S-1",
        state=state,
        patient="P-1",
        bills=fee_bills,
        components=(
            Component(ComponentKind.INSURANCE_FUND, fund_fen),
            Component(ComponentKind.PERSONAL_ACCOUNT, account_fen),
            Component(ComponentKind.SUBSIDY, subsidy_fen),
            Component(ComponentKind.SELF_PAY, self_pay_fen),
        ),
        tenders=own,
        options=options,
        total_fen=total_fen,
        due_fen=self_pay_fen - sum(tender.amount_fen for tender in own),
        cash_fen=0,
        reauthorise_fen=0,
        hold=hold,
        pos=None,
        cash=None,
        slip=None,
        trouble="",
        next_poll_ms=None,
        settled_at="",
    )


def _tender(kind: TenderKind, amount_fen: int, state: TenderState, label: str = "") -> Tender:
    return Tender(f"T-{kind.value}", kind, amount_fen, state, label)


_PLANNED, _TAKEN = TenderState.PLANNED, TenderState.TAKEN
DUE_ONLY = settlement(bills())
PARTLY = settlement(
    bills(),
    (
        _tender(TenderKind.PREPAY_BALANCE, 8000, _PLANNED),
        _tender(TenderKind.PREAUTH, 5000, _PLANNED, "****1117"),
    ),
    HOLD,
    BOTH_OPTIONS,
)
COVERED = settlement(
    bills(), (_tender(TenderKind.PREAUTH, DUE_ONLY.due_fen, _PLANNED, "****1117"),), HOLD
)
LONG = settlement(bills(3) + bills(), subsidy_fen=20000)
PAID = settlement(
    bills(),
    (
        _tender(TenderKind.PREPAY_BALANCE, DUE_ONLY.due_fen - 9624, _TAKEN),
        _tender(TenderKind.PREAUTH, 9624, _TAKEN, "****1117"),
    ),
    TAKEN_HOLD,
    state=SettlementState.COMPLETED,
)


_NOTICE = Notice(
    "2025-1",
    "个人信息处理告知书",
    "How we use your personal details",
    "\n".join(
        f"{n}. 本院仅为挂号、缴费和就诊核验处理您的姓名、证件号码和手机号，"
        "保存期限依照规定，不作他用。"
        for n in range(1, 21)
    ),
    "\n".join(
        f"{n}. The hospital uses your name, ID number and mobile number only to register you, to"
        " take payment and to check who is being treated."
        for n in range(1, 21)
    ),
)
_IDENTIFY = frozenset({MediumKind.ID_CARD, MediumKind.HEALTH_CARD, MediumKind.EC_CODE})
_ALL = tuple(Offer(group.value, group) for group in Group)
_OUT = {Group.PAY: "backend_silent", Group.MONEY: "pos_silent", Group.CARD: "empty"}

_OWN: dict[str, Step[Any]] = {
    "home": ChooseService(_ALL),
    "home_unavailable": ChooseService(
        tuple(Offer(group.value, group, _OUT.get(group, "")) for group in Group)
    ),
    "place_id_card": PlaceIdCard(),
    "place_id_card_unreadable": PlaceIdCard(unreadable=True),
    "type_phone": TypePhone("阿******䶮"),
    "read_notice": ReadNotice(_NOTICE),
    "confirm_person": ConfirmPerson(DOCUMENT, "19900000000"),
    "identify": Identify(_IDENTIFY, "pay"),
    "identify_broken": Identify(
        _IDENTIFY, "pay", broken=frozenset({MediumKind.HEALTH_CARD, MediumKind.SS_CARD})
    ),
    "identify_trouble": Identify(_IDENTIFY, "register", "payment_code_not_now"),
    "choose_hold_amount": ChooseHoldAmount(
        PATIENT, HoldTerms(True, "", 50000, 1000000, (50000, 100000, 200000, 500000)), None
    ),
    "quote": ConfirmQuote(PATIENT, DUE_ONLY, None, True),
    "quote_partly": ConfirmQuote(PATIENT, PARTLY, None, True),
    "quote_covered": ConfirmQuote(PATIENT, COVERED, None, True),
    "quote_long_trouble": ConfirmQuote(RARE, LONG, None, False, "code_not_payment"),
    "payment_code": ShowPaymentCode(18524, None),
    "payment_code_trouble": ShowPaymentCode(1234567890, None, "not_a_payment_code"),
    "take_card": TakeCard(),
    "take_back_card": TakeBackCard(),
    "card_issued": ShowCardIssued(RARE, "260000000033"),
    "hold_placed": ShowHoldPlaced(HOLD, False),
    "settled": ShowSettled(PATIENT, PAID, True),
    "settled_no_slip": ShowSettled(PATIENT, PAID, False),
    "referred": ShowReferred(
        "门诊一楼 7 号窗口", "Window 7, ground floor", "window_only", bills(), True
    ),
    "nothing_due": ShowNothingDue(PATIENT),
    "trouble_untouched": ShowTrouble("card_declined", "untouched", "****1117"),
    "trouble_returned": ShowTrouble("pay_not_confirmed", "returned"),
    "trouble_checked": ShowTrouble(
        "being_checked", "being_checked", "", "C-20251122-0007", False, True
    ),
    **examples_pages.EXAMPLES,
    **examples_people.EXAMPLES,
    **examples_visits.EXAMPLES,
    **examples_paying.EXAMPLES,
    **examples_prefund.EXAMPLES,
    **examples_later.EXAMPLES,
    **examples_refunds.EXAMPLES,
    **examples_inpatient.EXAMPLES,
    **examples_papers.EXAMPLES,
    **examples_look_up.EXAMPLES,
    "progress_bills": FetchBills("P-1"),
    "progress_phone": FollowSettlement("S-1", 90),
    "progress_pos": PlaceHoldAtPos("O-1", 200000),
}
STEPS: dict[str, Ask[Any]] = {n: step for n, step in _OWN.items() if isinstance(step, Ask)}
ACTS: dict[str, Act[Any]] = {n: step for n, step in _OWN.items() if isinstance(step, Act)}


@dataclass(frozen=True, slots=True)
class Shown:
    """What the bridge is given."""

    screen: str
    view: View


def _of_ask(step: Ask[Any]) -> Callable[[Catalogue], tuple[str, View]]:
    return lambda words: view_of(step, words)


def _of_act(act: Act[Any]) -> Callable[[Catalogue], tuple[str, View]]:
    return lambda words: progress_view(act, words)


GALLERY: dict[str, Callable[[Catalogue], tuple[str, View]]] = {
    **{name: _of_ask(step) for name, step in STEPS.items()},
    **{name: _of_act(act) for name, act in ACTS.items()},
    "starting": starting_view,
    "out_of_service": lambda words: out_of_service_view("journal_broken", words),
}


def shown(name: str, words: Catalogue) -> Shown:
    """Screen and view of one example in one language."""
    screen, view = GALLERY[name](words)
    return Shown(screen, view)
