"""Demo data: terminals, operators, price list, today's doctors, two known patients.

Dates follow the clock: today's schedules are added at every start. The new patient of the demo is
unknown until registered. Everything here is invented.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.bills.tables import Bill, BillLine
from settlement_backend.demo.visits import coming_days, describe_items
from settlement_backend.people.tables import Card, Person
from settlement_backend.prepay.accounts import TopUp, collect
from settlement_backend.prepay.lots import OLD
from settlement_backend.staff.passwords import Passwords
from settlement_backend.staff.tables import Operator
from settlement_backend.terminals.tables import Terminal
from settlement_backend.visits.tables import Department, Item, Schedule

TERMINALS = (
    ("K01", "demo-kiosk-01", "kiosk", "自助机 A-03", "Machine A-03"),
    ("W07", "demo-window-07", "window", "收费窗口 07", "Window 07"),
    ("CLINIC", "demo-clinic", "clinic", "诊室", "Consulting room"),
    ("AUDIT", "demo-audit", "audit", "审计", "Audit"),
    ("EXAM", "demo-exam", "exam", "检查科", "Exam desk"),
    ("PHARM", "demo-pharmacy", "pharmacy", "门诊药房", "Pharmacy"),
    ("WARD", "demo-ward", "ward", "六病区护士站", "Nurse station, ward 6"),
    ("MOBILE", "demo-mobile", "mobile", "掌上医院", "Phone channel"),
    ("TECH", "demo-tech", "tech", "运维台", "Service desk"),
)
_QUICK = Passwords(rounds=1, memory_kib=64, lanes=1)  # what everybody knows need not be slow
OPERATORS = (
    ("2107", "林晓雯", "cashier", "demo-2107"),
    ("2101", "陈国栋", "cashier,supervisor", "demo-2101"),
    ("2102", "潘丽华", "supervisor", "demo-2102"),
    ("2201", "郑洁", "reviewer", "demo-2201"),
    ("2301", "赵伟", "technician", "demo-2301"),
    ("2401", "孙丽", "finance", "demo-2401"),
    ("2501", "吴敏", "auditor", "demo-2501"),
)
DEPARTMENTS = (
    ("CARD", "心血管内科", "Cardiology", "门诊二楼 B 区", "2F, area B"),
    ("ENDO", "内分泌科", "Endocrinology", "门诊二楼 C 区", "2F, area C"),
    ("OPHT", "眼科", "Ophthalmology", "门诊三楼 A 区", "3F, area A"),
)
DOCTORS = (
    ("CARD", "王敏", "Wang Min", "主任医师", "chief physician", "B12", 3000, 30),
    ("CARD", "周立新", "Zhou Lixin", "主治医师", "attending physician", "B14", 1000, 40),
    ("ENDO", "陈晓", "Chen Xiao", "副主任医师", "associate chief physician", "C03", 2000, 30),
    ("OPHT", "林岚", "Lin Lan", "主治医师", "attending physician", "A06", 1000, 30),
)
ITEMS = (
    ("ECG12", "十二导联心电图", "12-lead ECG", "A", "次", "test", 3200),
    ("ECHO", "心脏彩色超声", "Cardiac ultrasound", "B", "次", "test", 22000),
    ("AMLO", "苯磺酸氨氯地平片 5mg×28", "Amlodipine 5 mg × 28", "A", "盒", "box", 2840),
    ("ATOR", "阿托伐他汀钙片 20mg×7", "Atorvastatin 20 mg × 7", "B", "盒", "box", 4210),
    ("HBA1C", "糖化血红蛋白测定", "HbA1c", "A", "项", "test", 6500),
    ("LIPID", "血脂四项", "Lipid panel", "A", "项", "test", 3600),
    ("METF", "二甲双胍缓释片 0.5g×60", "Metformin XR 0.5 g × 60", "A", "盒", "box", 2380),
    ("FUNDUS", "眼底照相（双眼）", "Fundus photography, both eyes", "B", "次", "test", 9000),
    ("HOLTER", "二十四小时动态心电图", "24-hour ECG", "B", "次", "test", 15000),
    ("HYAL", "玻璃酸钠滴眼液 5ml", "Sodium hyaluronate drops 5 ml", "OWN", "支", "bottle", 5260),
)


def plant(session: Session, now: datetime) -> None:
    """Put the demo data in, once; today's doctors whenever they are missing."""
    if session.get(Terminal, "K01") is None:
        _staff(session)
        describe_items(session)
        _people(session, now)
    _today(session, now)
    coming_days(session, now.date(), _doctors(now.date()))


