"""Stories of somebody who pays after the visit, as the terminals of `House` live through them."""

from __future__ import annotations

import requests
from backend_bench import Json, Platforms
from service_bench import KIOSK, House, new_key
from sqlalchemy import func, select

from settlement_backend.base.clock import stamp
from settlement_backend.base.tables import AuditLine
from settlement_backend.bills.pricing import E4
from settlement_backend.deferral.tables import RepaymentDebit
from settlement_backend.notices.tables import Notice
from settlement_backend.visits import consultations
from settlement_backend.visits.consultations import Group, Order
from settlement_backend.visits.tables import Registration

VERSION = "2026-01"
HOUR_S, DAY_S = 3600, 24 * 3600
HERE, ELSEWHERE = "H33030200001", "H33030200007"


def account(house: House, patient: str, *, token: str = KIOSK) -> Json:
    """Everything of one person."""
    return house.get(f"/v1/patients/{patient}/deferral", token=token)


def sign_path(patient: str) -> str:
    return f"/v1/patients/{patient}/deferral/sign"


def signed(house: House, patient: str, *, token: str = KIOSK, **more: object) -> Json:
    """Somebody who signed."""
    return house.done(sign_path(patient), {"version": VERSION, **more}, token=token)


def cancelled(house: House, patient: str) -> Json:
    """Somebody who ended it."""
    return house.done(f"/v1/patients/{patient}/deferral/cancel", {})


def registered(house: House, patient: str) -> str:
    """A registration of today that is paid, written down directly; its number."""
    now = house.clock.now()
    row = Registration(
        id=new_key(),
        person_id=patient,
        schedule_id=f"{now.date()}-0",
        state="CONFIRMED",
        expires_at=stamp(now),
        confirmed_at=stamp(now),
    )
    with house.service.db.write() as session:
        session.add(row)
    return row.id


def ordered(house: House, registration_id: str, *codes: str, exclusion: str = "") -> list[str]:
    """The numbers of a bill for each item, seen by the clockwork."""
    groups = [Group("CARD", (Order(code, E4),), exclusion) for code in codes]
    with house.service.db.write() as session:
        made = consultations.order(session, registration_id, groups, house.clock.now())
    house.later(5)
    return [bill.id for bill in made]


def visit(
    house: House, patient: str, *codes: str, repay_by_debit: bool = False
) -> tuple[str, list[str]]:
    """A registration, a signature, and a waiting bill for each item."""
    registration_id = registered(house, patient)
    signed(house, patient, repay_by_debit=repay_by_debit)
    return registration_id, ordered(house, registration_id, *codes)


def end_visit(house: House, registration_id: str) -> None:
    """The doctor ended it now, and the clockwork saw it."""
    with house.service.db.write() as session:
        consultations.end(session, registration_id, house.clock.now())
    house.later(5)


def first_visit(house: House, patient: str) -> Json:
    """The newest visit of the account."""
    told: Json = account(house, patient)["visits"][0]
    return told


def pay(house: House, patient: str, *bill_ids: str) -> Json:
    """One payment for all of them (N06); existing money first."""
    quoted = house.open(patient, bill_ids)
    told = house.commit(quoted)
    assert told["state"] == "COMPLETED", told
    return told


def count(house: House, patient: str, kind: str) -> int:
    """Messages of one kind."""
    wanted = select(func.count()).where(Notice.person_id == patient, Notice.kind == kind)
    with house.service.db.read() as session:
        return session.scalar(wanted) or 0


def bind(house: House, patient: str, **limits: int) -> str:
    """A bank card that the payer bound on the phone; its agreement's number."""
    body = {"patient_id": patient, "product": "BOUND_DEBIT"}
    reference = new_key()
    house.done("/v1/agreements", body, key=reference)
    house.platforms.acquirer.control(
        "sign_agreement", reference=reference, channel="UNIONPAY", payer="李秀芳", **limits
    )
    told = house.get(f"/v1/agreements/{reference}")
    assert told["state"] == "SIGNED", told
    return reference


def debits(house: House) -> list[tuple[str, str]]:
    """State and reason of every try, oldest first."""
    with house.service.db.read() as session:
        rows = session.scalars(select(RepaymentDebit).order_by(RepaymentDebit.at))
        return [(row.state, row.reason) for row in rows]


def entries(platforms: Platforms) -> list[tuple[str, int, str]]:
    """What this hospital has in the city's books: reference, amount, state."""
    told = platforms.city.books()["entries"]
    return [
        (entry["reference"], entry["amount_fen"], entry["state"])
        for entry in told
        if entry["hospital"] == HERE
    ]


def decisions(house: House, asked: str) -> list[str]:
    """The facts of every audited decision on one question."""
    wanted = select(AuditLine.facts).where(AuditLine.event == f"decided_{asked}")
    with house.service.db.read() as session:
        return list(session.scalars(wanted.order_by(AuditLine.seq)))


def suspended_elsewhere(house: House, id_number: str) -> None:
    """Another hospital of the city reports arrears."""
    body = {
        "id_number": id_number,
        "hospital": ELSEWHERE,
        "reference": "H7-1",
        "amount_fen": 5000,
        "since": "2026-01-05",
    }
    told = requests.post(f"{house.platforms.city.url}/credit/suspend", json=body, timeout=5)
    assert told.json()["result"] == "SUCCESS"
