"""One literal answer of the contract for each shape, and what it says in core's words."""

from __future__ import annotations

import json
from typing import Any

from backend_client.shapes import SignedOn
from core.billing import (
    Bill,
    BillLine,
    Completer,
    Component,
    ComponentKind,
    Department,
    Doctor,
    Hold,
    HoldTerms,
    InsuranceClass,
    Refund,
    RefundPart,
    Registration,
    Settlement,
    SettlementState,
    Slip,
    Tender,
    TenderKind,
    TenderOption,
    TenderState,
    Text,
)
from core.identity import Patient
from core.window_steps import Operator, QueueEntry, SlipMeaning

Json = dict[str, Any]


def text(zh: str, en: str) -> Json:
    """A name in both languages."""
    return {"zh": zh, "en": en}


PATIENT_JSON: Json = {
    "patient_id": "p-1",
    "display_name": "王*国",
    "display_id": "3***************16",
    "display_phone": "138****0000",
    "sex": "M",
    "age": 71,
    "identities": ["REAL_NAME"],
    "insurance": "310",
    "card_number": None,
}
PATIENT = Patient(
    "p-1", "王*国", "3***************16", "138****0000", "M", 71, ("REAL_NAME",), "310", None
)

LINE_JSON: Json = {
    "line_id": "l-1",
    "name": text("血常规", "Blood count"),
    "insurance_class": "A",
    "quantity": "2",
    "unit": text("次", "time"),
    "unit_price_fen": 1250,
    "amount_fen": 2500,
}
BILL_JSON: Json = {
    "bill_id": "b-1",
    "version": 3,
    "kind": "OUTPATIENT",
    "department": text("内科", "Medicine"),
    "doctor": text("李医生", "Dr Li"),
    "issued_at": "2026-03-05T09:00:00+08:00",
    "lines": [LINE_JSON],
    "total_fen": 2500,
}
BILL = Bill(
    "b-1",
    3,
    "OUTPATIENT",
    Text("内科", "Medicine"),
    Text("李医生", "Dr Li"),
    "2026-03-05T09:00:00+08:00",
    (
        BillLine(
            "l-1",
            Text("血常规", "Blood count"),
            InsuranceClass.A,
            "2",
            Text("次", "time"),
            1250,
            2500,
        ),
    ),
    2500,
)

HOLD_JSON: Json = {
    "hold_id": "h-1",
    "amount_fen": 50000,
    "taken_fen": 300,
    "released_fen": 0,
    "remaining_fen": 49700,
    "state": "HELD",
    "masked_card": "622202******1234",
    "expires_on": "2026-04-04",
    "completer": "ACQUIRER",
}
HOLD = Hold(
    "h-1", 50000, 300, 0, 49700, "HELD", "622202******1234", "2026-04-04", Completer.ACQUIRER
)

SETTLEMENT_JSON: Json = {
    "settlement_id": "op-1",
    "state": "QUOTED",
    "patient": "王*国",
    "bills": [BILL_JSON],
    "components": [
        {"kind": "INSURANCE_FUND", "amount_fen": 2000},
        {"kind": "PERSONAL_ACCOUNT", "amount_fen": 0},
        {"kind": "SUBSIDY", "amount_fen": 0},
        {"kind": "SELF_PAY", "amount_fen": 500},
    ],
    "tenders": [
        {
            "tender_id": "t-1",
            "kind": "PREAUTH",
            "amount_fen": 300,
            "state": "PLANNED",
            "label": "622202******1234",
        }
    ],
    "options": [
        {"kind": "SCAN", "allowed": True, "reason": ""},
        {"kind": "CASH", "allowed": False, "reason": "window_only"},
    ],
    "total_fen": 2500,
    "due_fen": 200,
    "cash_fen": 200,
    "hold": HOLD_JSON,
    "reauthorise_fen": 0,
    "pos": None,
    "cash": None,
    "slip": {"slip_id": "s-1", "qr_text": "ZF1.S.s-1.MAC"},
    "trouble": "",
    "next_poll_ms": 500,
    "settled_at": "",
}
SETTLEMENT = Settlement(
    settlement_id="op-1",
    state=SettlementState.QUOTED,
    patient="王*国",
    bills=(BILL,),
    components=(
        Component(ComponentKind.INSURANCE_FUND, 2000),
        Component(ComponentKind.PERSONAL_ACCOUNT, 0),
        Component(ComponentKind.SUBSIDY, 0),
        Component(ComponentKind.SELF_PAY, 500),
    ),
    tenders=(Tender("t-1", TenderKind.PREAUTH, 300, TenderState.PLANNED, "622202******1234"),),
    options=(
        TenderOption(TenderKind.SCAN, True, ""),
        TenderOption(TenderKind.CASH, False, "window_only"),
    ),
    total_fen=2500,
    due_fen=200,
    cash_fen=200,
    reauthorise_fen=0,
    pos=None,
    cash=None,
    hold=HOLD,
    slip=Slip("s-1", "ZF1.S.s-1.MAC"),
    trouble="",
    next_poll_ms=500,
    settled_at="",
)

