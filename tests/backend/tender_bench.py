"""Payers, banks and card terminals as tests of tenders use them: what happens outside the backend.

Talks to the simulated acquirer and the routes of the house. What a reader would get wrong: nobody
here pays anything; each helper only brings about what a tender needs before it is committed.
"""

from __future__ import annotations

from dataclasses import dataclass

import requests
from backend_bench import Json, Line, Platform
from service_bench import KIOSK, LI_CODE, LI_ID, House, new_key

DEBIT, CREDIT, FAMILY = "BOUND_DEBIT", "CREDIT_LINE", "FAMILY_CREDIT_LINE"
ONE_CODE, CARD, REMOTE = "ONE_CODE", "BANK_CARD", "REMOTE"
MOBILE = "demo-mobile"
PAN = "6222020000000017"
CONTRACT, FAMILY_CONTRACT = "CL0001", "CL0002"


@dataclass(frozen=True, slots=True)
class Way:
    """One kind of tender, and the terminal it is committed at."""

    kind: str
    token: str = KIOSK
    auth_code: str = ""


WAYS = (
    Way(DEBIT),
    Way(CREDIT),
    Way(FAMILY),
    Way(ONE_CODE, auth_code=LI_CODE),
    Way(CARD),
    Way(REMOTE, token=MOBILE, auth_code="WECHAT"),
)
AT_ONCE = WAYS[:4]


def prepare(house: House, patient: str, kind: str) -> None:
    """What has to be signed before this tender can be used."""
    match kind:
        case "BOUND_DEBIT":
            bind(house, patient)
        case "CREDIT_LINE" | "FAMILY_CREDIT_LINE":
            lend(house, patient, family=kind == FAMILY)
        case "ONE_CODE":
            house.platforms.acquirer.control("one_code", signed=True, channel="WECHAT")


def bind(house: House, patient: str, limit_fen: int | None = None, channel: str = "WECHAT") -> str:
    """A daughter lets her account be debited for this patient; the agreement's id."""
    key = new_key()
    body = {"patient_id": patient, "product": DEBIT}
    house.done("/v1/agreements", body, key=key)
    house.platforms.acquirer.control(
        "sign_agreement", reference=key, channel=channel, payer="李明", daily_limit_fen=limit_fen
    )
    assert house.get(f"/v1/agreements/{key}")["state"] == "SIGNED"
    return key


def lend(house: House, patient: str, *, family: bool = False, limit_fen: int = 500_000) -> None:
    """The bank gives a credit line to this patient, or to a relative who shares it."""
    owner = "330302198505050010" if family else LI_ID
    acquirer = house.platforms.acquirer
    acquirer.control(
        "sign_credit", contract_no=CONTRACT, id_number=owner, owner="李明", limit_fen=limit_fen
    )
    if family:
        acquirer.control(
            "share_credit",
            contract_no=CONTRACT,
            id_number=LI_ID,
            family_contract_no=FAMILY_CONTRACT,
        )
    house.done(f"/v1/patients/{patient}/agreements/find", {})


def pos_sells(acquirer: Platform, reference: str, amount_fen: int, pan: str = PAN) -> Json:
    """The card terminal sells under our reference."""
    body = {"reference": reference, "terminal_id": "P1", "amount_fen": amount_fen}
    told = requests.post(
        f"{acquirer.url}/pos/sales", json={**body, "pan": pan, "expiry": "3012"}, timeout=5
    )
    content: Json = told.json()
    return content


def pos(acquirer: Platform, path: str, **body: object) -> Json:
    """Anything else a card terminal asks."""
    content: Json = requests.post(f"{acquirer.url}/pos/{path}", json=body, timeout=5).json()
    return content


def due(house: House, amount_fen: int = 2000, token: str = KIOSK) -> Json:
    """Li's bill of which so much is left to pay after her balance of 80.00."""
    patient = house.person(LI_ID)
    bill_id = house.bill(patient, Line(8000 + amount_fen, "OWN"))
    quoted = house.open(patient, [bill_id], token=token)
    assert quoted["due_fen"] == amount_fen
    return quoted


def pay(house: House, quoted: Json, way: Way) -> Json:
    """Commit this way; where somebody else has to act, he does."""
    settlement_id, due_fen = quoted["settlement_id"], quoted["due_fen"]
    told = commit(house, quoted, way)
    acquirer = house.platforms.acquirer
    if told["state"] == "PAYING" and way.kind == REMOTE:
        acquirer.control("scan_qr", order_no=told["tenders"][-1]["tender_id"], payer="李明")
    if told["state"] == "PAYING" and way.kind == CARD:
        pos_sells(acquirer, told["pos"]["reference"], due_fen)
        pos_word(house, told, "DONE")
    return house.to_the_end(settlement_id)


def commit(house: House, quoted: Json, way: Way, key: str = "") -> Json:
    """Only the commitment."""
    body = {"tender": way.kind, "auth_code": way.auth_code, "amount_fen": quoted["due_fen"]}
    path = f"/v1/settlements/{quoted['settlement_id']}/commit"
    return house.done(path, body, key=key, token=way.token)


def pos_word(house: House, told: Json, word: str, token: str = KIOSK) -> Json:
    """What the terminal says that its card terminal said."""
    body = {"tender_id": told["pos"]["tender_id"], "word": word}
    path = f"/v1/settlements/{told['settlement_id']}/pos-word"
    return house.done(path, body, token=token)
