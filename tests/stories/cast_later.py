"""Somebody who pays later or wants money back, as insurance, doctor, bank and window make it.

Talks HTTP as those do. What a reader would get wrong: bills of a signed person join their visit
within five seconds, by the backend's own clockwork, so stories wait for that.
"""

from __future__ import annotations

from contextlib import closing
from itertools import count
from typing import Any
from uuid import uuid4

from cast import (
    CLINIC_TOKEN,
    KIOSK_TOKEN,
    NOTICE,
    PHONE,
    Guest,
    client_of,
    document,
    keep_place,
    pay_by_phone,
)

from backend_client.client import BackendClient
from backend_client.wire import Wire
from core.billing import Refund
from core.clock import SystemClock
from core.identity import Patient
from core.steps import RegisterPerson
from core.window_steps import ConfirmRefund, Operator, ReviewRefund, SignInOperator
from sandbox.house import House
from sandbox.people import Person, with_check_digit
from sandbox.player.hands import wait_until
from sandbox.player.stage import get, post, wallet_code

MOBILE_TOKEN, EXAM_TOKEN, WINDOW_TOKEN = "demo-mobile", "demo-exam", "demo-window-07"
ELSEWHERE = "H33030200007"
VERSION = "2026-01"
_NUMBERS = count(1)
_CLOCKWORK_S = 15


def insured(house: House, person: Person, **more: object) -> None:
    """By the city's employees' scheme, unless told otherwise."""
    number = next(_NUMBERS)
    body = {
        "do": "add_person",
        "psn_no": f"330300000000000000007{number:05d}",
        "id_number": person.id_number,
        "name": person.name,
        "e_code": f"ECLATER{number:021d}",
        "card_no": f"C9{number:07d}",
        "card_sn": f"SN9{number:07d}",
        **more,
    }
    post(f"{_platform(house, 'insurance')}/control", body, "")


def child(house: House, born: str) -> Guest:
    """Known to the hospital by the own ID card, without a health card."""
    number = next(_NUMBERS)
    last = with_check_digit(f"330302{born}{number + 400:03d}")
    person = Person("林小满", "2", born, last, "浙江省温州市鹿城区百里坊 1 号")
    with client_of(house) as client:
        known = client.ask(RegisterPerson(document(person), PHONE, NOTICE))
    assert isinstance(known, Patient), known
    return Guest(person, known, card_number=last, card_uid="")


def guardian(house: House, of: Guest) -> Person:
    """Whose papers a window saw."""
    number = next(_NUMBERS)
    last = with_check_digit(f"33030219850101{number + 600:03d}")
    person = Person("林建", "1", "19850101", last, "浙江省温州市鹿城区百里坊 1 号")
    body = {
        "kind": "GUARDIAN",
        "name": person.name,
        "id_number": person.id_number,
        "phone": PHONE,
        "proof": "BIRTH_CERTIFICATE",
        "may_see": True,
        "may_pay": True,
    }
    post(_of(house, of, "relatives"), body, WINDOW_TOKEN)
    return person


def visited(house: House, who: Guest) -> str:
    """A registration of today whose fee is paid; its id."""
    with client_of(house) as client:
        kept = keep_place(client, who.patient)
        pay_by_phone(client, who.patient, kept)
    return kept.registration_id


def order(
    house: House, registration_id: str, *codes: str, exclusion: str = ""
) -> list[dict[str, Any]]:
    """One bill with an item for each code."""
    group = {
        "department_code": "CARD",
        "items": [{"code": code, "quantity": 1} for code in codes],
        "exclusion": exclusion,
    }
    url = f"{house.backend_url}/v1/visits/{registration_id}/orders"
    made: list[dict[str, Any]] = post(url, {"groups": [group]}, CLINIC_TOKEN)["bills"]
    return made


def end_visit(house: House, registration_id: str) -> None:
    """The doctor's end: the clock starts."""
    post(f"{house.backend_url}/v1/visits/{registration_id}/end", {}, CLINIC_TOKEN)


def signed(house: House, who: Guest, token: str = MOBILE_TOKEN) -> None:
    """On the phone, long ago."""
    post(_of(house, who, "deferral/sign"), {"version": VERSION}, token)


def deferral(house: House, who: Guest) -> dict[str, Any]:
    """The account as a kiosk sees it."""
    return get(_of(house, who, "deferral"), KIOSK_TOKEN)


def wait_for_visit(house: House, who: Guest, state: str, bills: int = 1) -> None:
    """The clockwork saw the bills and the end of the visit."""

    def there() -> bool:
        visits = deferral(house, who)["visits"]
        return bool(visits) and (visits[0]["state"], len(visits[0]["bills"])) == (state, bills)

    wait_until(there, _CLOCKWORK_S, f"a visit that is {state}")


