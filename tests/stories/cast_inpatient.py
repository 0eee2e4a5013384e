"""Stays of guests, made by clinic and ward, and their commercial policies.

Talks HTTP as a clinic, a nurse station and the insurer's control do. What a reader would get wrong:
the ids of settlements are the idempotency keys they were asked under, so `post` chooses them.
"""

from __future__ import annotations

from typing import Any

from cast import CLINIC_TOKEN, KIOSK_TOKEN, NOTICE, PHONE, Guest, client_of, document
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from core.identity import Patient
from core.steps import RegisterPerson
from sandbox.house import House
from sandbox.people import NEW_PATIENT
from sandbox.player import qml
from sandbox.player.hands import wait_until
from sandbox.player.stage import KioskStage, get, post, wallet_code

WARD_TOKEN, WINDOW_TOKEN = "demo-ward", "demo-window-07"
WANG_FAMILY_CODE = "CITYWANGJ200000000000000000000000001"
WARD = {"zh": "六病区", "en": "Ward 6"}
_STAY = {
    "department_code": "CARD",
    "doctor": {"zh": "王敏", "en": "Wang Min"},
    "ward": WARD,
}
_INVOICE_S = 20


def wang(house: House) -> Patient:
    """王建国, whom the city knows and whose daughter's phone may show his code."""
    with client_of(house) as client:
        told = client.ask(RegisterPerson(document(NEW_PATIENT), PHONE, NOTICE))
    assert isinstance(told, Patient), told
    return told


def asked(house: House, patient_id: str) -> str:
    """The id of a stay that a doctor asked for."""
    body = {"patient_id": patient_id, **_STAY}
    told = post(f"{house.backend_url}/v1/admissions", body, CLINIC_TOKEN)
    return str(told["admission_id"])


def admitted(house: House, patient_id: str) -> str:
    """The id of a stay that has begun, registered at the nurse station."""
    admission_id = asked(house, patient_id)
    post(f"{house.backend_url}/v1/admissions/{admission_id}/admit", {}, WARD_TOKEN)
    return admission_id


def ask_deposit(house: House, admission_id: str, amount_fen: int) -> dict[str, Any]:
    """The bill of the doctor's request."""
    path = f"{house.backend_url}/v1/admissions/{admission_id}/deposit-requests"
    return post(path, {"amount_fen": amount_fen}, WARD_TOKEN)


def pay_deposit(house: House, patient_id: str, admission_id: str, amount_fen: int) -> None:
    """Asked for, and paid by a phone at some kiosk."""
    _pay(house, patient_id, ask_deposit(house, admission_id, amount_fen))


def settle(house: House, who: Guest, admission_id: str) -> None:
    """The bill of a stay that may be settled, paid by a phone at some kiosk."""
    _pay(house, who.patient.patient_id, stay(house, admission_id)["bill"])


def _pay(house: House, patient_id: str, bill: dict[str, Any]) -> None:
    named = [{"bill_id": bill["bill_id"], "version": bill["version"]}]
    url = f"{house.backend_url}/v1/settlements"
    quoted = post(url, {"patient_id": patient_id, "bills": named}, KIOSK_TOKEN)
    body = {
        "tender": "SCAN",
        "auth_code": wallet_code("WECHAT", "4321"),
        "amount_fen": quoted["due_fen"],
    }
    told = post(f"{url}/{quoted['settlement_id']}/commit", body, KIOSK_TOKEN)
    assert told["state"] == "COMPLETED", told


def charge(house: House, admission_id: str, *codes: str) -> dict[str, Any]:
    """Today's list after the ward entered these items."""
    path = f"{house.backend_url}/v1/admissions/{admission_id}/charges"
    items = [{"code": code, "quantity": 1} for code in codes]
    return post(path, {"day": _today(house), "items": items}, WARD_TOKEN)


