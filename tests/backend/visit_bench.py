"""Stories of a visit and of a stay, as the terminals of `House` live through them."""

from __future__ import annotations

from datetime import timedelta

from backend_bench import Json
from service_bench import CLINIC, KIOSK, House

from settlement_backend.notices.tables import Notice

EXAM, PHARMACY, WARD, MOBILE = "demo-exam", "demo-pharmacy", "demo-ward", "demo-mobile"
DAY_S = 24 * 3600
STAY = {
    "department_code": "CARD",
    "doctor": {"zh": "王敏", "en": "Wang Min"},
    "ward": {"zh": "六病区", "en": "Ward 6"},
}


def doctor(house: House, place: int = 0, *, ahead: int = 0) -> Json:
    """A doctor of the first department, today or so many days ahead."""
    day = (house.clock.now() + timedelta(days=ahead)).date().isoformat()
    found = house.get(f"/v1/departments?day={day}")["departments"][0]["doctors"]
    told: Json = found[place]
    return told


def kept(house: House, patient: str, place: int = 0) -> Json:
    """A registration that is not paid."""
    schedule_id = doctor(house, place)["schedule_id"]
    return house.done("/v1/registrations", {"patient_id": patient, "schedule_id": schedule_id})


def paid(house: House, patient: str, place: int = 0) -> Json:
    """A registration with its number."""
    made = kept(house, patient, place)
    house.commit(house.open(patient, [made["bill"]["bill_id"]]))
    return house.get(f"/v1/registrations/{made['registration_id']}")


def booked(house: House, patient: str, ahead: int = 1, relation_id: str = "") -> Json:
    """A place of a day to come."""
    schedule_id = doctor(house, ahead=ahead)["schedule_id"]
    body = {"patient_id": patient, "schedule_id": schedule_id, "relation_id": relation_id}
    return house.done("/v1/appointments", body)


def group(code: str, quantity: int | str, department: str = "CARD") -> Json:
    """One item for one department."""
    return {"department_code": department, "items": [{"code": code, "quantity": quantity}]}


def ordered(house: House, registration_id: str, *codes: str) -> list[Json]:
    """What the doctor ordered: one bill for each item."""
    body = {"groups": [group(code, 1) for code in codes]}
    told = house.done(f"/v1/visits/{registration_id}/orders", body, token=CLINIC)
    bills: list[Json] = told["bills"]
    return bills


def settle(house: House, patient: str, bill: Json, *, token: str = KIOSK) -> Json:
    """One bill paid wholly."""
    body = {
        "patient_id": patient,
        "bills": [{"bill_id": bill["bill_id"], "version": bill["version"]}],
    }
    quoted = house.done("/v1/settlements", body, token=token)
    if quoted["due_fen"] == 0:
        return house.commit(quoted, "NONE", "", token=token)
    return house.commit(quoted, token=token)


def told(house: House, person_id: str) -> list[str]:
    """The kinds of messages a person was sent, oldest first."""
    with house.service.db.read() as session:
        rows = session.query(Notice).filter(Notice.person_id == person_id)
        return [row.kind for row in sorted(rows, key=lambda row: row.at)]


def requested(house: House, patient: str) -> Json:
    """A stay that a doctor asked for."""
    body = {"patient_id": patient, **STAY}
    return house.done("/v1/admissions", body, token=CLINIC)


def admitted(house: House, patient: str, token: str = KIOSK) -> str:
    """The id of a stay that has begun."""
    admission_id = str(requested(house, patient)["admission_id"])
    house.done(f"/v1/admissions/{admission_id}/admit", {}, token=token)
    return admission_id


def asked_deposit(house: House, admission_id: str, amount_fen: int) -> Json:
    """The bill of a deposit that a doctor asked for."""
    path = f"/v1/admissions/{admission_id}/deposit-requests"
    return house.done(path, {"amount_fen": amount_fen}, token=WARD)


def charged(house: House, admission_id: str, *codes: str) -> Json:
    """Today's list after these items were charged."""
    items = [{"code": code, "quantity": 1} for code in codes]
    body = {"day": house.clock.now().date().isoformat(), "items": items}
    return house.done(f"/v1/admissions/{admission_id}/charges", body, token=WARD)


def notice(house: House, admission_id: str) -> Json:
    """The stay after the doctor's discharge notice."""
    return house.done(f"/v1/admissions/{admission_id}/discharge-notice", {}, token=WARD)
