"""Demo data around visits: who carries items out, coming sessions, exam rooms, articles.

Dates follow the clock, as in `plant`. Everything here is invented.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.bills.tables import GoodsStock
from settlement_backend.exams.tables import ExamSession
from settlement_backend.visits.tables import Item, Schedule

DAYS_AHEAD = 7
# name, English name, first and last minute
HALVES = (
    ("MORNING", "上午", "Morning", "08:00", "12:00"),
    ("AFTERNOON", "下午", "Afternoon", "13:30", "17:00"),
)
_LAB = ("LAB", "", "检验科采血处 1F", "Blood collection, 1F")
_PHARMACY = ("DRUG", "", "门诊药房 1F", "Pharmacy, 1F")
# code: kind, exam kind, place
PLACES = {
    "ECG12": ("EXAM", "", "心电图室 2F", "ECG room, 2F"),
    "ECHO": ("EXAM", "US", "超声科 3F", "Ultrasound, 3F"),
    "HOLTER": ("EXAM", "HL", "心电图室 2F", "ECG room, 2F"),
    "FUNDUS": ("EXAM", "", "眼底照相室 3F", "Fundus photography, 3F"),
    "HBA1C": _LAB,
    "LIPID": _LAB,
    "AMLO": _PHARMACY,
    "ATOR": _PHARMACY,
    "METF": _PHARMACY,
    "HYAL": _PHARMACY,
}
PREPARATION = {
    "ECHO": ("穿宽松上衣，提前十分钟到", "Loose clothes; come ten minutes early"),
    "HOLTER": ("当天先洗澡，佩戴期间不能沾水", "Bathe before; keep it dry while you wear it"),
    "LIPID": ("空腹十二小时，可少量饮水", "No food for twelve hours; a little water is fine"),
}
# code, names, class, units, fen, rest of the price in micro-yuan, kind
MORE_ITEMS = (
    (
        "NACL",
        "氯化钠注射液 100ml",
        "Sodium chloride 100 ml",
        "A",
        "瓶",
        "bottle",
        123,
        4560,
        "DRUG",
    ),
    ("BED", "普通病房床位费", "Ward bed", "A", "日", "day", 5000, 0, "SERVICE"),
    ("NURSE", "二级护理", "Nursing, grade II", "A", "日", "day", 1800, 0, "SERVICE"),
    ("BOOK", "门诊病历本", "Outpatient record booklet", "OWN", "本", "booklet", 100, 0, "GOODS"),
)
BOOKLETS = 20


def describe_items(session: Session) -> None:
    """Who carries out the price list's items, and more of them; once."""
    for code, (kind, exam_kind, zh, en) in PLACES.items():
        item = session.get_one(Item, code)
        item.kind, item.exam_kind, item.place_zh, item.place_en = kind, exam_kind, zh, en
        item.preparation_zh, item.preparation_en = PREPARATION.get(code, ("", ""))
    for code, zh, en, insurance_class, unit_zh, unit_en, fen, rest, kind in MORE_ITEMS:
        session.add(
            Item(
                code=code,
                name_zh=zh,
                name_en=en,
                insurance_class=insurance_class,
                unit_zh=unit_zh,
                unit_en=unit_en,
                price_fen=fen,
                price_rest_micro=rest,
                kind=kind,
            )
        )
    session.flush()
    session.add(GoodsStock(terminal_id="K01", item_code="BOOK", pieces=BOOKLETS))


def coming_days(session: Session, today: date, like: Sequence[Schedule]) -> None:
    """Morning and afternoon of the days to come, where they are missing; exam rooms too."""
    for ahead in range(DAYS_AHEAD + 1):
        day = (today + timedelta(days=ahead)).isoformat()
        if ahead and _first(session, day) is None:
            session.add_all(_sessions(day, like))
        if session.get(ExamSession, f"{day}-US-MORNING") is None:
            session.add_all(_exam_rooms(day))


def _first(session: Session, day: str) -> Schedule | None:
    return session.scalars(select(Schedule).where(Schedule.day == day).limit(1)).first()


def _sessions(day: str, like: Sequence[Schedule]) -> list[Schedule]:
    return [
        Schedule(
            id=f"{day}-{place}-{half}",
            department_code=one.department_code,
            day=day,
            doctor_zh=one.doctor_zh,
            doctor_en=one.doctor_en,
            title_zh=one.title_zh,
            title_en=one.title_en,
            session_zh=zh,
            session_en=en,
            room_zh=one.room_zh,
            room_en=one.room_en,
            fee_fen=one.fee_fen,
            capacity=one.capacity // 2,
            half=half,
            ends_at=ends_at,
        )
        for place, one in enumerate(like)
        for half, zh, en, _starts_at, ends_at in HALVES
    ]


def _exam_rooms(day: str) -> list[ExamSession]:
    """Ultrasound by halves of the day; 24-hour ECG at any hour."""
    ultrasound = [
        ExamSession(
            id=f"{day}-US-{half}",
            exam_kind="US",
            day=day,
            starts_at=starts_at,
            ends_at=ends_at,
            place_zh="超声科 3F 2 号机",
            place_en="Ultrasound, 3F, machine 2",
            capacity=10,
        )
        for half, _zh, _en, starts_at, ends_at in HALVES
    ]
    ecg = ExamSession(
        id=f"{day}-HL-DAY",
        exam_kind="HL",
        day=day,
        starts_at="00:00",
        ends_at="24:00",
        place_zh="心电图室 2F 5 号位",
        place_en="ECG room, 2F, desk 5",
        capacity=20,
    )
    return [*ultrasound, ecg]
