"""What waits for a window: refunds of patients who paid in different ways, and their invoices.

Talks HTTP as a phone, a bank and a window do. What a reader would get wrong: a refund is looked at
with a window's token, which alone is told who paid.
"""

from __future__ import annotations

from typing import Any

from cast import KIOSK_TOKEN, Guest
from cast_inpatient import admitted, charge, give_notice, stay
from cast_later import WINDOW_TOKEN, order, visited
from cast_papers import invoice_is, print_at_window
from cast_paying import insure, lend

from sandbox.house import House
from sandbox.player.hands import wait_until
from sandbox.player.stage import get, post, wallet_code

Json = dict[str, Any]
_INVOICE_S = 15


def refund(house: House, refund_id: str) -> Json:
    """As it stands, as a window is told."""
    return get(f"{house.backend_url}/v1/refunds/{refund_id}", WINDOW_TOKEN)


def line_ids(settlement: Json) -> list[str]:
    """Of all its bills."""
    return [line["line_id"] for bill in settlement["bills"] for line in bill["lines"]]


def with_credit(house: House, who: Guest, *codes: str) -> Json:
    """Paid by the patient's own credit line."""
    lend(house, who, family=False)
    return _paid(house, who, {"tender": "CREDIT_LINE", "auth_code": ""}, *codes)


def stay_with_credit(house: House, who: Guest, *codes: str) -> None:
    """A stay is settled at the window by the patient's own credit line (A.b5)."""
    lend(house, who, family=False)
    patient_id = who.patient.patient_id
    admission_id = admitted(house, patient_id)
    charge(house, admission_id, *codes)
    give_notice(house, admission_id)
    bill = stay(house, admission_id)["bill"]
    named = [{"bill_id": bill["bill_id"], "version": bill["version"]}]
    url = f"{house.backend_url}/v1/settlements"
    quoted = post(url, {"patient_id": patient_id, "bills": named}, WINDOW_TOKEN)
    body = {"tender": "CREDIT_LINE", "auth_code": "", "amount_fen": quoted["due_fen"]}
    told = post(f"{url}/{quoted['settlement_id']}/commit", body, WINDOW_TOKEN)
    assert told["state"] == "COMPLETED", told


def insured_payment(house: House, who: Guest, *codes: str) -> Json:
    """The insurance bears a part, a wallet the rest."""
    insure(house, who)
    by_phone = {"tender": "SCAN", "auth_code": wallet_code("WECHAT", "4321")}
    return _paid(house, who, by_phone, *codes)


def _paid(house: House, who: Guest, tender: Json, *codes: str) -> Json:
    bills = order(house, visited(house, who), *codes)
    named = [{"bill_id": bill["bill_id"], "version": bill["version"]} for bill in bills]
    url = f"{house.backend_url}/v1/settlements"
    quoted = post(url, {"patient_id": who.patient.patient_id, "bills": named}, KIOSK_TOKEN)
    body = {**tender, "amount_fen": quoted["due_fen"]}
    told = post(f"{url}/{quoted['settlement_id']}/commit", body, KIOSK_TOKEN)
    assert told["state"] == "COMPLETED", told
    return told


def printed(house: House, settlement: Json) -> str:
    """Its official invoice came out at a window; the invoice's id."""
    invoice = invoice_is(house, settlement["settlement_id"], "E_ISSUED")
    print_at_window(house, str(invoice["invoice_id"]))
    return str(invoice["invoice_id"])


def written_off(house: House, settlement: Json) -> None:
    """The invoice of what was refunded is cancelled by a red one, within a moment."""
    url = f"{house.backend_url}/v1/settlements/{settlement['settlement_id']}/invoices"

    def there() -> bool:
        return any(one["state"] == "RED_FLUSHED" for one in get(url, WINDOW_TOKEN)["invoices"])

    wait_until(there, _INVOICE_S, f"the red invoice: {get(url, WINDOW_TOKEN)}")


def reversal_refused(house: House) -> None:
    """The insurance says no to the next reversal, and keeps its settlement."""
    order = {"do": "refuse", "infno": "2208", "err_msg": "busy"}
    post(f"{house.read('platforms.json')['insurance']}/control", order, "")


def paid_back(house: House, refund_id: str) -> None:
    """The backend's own clockwork went on to the end."""
    wait_until(lambda: refund(house, refund_id)["state"] == "PAID", _INVOICE_S, "the money back")