def give_notice(house: House, admission_id: str) -> None:
    """The doctor's discharge notice."""
    post(f"{house.backend_url}/v1/admissions/{admission_id}/discharge-notice", {}, WARD_TOKEN)


def stay(house: House, admission_id: str) -> dict[str, Any]:
    """As a kiosk sees it."""
    return get(f"{house.backend_url}/v1/admissions/{admission_id}", KIOSK_TOKEN)


def signature(house: House, settlement_id: str) -> dict[str, Any]:
    """Who signed the sheet of a settlement, as a window sees it."""
    return get(f"{house.backend_url}/v1/settlements/{settlement_id}/signature", WINDOW_TOKEN)


def settlements(house: House, who: Guest) -> list[dict[str, Any]]:
    """Completed ones, the newest first."""
    url = f"{house.backend_url}/v1/patients/{who.patient.patient_id}/settlements"
    found: list[dict[str, Any]] = get(url, WINDOW_TOKEN)["settlements"]
    return found


def insure(house: House, who: Guest, *, direct: bool) -> None:
    """A commercial policy of 80 per cent without a deductible."""
    post(
        f"{house.read('platforms.json')['insurer']}/control",
        {
            "do": "add_policy",
            "policy_no": f"CI{who.person.id_number[-10:]}",
            "id_number": who.person.id_number,
            "insurer": "安心保险",
            "product": "住院医疗",
            "direct": direct,
            "fast": True,
            "deductible_fen": 0,
            "percent": 80,
            "limit_fen": 5_000_000,
        },
        "",
    )


def share_credit(house: House, who: Guest) -> None:
    """A relative's credit line that this guest may spend, signed at the bank (H28)."""
    control = f"{house.read('platforms.json')['acquirer']}/control"
    number = who.person.id_number[-10:]
    owner = {"id_number": "330302198505050010", "owner": "李明", "limit_fen": 500_000}
    post(control, {"do": "sign_credit", "contract_no": f"CL{number}", **owner}, "")
    shared = {"id_number": who.person.id_number, "family_contract_no": f"FC{number}"}
    post(control, {"do": "share_credit", "contract_no": f"CL{number}", **shared}, "")
    patient_id = who.patient.patient_id
    post(f"{house.backend_url}/v1/patients/{patient_id}/agreements/find", {}, KIOSK_TOKEN)


def insurer_claims(house: House, who: Guest) -> list[dict[str, Any]]:
    """What the insurer was told of this person."""
    books = get(f"{house.read('platforms.json')['insurer']}/books", "")
    policy_no = f"CI{who.person.id_number[-10:]}"
    return [claim for claim in books["claims"] if claim["policy_no"] == policy_no]


def wait_for_invoice(house: House, who: Guest) -> None:
    """Until the e-invoice of everything that was paid is there."""
    url = f"{house.backend_url}/v1/patients/{who.patient.patient_id}/papers"

    def issued() -> bool:
        states = {one["state"] for one in get(url, KIOSK_TOKEN)["invoices"]}
        return states == {"E_ISSUED"}

    wait_until(issued, _INVOICE_S, "the e-invoice")


def sign(stage: KioskStage) -> None:
    """Two strokes across the field, then done."""
    window = stage.kiosk.window
    qml.settle(window)
    sheet = qml.find(window, "sheet")
    for part in (0.35, 0.65):
        left = _at(sheet, 0.15, part)
        QTest.mousePress(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, left)
        for step in range(1, 9):
            QTest.mouseMove(window, _at(sheet, 0.15 + step * 0.08, part + 0.02 * (step % 2)))
        right = _at(sheet, 0.8, part)
        QTest.mouseRelease(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, right)
    stage.press("done")


def _at(item: QQuickItem, across: float, down: float) -> QPoint:
    return item.mapToScene(QPointF(item.width() * across, item.height() * down)).toPoint()


def _today(house: House) -> str:
    """The backend's."""
    return str(get(f"{house.backend_url}/v1/health", "")["time"])[:10]
