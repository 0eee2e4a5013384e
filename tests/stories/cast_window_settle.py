"""What the stories of the till and of people at a window need around them, by HTTP.

What a reader would get wrong: nothing here signs anybody in at the window; state is made as the
clinic, a phone or a kiosk makes it.
"""

from __future__ import annotations

from typing import Any, cast
from uuid import uuid4

import cast_inpatient
from cast import KIOSK_TOKEN, NOTICE, Guest, client_of, document
from cast_paying import GOOD_CARD
from cast_people import WINDOW_TOKEN
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from window_hall import WindowHall

from cashier.pages.fee_table import FeeView
from core.identity import Patient
from core.steps import ConfirmQuote, RegisterPerson
from sandbox.people import Person
from sandbox.player.hands import let_live, wait_until
from sandbox.player.stage import get, post
from sandbox.units.control import ControlClient

_LIMIT_S = 10.0
_READ_MS = 1_200
_NUMBER_BLOCK = 4
_POS_LIMIT_S = 30.0


def settlements(hall: WindowHall, patient_id: str) -> list[dict[str, Any]]:
    """Completed ones, newest first."""
    url = f"{hall.house.backend_url}/v1/patients/{patient_id}/settlements"
    found: list[dict[str, Any]] = get(url, WINDOW_TOKEN)["settlements"]
    return found


def paid_kinds(hall: WindowHall, who: Guest) -> list[str]:
    """By what the newest settlement was paid."""
    newest = settlements(hall, who.patient.patient_id)[0]
    return [str(tender["kind"]) for tender in newest["tenders"]]


def told(hall: WindowHall, path: str) -> dict[str, Any]:
    """What the backend tells this window without an operator."""
    return get(f"{hall.house.backend_url}{path}", WINDOW_TOKEN)


def ready(hall: WindowHall, name: str = "commit") -> None:
    """The second press of it counts now."""

    def is_ready() -> bool:
        button = hall.stage.window.page.findChild(QPushButton, name)
        return isinstance(button, QPushButton) and bool(button.property("ready"))

    wait_until(is_ready, _LIMIT_S, f"{name} to be ready")


def press(hall: WindowHall, *keys: Qt.Key) -> int:
    """One after the other, each when the page can take it; how many there were."""
    for key in keys:
        hall.key(key)
    return len(keys)


def units(hall: WindowHall) -> ControlClient:
    """The window's own devices."""
    return ControlClient(hall.house.run_dir / "window" / "control.sock")


def blank_card(hall: WindowHall) -> str:
    """A blank card that lies on the window's reader; its chip."""
    uid = uuid4().hex[:8].upper()
    with units(hall) as control:
        control.ask("wallet", "create", uid=uid)
        control.ask("card_slot", "insert", uid=uid)
    let_live(_READ_MS)
    return uid


def number_on(hall: WindowHall, uid: str) -> str:
    """What stands in the number block of a card; "" for a blank one."""
    with units(hall) as control:
        cards = cast(list[dict[str, Any]], control.books("wallet")["cards"])
    card = next(one for one in cards if one["uid"] == uid)
    return bytes.fromhex(card["blocks"][_NUMBER_BLOCK]).rstrip(b"\0").decode()


def take_card_away(hall: WindowHall) -> None:
    """The reader is empty again."""
    with units(hall) as control:
        slot = cast(dict[str, Any], control.state()["card_slot"])
        if slot["card"] is not None:
            control.ask("card_slot", "remove")
            let_live(_READ_MS)


def given_up(hall: WindowHall, who: Guest) -> dict[str, Any]:
    """The patient asked at a kiosk to give the first item of the open bill up."""
    url = f"{hall.house.backend_url}/v1/patients/{who.patient.patient_id}/bills"
    bill = get(url, KIOSK_TOKEN)["bills"][0]
    body = {"line_ids": [bill["lines"][0]["line_id"]]}
    return post(f"{hall.house.backend_url}/v1/bills/{bill['bill_id']}/give-ups", body, KIOSK_TOKEN)


