"""Bills, agreements, insurance and money kept ready of guests, made as clinic, bank and insurer do.

Talks HTTP as they do. What a reader would get wrong: what is signed here was signed on a phone, so
the kiosk only finds it; nothing of it is known to the people who sign, but their masked names.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from cast import (
    CLINIC_TOKEN,
    KIOSK_TOKEN,
    Guest,
    client_of,
    guest,
    keep_place,
    pay_by_phone,
)

from sandbox.house import House
from sandbox.player.stage import get, post, wallet_code

MOBILE_TOKEN, WINDOW_TOKEN = "demo-mobile", "demo-window-07"
GOOD_CARD = {"pan": "6222021203001234567", "bank": "中国工商银行"}
ECG, ECG_FEN = "ECG12", 3_200
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Visitor:
    """A guest who was with the doctor, and the visit that the bills belong to."""

    guest: Guest
    registration_id: str


def visitor(house: House) -> Visitor:
    """With the fee of the doctor paid, and nothing ordered yet."""
    who = guest(house)
    with client_of(house) as client:
        kept = keep_place(client, who.patient)
        pay_by_phone(client, who.patient, kept)
    return Visitor(who, kept.registration_id)


def order(house: House, registration_id: str, department: str, **items: int) -> Json:
    """One bill of so many of each item."""
    listed = [{"code": code, "quantity": quantity} for code, quantity in items.items()]
    groups = [{"department_code": department, "items": listed}]
    url = f"{house.backend_url}/v1/visits/{registration_id}/orders"
    return post(url, {"groups": groups}, CLINIC_TOKEN)


def bills(house: House, who: Guest) -> list[Json]:
    """As a kiosk is told."""
    url = f"{house.backend_url}/v1/patients/{who.patient.patient_id}/bills"
    found: list[Json] = get(url, KIOSK_TOKEN)["bills"]
    return found


def change(house: House, bill: Json, **items: int) -> None:
    """The doctor orders this instead."""
    listed = [{"code": code, "quantity": quantity} for code, quantity in items.items()]
    url = f"{house.backend_url}/v1/bills/{bill['bill_id']}/items"
    post(url, {"version": bill["version"], "items": listed}, CLINIC_TOKEN)


def quote(house: House, who: Guest, bill: Json, token: str) -> Json:
    """Locked by another terminal."""
    named = [{"bill_id": bill["bill_id"], "version": bill["version"]}]
    body = {"patient_id": who.patient.patient_id, "bills": named}
    return post(f"{house.backend_url}/v1/settlements", body, token)


def pay(house: House, quoted: Json, token: str, tender: str, auth_code: str) -> Json:
    """By another terminal."""
    body = {"tender": tender, "auth_code": auth_code, "amount_fen": quoted["due_fen"]}
    url = f"{house.backend_url}/v1/settlements/{quoted['settlement_id']}/commit"
    return post(url, body, token)


def pay_in_clinic(house: House, who: Guest, bill: Json) -> None:
    """In the doctor's room."""
    quoted = quote(house, who, bill, CLINIC_TOKEN)
    told = pay(house, quoted, CLINIC_TOKEN, "SCAN", wallet_code("WECHAT", "4321"))
    assert told["state"] == "COMPLETED", told


def settlements(house: House, who: Guest) -> list[Json]:
    """Completed ones, the newest first."""
    url = f"{house.backend_url}/v1/patients/{who.patient.patient_id}/settlements"
    found: list[Json] = get(url, WINDOW_TOKEN)["settlements"]
    return found


def acquirer(house: House, **order: object) -> None:
    """An order to the banks."""
    post(f"{house.read('platforms.json')['acquirer']}/control", order, "")


def bind(house: House, who: Guest, limit_fen: int | None = None) -> None:
    """A daughter lets her wallet be debited for this patient (W01)."""
    body = {"patient_id": who.patient.patient_id, "product": "BOUND_DEBIT"}
    told = post(f"{house.backend_url}/v1/agreements", body, KIOSK_TOKEN)
    acquirer(
        house,
        do="sign_agreement",
        reference=told["agreement_id"],
        channel="WECHAT",
        payer="李明",
        daily_limit_fen=limit_fen,
    )
    url = f"{house.backend_url}/v1/agreements/{told['agreement_id']}"
    assert get(url, KIOSK_TOKEN)["state"] == "SIGNED"


def lend(house: House, who: Guest, *, family: bool) -> None:
    """A bank gives a credit line to this patient, or to a relative who shares it (H28)."""
    number = who.person.id_number[-10:]
    owner = "330302198505050010" if family else who.person.id_number
    line = {"contract_no": f"CL{number}", "owner": "李明", "limit_fen": 500_000}
    acquirer(house, do="sign_credit", id_number=owner, **line)
    if family:
        shared = {"contract_no": f"CL{number}", "family_contract_no": f"FL{number}"}
        acquirer(house, do="share_credit", id_number=who.person.id_number, **shared)
    url = f"{house.backend_url}/v1/patients/{who.patient.patient_id}/agreements/find"
    post(url, {}, KIOSK_TOKEN)


def insure(house: House, who: Guest, account_fen: int = 500, **more: object) -> str:
    """The insurer knows this person from now on; the insurance code."""
    code = secrets.token_hex(14).upper()
    post(
        f"{house.read('platforms.json')['insurance']}/control",
        {
            "do": "add_person",
            "psn_no": who.person.id_number.zfill(26),
            "id_number": who.person.id_number,
            "name": who.person.name,
            "account_fen": account_fen,
            "e_code": code,
            **more,
        },
        "",
    )
    return code