REFUND_JSON: Json = {
    "refund_id": "r-1",
    "state": "ACCEPTED",
    "settlement_id": "op-0",
    "total_fen": 700,
    "parts": [
        {"route": "INSURANCE", "amount_fen": 500, "label": "", "state": "DONE"},
        {"route": "SCAN", "amount_fen": 200, "label": "WeChat", "state": "PLANNED"},
    ],
    "slip": None,
}
REFUND = Refund(
    "r-1",
    "ACCEPTED",
    "op-0",
    700,
    (RefundPart("INSURANCE", 500, "", "DONE"), RefundPart("SCAN", 200, "WeChat", "PLANNED")),
    None,
)

REGISTRATION_JSON: Json = {
    "registration_id": "g-1",
    "bill": BILL_JSON,
    "department": text("内科", "Medicine"),
    "doctor": text("李医生", "Dr Li"),
    "room": text("203室", "Room 203"),
    "queue_number": "",
}
REGISTRATION = Registration(
    "g-1",
    BILL,
    Text("内科", "Medicine"),
    Text("李医生", "Dr Li"),
    Text("203室", "Room 203"),
    "",
)

DEPARTMENTS_JSON: Json = {
    "date": "2026-03-05",
    "departments": [
        {
            "code": "MED",
            "name": text("内科", "Medicine"),
            "place": text("二楼", "Floor 2"),
            "doctors": [
                {
                    "schedule_id": "d-1",
                    "name": text("李医生", "Dr Li"),
                    "title": text("主任医师", "Chief"),
                    "session": text("上午", "Morning"),
                    "room": text("203室", "Room 203"),
                    "fee_fen": 1500,
                    "remaining": 7,
                }
            ],
        }
    ],
}
DEPARTMENT = Department(
    "MED",
    Text("内科", "Medicine"),
    Text("二楼", "Floor 2"),
    (
        Doctor(
            "d-1",
            Text("李医生", "Dr Li"),
            Text("主任医师", "Chief"),
            Text("上午", "Morning"),
            Text("203室", "Room 203"),
            1500,
            7,
        ),
    ),
)

HOLD_TERMS_JSON: Json = {
    "allowed": True,
    "reason": "",
    "min_fen": 10000,
    "max_fen": 500000,
    "suggestions_fen": [50000, 100000],
}
HOLD_TERMS = HoldTerms(True, "", 10000, 500000, (50000, 100000))

SIGN_ON_JSON: Json = {
    "terminal_id": "K01",
    "kind": "kiosk",
    "name": text("一号机", "Kiosk 1"),
    "hospital": text("示范医院", "Demo Hospital"),
    "place": text("门诊大厅", "Hall"),
    "service_line": "12345",
    "functions": ["register", "settle"],
    "notice": {"version": "2026-1", "title": text("须知", "Notice"), "text": text("文", "Words")},
    "preauth_enabled": True,
    "prepay_collect": {"allow": False, "rule_id": "PREPAY-2025"},
    "time": "2026-03-05T09:02:03+08:00",
    "heartbeat_s": 30,
}
SIGNED_ON = SignedOn(
    terminal_id="K01",
    kind="kiosk",
    name=Text("一号机", "Kiosk 1"),
    hospital=Text("示范医院", "Demo Hospital"),
    place=Text("门诊大厅", "Hall"),
    service_line="12345",
    functions=("register", "settle"),
    notice_version="2026-1",
    notice_title=Text("须知", "Notice"),
    notice_text=Text("文", "Words"),
    preauth_enabled=True,
    prepay_allowed=False,
    prepay_rule_id="PREPAY-2025",
    server_time="2026-03-05T09:02:03+08:00",
    heartbeat_s=30,
)

OPERATOR_JSON: Json = {
    "operator": "2107",
    "name": "林晓雯",
    "roles": ["cashier"],
    "token": "staff-token",
    "shift": {"since": "2026-03-05T08:00:00+08:00", "taken_fen": 900, "count": 3, "refunds": 1},
}
OPERATOR = Operator("2107", "林晓雯", ("cashier",), "2026-03-05T08:00:00+08:00", 900, 3, 1)

QUEUE_JSON: Json = {
    "entries": [
        {
            "number": "A012",
            "display_name": "王*国",
            "summary": "退费",
            "amount_fen": 700,
            "kind": "REFUND",
            "patient_id": "p-1",
            "reference": "r-1",
        }
    ]
}
QUEUE_ENTRY = QueueEntry("A012", "王*国", "退费", 700, "REFUND", "p-1", "r-1")

SLIP_JSON: Json = {
    "kind": "R",
    "slip_id": "s-2",
    "patient": PATIENT_JSON,
    "bill_ids": ["b-1"],
    "settlement_id": "",
    "case_id": "",
}
SLIP_MEANING = SlipMeaning("R", PATIENT, ("b-1",), "", "")


def body(told: Json) -> bytes:
    """As the backend writes it."""
    return json.dumps(told, ensure_ascii=False).encode()
