"""What other places do about a visit: the phone books, the doctor orders, the room calls.

Talks HTTP as those terminals do. What a reader would get wrong: days follow the wall clock, so
"tomorrow" is asked of the backend and never computed here.
"""

from __future__ import annotations

import json
import sqlite3
import urllib.request
from contextlib import closing
from datetime import date, timedelta
from typing import Any

from cast import (
    CLINIC_TOKEN,
    KIOSK_TOKEN,
    NOTICE,
    Guest,
    client_of,
    guest,
    keep_place,
    pay_by_phone,
)

from core.billing import Registration
from sandbox.house import House
from sandbox.player.stage import get, post

MOBILE_TOKEN, EXAM_TOKEN, AUDIT_TOKEN = "demo-mobile", "demo-exam", "demo-audit"


def schedule(house: House, ahead: int) -> dict[str, Any]:
    """The first doctor with places, today or so many days ahead."""
    today = get(f"{house.backend_url}/v1/departments", KIOSK_TOKEN)["date"]
    day = (date.fromisoformat(today) + timedelta(days=ahead)).isoformat()
    told = get(f"{house.backend_url}/v1/departments?day={day}", KIOSK_TOKEN)
    doctors = (doctor for one in told["departments"] for doctor in one["doctors"])
    return next(doctor for doctor in doctors if doctor["remaining"])


def booked_on_a_phone(house: House, who: Guest, relation_id: str = "") -> dict[str, Any]:
    """A place of tomorrow. `relation_id`: a relative did it."""
    body = {
        "patient_id": who.patient.patient_id,
        "schedule_id": schedule(house, 1)["schedule_id"],
        "relation_id": relation_id,
    }
    return post(f"{house.backend_url}/v1/appointments", body, MOBILE_TOKEN)


def agreed(house: House, relation_id: str) -> str:
    """The patient says yes to a relative; the same number."""
    consent = {"notice_version": NOTICE, "accepted_at": "2026-01-05T09:00:00+08:00"}
    body = {"consent": consent, "guardian": ""}
    post(f"{house.backend_url}/v1/relatives/{relation_id}/agree", body, MOBILE_TOKEN)
    return relation_id


def its_day_comes(house: House, registration_id: str) -> None:
    """The books say that the booked place is one of today: the house's clock is the wall's."""
    today = str(schedule(house, 0)["schedule_id"])
    with closing(sqlite3.connect(house.run_dir / "backend.db", timeout=10)) as books, books:
        change = "UPDATE registration SET schedule_id = ? WHERE id = ?"
        assert books.execute(change, (today, registration_id)).rowcount == 1


def registered_today(house: House, who: Guest, beside: Registration | None = None) -> Registration:
    """A place of today, its fee paid by phone; with the doctor of another registration."""
    with client_of(house) as client:
        kept = keep_place(client, who.patient, beside)
        pay_by_phone(client, who.patient, kept)
    return kept


def visit_of(house: House, registration_id: str) -> dict[str, Any]:
    """As the backend has it now."""
    return get(f"{house.backend_url}/v1/registrations/{registration_id}", KIOSK_TOKEN)


def order(house: House, kept: Registration, *codes: str) -> None:
    """The doctor orders."""
    items = [{"code": code, "quantity": 1} for code in codes]
    body = {"groups": [{"department_code": "CARD", "items": items}]}
    post(f"{house.backend_url}/v1/visits/{kept.registration_id}/orders", body, CLINIC_TOKEN)


def exam_orders(house: House, who: Guest) -> list[dict[str, Any]]:
    """What needs a place, with the place it has."""
    url = f"{house.backend_url}/v1/patients/{who.patient.patient_id}/exam-orders"
    found: list[dict[str, Any]] = get(url, KIOSK_TOKEN)["orders"]
    return found


def exam_booked(house: House, who: Guest, *, today: bool) -> dict[str, Any]:
    """The first exam has a time: the first of today, or the last there is."""
    line_id = exam_orders(house, who)[0]["line_id"]
    url = f"{house.backend_url}/v1/lines/{line_id}/exam-sessions"
    sessions = get(url, KIOSK_TOKEN)["sessions"]
    session = sessions[0 if today else -1]
    body = {"line_id": line_id, "session_id": session["session_id"]}
    return post(f"{house.backend_url}/v1/exam-appointments", body, EXAM_TOKEN)


def visits(house: House, who: Guest) -> list[dict[str, Any]]:
    """Newest first."""
    url = f"{house.backend_url}/v1/patients/{who.patient.patient_id}/visits"
    found: list[dict[str, Any]] = get(url, KIOSK_TOKEN)["visits"]
    return found


def as_auditor(house: House, path: str) -> dict[str, Any]:
    """Read what only an operator may: the desk of the auditors, signed in."""
    body = {"operator": "2501", "password": "demo-2501"}
    token = post(f"{house.backend_url}/v1/operators/sign-in", body, AUDIT_TOKEN)["token"]
    request = urllib.request.Request(f"{house.backend_url}{path}")  # noqa: S310  loopback
    request.add_header("Authorization", f"Bearer {AUDIT_TOKEN}")
    request.add_header("X-Operator-Token", token)
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310  loopback
        found: dict[str, Any] = json.load(answer)
    return found


def fill_queue(house: House, before: Registration, number: int) -> None:
    """So many wait for the doctor of this registration, who came before its owner."""
    for _ in range(number):
        kept = registered_today(house, guest(house), before)
        post(f"{house.backend_url}/v1/check-ins", {"about": kept.registration_id}, KIOSK_TOKEN)