def _staff(session: Session) -> None:
    for number, token, kind, name_zh, name_en in TERMINALS:
        session.add(
            Terminal(
                id=number,
                token_hash=hashlib.sha256(token.encode()).hexdigest(),
                kind=kind,
                name_zh=name_zh,
                name_en=name_en,
                place_zh="门诊一楼东厅",
                place_en="Outpatient hall, 1F east",
                slip_key=hmac.new(token.encode(), b"slip", hashlib.sha256).hexdigest(),
            )
        )
    for number, name, roles, password in OPERATORS:
        session.add(
            Operator(
                number=number,
                name=name,
                roles=roles,
                password_hash=_QUICK.hashed(password),
            )
        )
    for code, zh, en, place_zh, place_en in DEPARTMENTS:
        session.add(
            Department(code=code, name_zh=zh, name_en=en, place_zh=place_zh, place_en=place_en)
        )
    for code, zh, en, insurance_class, unit_zh, unit_en, price_fen in ITEMS:
        session.add(
            Item(
                code=code,
                name_zh=zh,
                name_en=en,
                insurance_class=insurance_class,
                unit_zh=unit_zh,
                unit_en=unit_en,
                price_fen=price_fen,
            )
        )
    session.flush()


def _today(session: Session, now: datetime) -> None:
    day = now.date()
    wanted = select(Schedule.id).where(Schedule.day == day.isoformat()).limit(1)
    if session.scalar(wanted) is None:
        session.add_all(_doctors(day))
        session.flush()


def _doctors(day: date) -> list[Schedule]:
    return [
        Schedule(
            id=f"{day}-{place}",
            department_code=code,
            day=day.isoformat(),
            doctor_zh=zh,
            doctor_en=en,
            title_zh=title_zh,
            title_en=title_en,
            session_zh="今天",
            session_en="Today",
            room_zh=f"{room} 诊室",
            room_en=f"Room {room}",
            fee_fen=fee_fen,
            capacity=capacity,
        )
        for place, (code, zh, en, title_zh, title_en, room, fee_fen, capacity) in enumerate(DOCTORS)
    ]


def _people(session: Session, now: datetime) -> None:
    benefit = _person(session, "周明华", "330302195803125623", "F", "BENEFIT", "390", now)
    _card(session, benefit, "260000000017", "04C0FFEE")
    _bill(session, benefit, "CARD", (("ECG12", 1), ("HYAL", 2)), now)
    regular = _person(session, "李秀芳", "330302196207184525", "F", "", "310", now)
    _card(session, regular, "260000000025", "04C0FFE2")
    _bill(session, regular, "ENDO", (("HBA1C", 1), ("METF", 2)), now)
    paid_in = TopUp(OLD, "2024-11-05")
    collect(session, regular.id, 8000, f"opening/{regular.id}", "opening", paid_in, now)


def _person(
    session: Session,
    name: str,
    id_number: str,
    sex: str,
    identities: str,
    insurance: str,
    now: datetime,
) -> Person:
    born = id_number[6:14]
    person = Person(
        id=hashlib.sha256(id_number.encode()).hexdigest()[:32],
        id_number=id_number,
        name=name,
        sex=sex,
        birth_date=f"{born[:4]}-{born[4:6]}-{born[6:]}",
        address="浙江省温州市鹿城区",
        phone="13900001234",
        identities=identities,
        insurance=insurance,
        consent_version="2026-01",
        consent_at=stamp(now),
    )
    session.add(person)
    session.flush()
    return person


def _card(session: Session, person: Person, number: str, uid: str) -> None:
    session.add(
        Card(number=number, person_id=person.id, state="ACTIVE", uid=uid, reserved_by=number)
    )


def _bill(
    session: Session,
    person: Person,
    department_code: str,
    wanted: tuple[tuple[str, int], ...],
    now: datetime,
) -> None:
    department = session.get_one(Department, department_code)
    doctor = next(entry for entry in DOCTORS if entry[0] == department_code)
    bill_id = hashlib.sha256(f"{person.id}{department_code}".encode()).hexdigest()[:32]
    items = [(session.get_one(Item, code), quantity) for code, quantity in wanted]
    session.add(
        Bill(
            id=bill_id,
            person_id=person.id,
            version=1,
            kind="OUTPATIENT",
            department_zh=department.name_zh,
            department_en=department.name_en,
            doctor_zh=doctor[1],
            doctor_en=doctor[2],
            department_code=department_code,
            issued_at=stamp(now),
            total_fen=sum(item.price_fen * quantity for item, quantity in items),
            state="OPEN",
        )
    )
    session.flush()
    for place, (item, quantity) in enumerate(items):
        session.add(
            BillLine(
                id=f"{bill_id[:24]}{place:08d}",
                bill_id=bill_id,
                place=place,
                name_zh=item.name_zh,
                name_en=item.name_en,
                insurance_class=item.insurance_class,
                quantity=quantity,
                unit_zh=item.unit_zh,
                unit_en=item.unit_en,
                unit_price_fen=item.price_fen,
                amount_fen=item.price_fen * quantity,
                item_code=item.code,
            )
        )
