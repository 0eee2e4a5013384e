"""The people, bills and papers of the journey tests. Amounts in fen."""

from __future__ import annotations

from core.billing import (
    Bill,
    BillLine,
    Department,
    Doctor,
    HoldTerms,
    InsuranceClass,
    Refund,
    RefundPart,
    Registration,
    Slip,
    Text,
)
from core.identity import IdDocument, Medium, MediumKind, Patient
from core.ports import HealthCardPresent
from core.slips import ReferralSlip
from core.steps import MediumShown
from kiosk.steps import Notice

TOTAL_FEN, FUND_FEN, SELF_PAY_FEN, HOLD_FEN = 18_524, 10_000, 8_524, 200_000

PATIENT = Patient(
    "P1", "王*国", "3***************16", "138****0000", "M", 41, ("INSURED",), "310", None
)
DOCUMENT = IdDocument(
    "王建国",
    "M",
    "汉",
    "1984-02-29",
    "浙江省温州市",
    "330302198402290016",
    "温州市公安局",
    "2014-03-01",
    "2034-03-01",
)
PRESENCE = HealthCardPresent("04C0FFE2", "260000000025")
CARD_SHOWN = MediumShown(Medium(MediumKind.HEALTH_CARD, "260000000025"), PRESENCE, None)
ID_SHOWN = MediumShown(Medium(MediumKind.ID_CARD, DOCUMENT.id_number), None, DOCUMENT)
NOTICE = Notice("2026-01", "告知书", "Notice", "本医院……", "This hospital …")

_LINE = BillLine(
    "L1",
    Text("血常规", "Blood count"),
    InsuranceClass.A,
    "1",
    Text("次", "time"),
    TOTAL_FEN,
    TOTAL_FEN,
)
BILL = Bill(
    "B1",
    1,
    "OUTPATIENT",
    Text("内科", "Medicine"),
    Text("李医生", "Dr Li"),
    "2026-01-05T09:30:00+08:00",
    (_LINE,),
    TOTAL_FEN,
)
DOCTOR = Doctor(
    "S1",
    Text("李医生", "Dr Li"),
    Text("主治", "Attending"),
    Text("上午", "Morning"),
    Text("3 诊室", "Room 3"),
    TOTAL_FEN,
    5,
)
DEPARTMENT = Department("01", Text("内科", "Medicine"), Text("二楼", "Floor 2"), (DOCTOR,))
REGISTRATION = Registration("R1", BILL, DEPARTMENT.name, DOCTOR.name, DOCTOR.room, queue_number="")
TERMS = HoldTerms(True, "", 10_000, 500_000, (100_000, HOLD_FEN))
REFERRAL = ReferralSlip(
    PATIENT, (BILL,), Slip("F1", "ZF1.R.F1.AAAA"), Text("7 号窗口", "Window 7"), "window_only"
)


def refund(state: str) -> Refund:
    """A refund of everything the person paid, in any of its states."""
    done = "DONE" if state == "PAID" else "PLANNED"
    parts = (
        RefundPart("SCAN", SELF_PAY_FEN, "", done),
        RefundPart("INSURANCE", FUND_FEN, "", done),
    )
    return Refund("RF1", state, "S1", TOTAL_FEN, parts, Slip("RS1", "ZF1.S.RS1.AAAA"))
