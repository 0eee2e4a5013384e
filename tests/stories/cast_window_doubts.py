"""Doubts, uncertain sheets and slips that wait for a window, as other terminals leave them.

Talks HTTP as a kiosk does. What a reader would get wrong: a terminal has one operator at a time,
so nobody signs in by HTTP at the window of the story.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import requests
from cast import KIOSK_TOKEN, Guest
from cast_papers import WINDOW, invoice_is

from sandbox.house import House
from sandbox.player.stage import get, post

Json = dict[str, Any]
_FINANCE = {"operator": "2401", "password": "demo-2401"}
_AUDITOR, _AUDIT = {"operator": "2501", "password": "demo-2501"}, "demo-audit"


def doubt(house: House, who: Guest, amount_fen: int) -> str:
    """A kiosk could not say what became of a hold; the number of its case."""
    body = {
        "operation_kind": "hold",
        "operation_id": f"op-{who.patient.patient_id}-{amount_fen}",
        "amount_fen": amount_fen,
        "evidence": "the POS went silent",
        "patient_id": who.patient.patient_id,
    }
    return str(post(f"{house.backend_url}/v1/suspense", body, KIOSK_TOKEN)["case_id"])


def case(house: House, case_id: str) -> Json:
    """As an auditor reads it."""
    return asked_by_auditor(house, f"/v1/cases/{case_id}")


def resolved(house: House, case_id: str) -> None:
    """Finance ends it elsewhere, so that the next story finds no doubt."""
    token = post(f"{house.backend_url}/v1/operators/sign-in", _FINANCE, _AUDIT)["token"]
    headers = {
        "Authorization": f"Bearer {_AUDIT}",
        "X-Operator-Token": str(token),
        "Idempotency-Key": uuid4().hex,
    }
    body = {"outcome": "NOTHING_MOVED", "reason": "the bank knows nothing of it"}
    url = f"{house.backend_url}/v1/cases/{case_id}/resolve"
    requests.post(url, json=body, headers=headers, timeout=10).raise_for_status()


def tickets(house: House) -> list[Json]:
    """Open ones."""
    found: list[Json] = asked_by_auditor(house, "/v1/trouble-tickets")["tickets"]
    return found


def asked_by_auditor(house: House, path: str) -> Json:
    """A look that only staff may take, and that leaves the window's operator signed in."""
    token = post(f"{house.backend_url}/v1/operators/sign-in", _AUDITOR, _AUDIT)["token"]
    headers = {"Authorization": f"Bearer {_AUDIT}", "X-Operator-Token": str(token)}
    answer = requests.get(f"{house.backend_url}{path}", headers=headers, timeout=10)
    answer.raise_for_status()
    told: Json = answer.json()
    return told


def uncertain(house: House, settlement: Json) -> Json:
    """A kiosk took the sheet of its invoice and never said what came of it; the invoice."""
    invoice = invoice_is(house, settlement["settlement_id"], "E_ISSUED")
    url = f"{house.backend_url}/v1/invoices/{invoice['invoice_id']}"
    token = post(f"{url}/sheets", {}, WINDOW)["token"]
    return post(f"{url}/printed", {"token": token, "outcome": "UNCERTAIN"}, WINDOW)


def papers(house: House, who: Guest) -> Json:
    """Invoices and slips of a guest."""
    return get(f"{house.backend_url}/v1/patients/{who.patient.patient_id}/papers", WINDOW)