def card_in_hand(hall: WindowHall, who: Guest) -> None:
    """The guest's health card lies on the window's reader."""
    content = who.card_number.encode().ljust(16, b"\0").hex()
    with units(hall) as control:
        control.ask("wallet", "create", uid=who.card_uid, blocks={"4": content})
        control.ask("card_slot", "insert", uid=who.card_uid)


def lay_id_card(hall: WindowHall, person: Person) -> None:
    """On the window's reader, and off again once it was read."""
    with units(hall) as control:
        control.ask("id_reader", "place", **person.id_card())
        let_live(_READ_MS)
        control.ask("id_reader", "remove")


def insurer_pays_directly(hall: WindowHall, who: Guest) -> None:
    """The patient gave the word at a kiosk, and the insurer pays a part of the next settlement."""
    cast_inpatient.insure(hall.house, who, direct=True)
    url = f"{hall.house.backend_url}/v1"
    version = get(f"{url}/claims/terms", KIOSK_TOKEN)["version"]
    proof = {"kind": "ID_CARD", "value": who.person.id_number}
    body = {"mode": "DIRECT", "proof": proof, "version": version}
    path = f"{url}/patients/{who.patient.patient_id}/claim-authorisations"
    word = post(path, body, KIOSK_TOKEN)["authorisation_id"]
    policies = get(f"{url}/claim-authorisations/{word}/policies", KIOSK_TOKEN)["policies"]
    chosen = {"policy_no": policies[0]["policy_no"]}
    post(f"{url}/claim-authorisations/{word}/policy", chosen, KIOSK_TOKEN)


def use_bank_card(hall: WindowHall) -> None:
    """The card, as soon as the window's POS waits for it."""

    def waits() -> bool:
        pos = control.state()["pos"]
        assert isinstance(pos, dict)
        return pos["waiting_for_card"] is True

    with units(hall) as control:
        wait_until(waits, _POS_LIMIT_S, "the POS")
        control.ask("pos", "present_card", **GOOD_CARD)


def digit_of(hall: WindowHall, tender: str) -> Qt.Key:
    """The key that chooses this way to pay."""
    step = hall.stage.step()
    assert isinstance(step, ConfirmQuote)
    open_ways = [one.kind.value for one in step.settlement.options if one.allowed]
    return Qt.Key(int(Qt.Key.Key_1) + open_ways.index(tender))


def referral_slip(hall: WindowHall, who: Guest) -> str:
    """What a kiosk printed for a visit that it could not end."""
    url = f"{hall.house.backend_url}/v1/patients/{who.patient.patient_id}/bills"
    bills = [bill["bill_id"] for bill in get(url, KIOSK_TOKEN)["bills"]]
    body = {"patient_id": who.patient.patient_id, "bill_ids": bills, "reason": "left"}
    told_slip = post(f"{hall.house.backend_url}/v1/referrals", body, KIOSK_TOKEN)
    return str(told_slip["slip"]["qr_text"])


def fees_read(hall: WindowHall) -> str:
    """Every cell of the fee table."""
    view = hall.stage.window.page.findChild(FeeView)
    assert isinstance(view, FeeView)
    model = view.model()
    return "\n".join(
        str(model.index(row, column).data())
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    )


def registered_by_phone(hall: WindowHall, person: Person, phone: str) -> str:
    """Somebody who gave this number and has no card; the patient's number."""
    with client_of(hall.house) as client:
        known = client.ask(RegisterPerson(document(person), phone, NOTICE))
    assert isinstance(known, Patient), known
    return known.patient_id


def insert_social_card(hall: WindowHall, person: Person, number: str) -> None:
    """A social-security card of this person in the window's slot."""
    uid = uuid4().hex[:8].upper()
    fields = {"card_number": number, "id_number": person.id_number, "name": person.name}
    with units(hall) as control:
        control.ask("wallet", "create", uid=uid, kind="social_security", fields=fields)
        control.ask("card_slot", "insert", uid=uid)