def suspended_elsewhere(house: House, who: Guest) -> None:
    """Another hospital of the city reports arrears."""
    body = {
        "id_number": who.person.id_number,
        "hospital": ELSEWHERE,
        "reference": f"H7-{next(_NUMBERS)}",
        "amount_fen": 5000,
        "since": "2026-01-05",
    }
    post(f"{_platform(house, 'city')}/credit/suspend", body, "")


def sign_on_phone(house: House, who: Guest) -> None:
    """The patient opens the shown code of a bound debit and signs."""
    reference = agreements(house, who)[-1]["agreement_id"]
    body = {
        "do": "sign_agreement",
        "reference": reference,
        "channel": "UNIONPAY",
        "payer": who.person.name,
    }
    post(f"{_platform(house, 'acquirer')}/control", body, "")


def sign_credit(house: House, who: Guest) -> None:
    """The patient signs a credit line at the bank."""
    body = {
        "do": "sign_credit",
        "contract_no": f"CL{next(_NUMBERS):04d}",
        "id_number": who.person.id_number,
        "owner": who.person.name,
        "limit_fen": 100_000,
    }
    post(f"{_platform(house, 'acquirer')}/control", body, "")


def agreements(house: House, who: Guest) -> list[dict[str, Any]]:
    """As last heard, the oldest first."""
    found: list[dict[str, Any]] = get(_of(house, who, "agreements"), KIOSK_TOKEN)["agreements"]
    return found


def bound(house: House, who: Guest) -> None:
    """A bank card that was bound on the phone before."""
    body = {"patient_id": who.patient.patient_id, "product": "BOUND_DEBIT"}
    post(f"{house.backend_url}/v1/agreements", body, MOBILE_TOKEN)
    sign_on_phone(house, who)
    agreement_id = agreements(house, who)[-1]["agreement_id"]
    get(f"{house.backend_url}/v1/agreements/{agreement_id}", KIOSK_TOKEN)


def paid(house: House, who: Guest, *codes: str, by: str = "WECHAT") -> dict[str, Any]:
    """The settlement of one bill with these items, by a wallet or another tender."""
    bills = order(house, visited(house, who), *codes)
    named = [{"bill_id": bill["bill_id"], "version": bill["version"]} for bill in bills]
    url = f"{house.backend_url}/v1/settlements"
    quoted = post(url, {"patient_id": who.patient.patient_id, "bills": named}, KIOSK_TOKEN)
    wallet = by in ("WECHAT", "ALIPAY")
    body = {
        "tender": "SCAN" if wallet else by,
        "auth_code": wallet_code(by, "4321") if wallet else "",
        "amount_fen": quoted["due_fen"],
    }
    told = post(f"{url}/{quoted['settlement_id']}/commit", body, KIOSK_TOKEN)
    assert told["state"] == "COMPLETED", told
    return told


def executed(house: House, settlement: dict[str, Any], place: int = 0) -> None:
    """The desk carried out one item of it."""
    line_id = settlement["bills"][0]["lines"][place]["line_id"]
    post(f"{house.backend_url}/v1/lines/{line_id}/execute", {}, EXAM_TOKEN)


def ask_refund(house: House, settlement: dict[str, Any]) -> str:
    """All items of it, asked for on the phone; the number of the request."""
    body = {
        "settlement_id": settlement["settlement_id"],
        "line_ids": [line["line_id"] for bill in settlement["bills"] for line in bill["lines"]],
        "reason": "not done",
    }
    return str(post(f"{house.backend_url}/v1/refunds", body, MOBILE_TOKEN)["refund_id"])


def refunds(house: House, who: Guest) -> list[dict[str, Any]]:
    """As a kiosk sees them, the newest first."""
    found: list[dict[str, Any]] = get(_of(house, who, "refunds"), KIOSK_TOKEN)["refunds"]
    return found


def carry_out(house: House, refund_id: str) -> Refund:
    """A window's reviewer approves it, and a cashier confirms it."""
    wire = Wire(house.backend_url, WINDOW_TOKEN)
    with closing(BackendClient(wire, lambda: (0, ""), SystemClock())) as window:
        operator = window.ask(SignInOperator("2107", "demo-2107"))
        assert isinstance(operator, Operator), operator
        key = uuid4().hex
        window.ask(ReviewRefund(key, 1, refund_id, "2201", "demo-2201", approve=True))
        told = window.ask(ConfirmRefund(key, refund_id))
    assert isinstance(told, Refund), told
    return told


def refund_declined(house: House) -> None:
    """The next refund is not taken by its channel."""
    body = {"do": "next_refund", "outcome": "fail"}
    post(f"{_platform(house, 'acquirer')}/control", body, "")


def register_contact(house: House, of: Guest) -> None:
    """A name and a phone, without a number: not clear (W32)."""
    body = {"name": "林建", "id_number": "", "phone": PHONE}
    post(_of(house, of, "contact"), body, KIOSK_TOKEN)


def _of(house: House, who: Guest, what: str) -> str:
    return f"{house.backend_url}/v1/patients/{who.patient.patient_id}/{what}"


def _platform(house: House, name: str) -> str:
    return str(house.read("platforms.json")[name])
