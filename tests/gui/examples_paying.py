"""Pages as a patient meets them: paying a bill."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from core.billing import (
    Bill,
    BillElsewhere,
    BillLine,
    Component,
    ComponentKind,
    InsuranceClass,
    PaidFrom,
    Settlement,
    SettlementState,
    TenderKind,
    TenderOption,
    Text,
)
from core.deferral import Decision
from core.flow import Step
from core.identity import Patient
from core.journeys.desk import Quote
from core.journeys.take_notes import CashInside, NotesSoFar
from core.prepay import CLEAR_AT_WINDOW, Residual
from core.steps import ConfirmQuote
from kiosk.journeys.paying import bill_pages, ways_pages
from kiosk.journeys.paying.after import residual_page
from kiosk.journeys.paying.till import Payer

_PATIENT = Patient(
    "P-1", "欧阳*娜", "3***************64", "138****5628", "F", 71, ("INSURED",), "310", None
)
_NAMES = (
    Text("十二导联心电图", "12-lead ECG"),
    Text("多学科联合门诊特需诊查费（含随访）", "Multidisciplinary outpatient consultation fee"),
    Text("阿托伐他汀钙片 20mg×7片", "Atorvastatin calcium tablets 20 mg, 7 tablets"),
)


def _bill(number: int, lines: int) -> Bill:
    listed = tuple(
        BillLine(
            f"L{number}{place}",
            _NAMES[place % len(_NAMES)],
            list(InsuranceClass)[place % 3],
            "2",
            Text("次", "time"),
            13_350,
            26_700,
            executed=place == 1,
        )
        for place in range(lines)
    )
    total_fen = sum(line.amount_fen for line in listed)
    department = Text("心血管内科（国际部）", "Cardiology, international department")
    doctor = Text("王敏", "Wang Min")
    issued = "2026-11-22T09:12:00+08:00"
    return Bill(f"B{number}", 1, "OUTPATIENT", department, doctor, issued, listed, total_fen)


_BILLS = (_bill(1, 4), _bill(2, 3))
_TOTAL_FEN = sum(bill.total_fen for bill in _BILLS)
_OPTIONS = (
    TenderOption(TenderKind.SCAN, True, ""),
    TenderOption(TenderKind.CASH, False, "window_only"),
    TenderOption(TenderKind.CREDIT_LINE, False, "no_agreement"),
    TenderOption(TenderKind.FAMILY_CREDIT_LINE, True, "", "欧阳**", 4_999_999),
    TenderOption(TenderKind.BOUND_DEBIT, True, "", "李*", 200_000),
    TenderOption(TenderKind.ONE_CODE, True, ""),
    TenderOption(TenderKind.BANK_CARD, True, ""),
    TenderOption(TenderKind.REMOTE, False, "not_offered"),
    TenderOption(
        TenderKind.PREAUTH,
        False,
        "hold_elsewhere",
        place=Text("门诊大厅一楼东侧自助机", "Kiosk in the outpatient hall, 1F east"),
    ),
)
_SETTLEMENT = Settlement(
    settlement_id="S-1",
    state=SettlementState.QUOTED,
    patient="欧阳*娜",
    bills=_BILLS,
    components=(
        Component(ComponentKind.INSURANCE_FUND, _TOTAL_FEN - 32_005),
        Component(ComponentKind.PERSONAL_ACCOUNT, 12_005),
        Component(ComponentKind.SUBSIDY, 0),
        Component(ComponentKind.SELF_PAY, 20_000),
    ),
    tenders=(),
    options=_OPTIONS,
    total_fen=_TOTAL_FEN,
    due_fen=20_000,
    cash_fen=20_000,
    hold=None,
    reauthorise_fen=0,
    slip=None,
    pos=None,
    cash=None,
    trouble="",
    next_poll_ms=None,
    settled_at="",
)
_QUOTE = Quote("O-1", _PATIENT, _SETTLEMENT, None, with_pos=True)
_RAISE = replace(_QUOTE, settlement=replace(_SETTLEMENT, reauthorise_fen=20_000))
_ELSEWHERE = (BillElsewhere(_BILLS[1], PaidFrom.RELATIVE),)
_NOTES = NotesSoFar(CashInside().with_note(10_000), (10_000,), trouble="note_returned")
_WORDS = Text("请到人工窗口办理结清。", "Please have it paid out at a service window.")
_LEFT = Residual(4_800, Decision(True, "OP-RESIDUAL", "prepay.clear_by_route", ()), _WORDS)
_AT_WINDOW = replace(_LEFT, decision=replace(_LEFT.decision, message_key=CLEAR_AT_WINDOW))

EXAMPLES: dict[str, Step[Any]] = {
    "pay_check": bill_pages.check_page(_PATIENT, _BILLS, (), None, ""),
    "pay_check_changed": bill_pages.check_page(
        _PATIENT, _BILLS[:1], _ELSEWHERE, None, "bill_changed"
    ),
    "pay_give_up": bill_pages.give_up_page(_BILLS, None),
    "pay_given_up": bill_pages.given_up_page(_BILLS[1:], True, None),
    "pay_given_up_all": bill_pages.given_up_page((), False, None),
    "pay_elsewhere": bill_pages.elsewhere_page(_ELSEWHERE, None),
    "pay_paid_meanwhile": bill_pages.paid_meanwhile_page(True, None),
    "pay_quote_more": ConfirmQuote(
        _PATIENT, replace(_SETTLEMENT, options=_OPTIONS[3:]), None, True, "daily_limit", more=True
    ),
    "pay_ways": ways_pages.ways_page(_QUOTE),
    "pay_ways_raise": ways_pages.ways_page(_RAISE),
    "pay_agreement": ways_pages.agreement_page(_QUOTE, _OPTIONS[4]),
    "pay_insurance_code": ways_pages.insurance_code_page(_QUOTE, "not_an_insurance_code"),
    "pay_notes": ways_pages.notes_page(_QUOTE, NotesSoFar(CashInside(), (10_000,))),
    "pay_notes_inside": ways_pages.notes_page(_QUOTE, _NOTES),
    "pay_residual": residual_page(Payer(_PATIENT, None), _LEFT),
    "pay_residual_at_window": residual_page(Payer(_PATIENT, None), _AT_WINDOW, printed=True),
}
