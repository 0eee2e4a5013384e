"""Codes and cards of the platforms' people, and what the backend knows of them.

Talks HTTP as a window or a phone does, and to the platforms' and the units' controls. What a reader
would get wrong: a code decodes once for each purpose, so each one here is the next one.
"""

from __future__ import annotations

import json
import urllib.request
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import uuid4

from cast import KIOSK_TOKEN, PHONE, Guest, put_card_in_hand
from hall import Hall

from sandbox.house import House
from sandbox.people import Person
from sandbox.player.stage import get, post
from sandbox.units.control import ControlClient

WINDOW_TOKEN, MOBILE_TOKEN = "demo-window-07", "demo-mobile"
CASHIER = ("2107", "demo-2107")
_FREE = count(1)


def city_code(name: str) -> str:
    """The next city code of somebody: 26 signs that a phone changes."""
    return f"CITY{name}{next(_FREE):026d}"


def known_to_city(
    house: House, person: Person, code_name: str, *, card: str = "", relative: str | None = None
) -> None:
    """The city knows this person by a code, and by a social-security card."""
    body = {
        "do": "add_person",
        "id_number": person.id_number,
        "name": person.name,
        "code_name": code_name or "NOCODE",
        "family_of": relative,
        "sscard_no": card,
    }
    post(f"{house.read('platforms.json')['city']}/control", body, "")


def social_card(house: House, number: str, person: Person) -> str:
    """A social-security card in the hand; its uid."""
    uid = uuid4().hex[:8].upper()
    fields = {"card_number": number, "id_number": person.id_number, "name": person.name}
    with ControlClient(house.run_dir / "kiosk" / "control.sock") as units:
        units.ask("wallet", "create", uid=uid, kind="social_security", fields=fields)
    return uid


def elsewhere_card(house: House, person: Person, number: str) -> str:
    """A health card that another hospital of the city made; its uid."""
    body = {
        "number": number,
        "hospital": "H33030200007",
        "id_number": person.id_number,
        "name": person.name,
        "state": "ACTIVE",
    }
    post(f"{house.read('platforms.json')['city']}/cards/publish", body, "")
    uid = uuid4().hex[:8].upper()
    put_card_in_hand(house, number, uid)
    return uid


def told(hall: Hall, path: str) -> dict[str, Any]:
    """What the backend tells this kiosk."""
    return get(f"{hall.house.backend_url}{path}", KIOSK_TOKEN)


def person_of(hall: Hall, kind: str, value: str) -> str:
    """Whose medium it is by the backend's books."""
    url = f"{hall.house.backend_url}/v1/people/identify"
    found = post(url, {"medium": {"kind": kind, "value": value}}, KIOSK_TOKEN)
    return str(found["patient_id"])


def asked_on_the_phone(hall: Hall, who: Guest, relative: Guest, kind: str) -> str:
    """This relative wants to act for them; the number of the request."""
    body = {
        "kind": kind,
        "name": relative.person.name,
        "id_number": relative.person.id_number,
        "phone": PHONE,
        "proof": "",
        "may_see": True,
        "may_pay": True,
    }
    path = f"/v1/patients/{who.patient.patient_id}/relatives"
    asked = post(f"{hall.house.backend_url}{path}", body, MOBILE_TOKEN)
    return str(asked["relation_id"])


@dataclass(frozen=True, slots=True)
class Window:
    """A cashier who is signed in at window W07."""

    house: House
    operator_token: str

    def ask(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Under a key of its own."""
        url = f"{self.house.backend_url}{path}"
        request = urllib.request.Request(url, json.dumps(body).encode())  # noqa: S310  loopback
        request.add_header("Content-Type", "application/json")
        request.add_header("Idempotency-Key", uuid4().hex)
        request.add_header("Authorization", f"Bearer {WINDOW_TOKEN}")
        request.add_header("X-Operator-Token", self.operator_token)
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310  loopback
            content: dict[str, Any] = json.load(answer)
        return content

    def green_channel_card(self) -> str:
        """A card for somebody whose name nobody knows yet; its uid."""
        somebody = {"card": "GREEN_CHANNEL", "called": "无名氏", "sex": "M", "birth_date": ""}
        patient = self.ask("/v1/people/unknown", somebody)["patient_id"]
        number = self.ask("/v1/cards", {"patient_id": patient})["card_number"]
        uid = uuid4().hex[:8].upper()
        self.ask(f"/v1/cards/{number}/activate", {"uid": uid})
        put_card_in_hand(self.house, number, uid)
        return uid


def at_window(house: House) -> Window:
    """Signs the cashier in."""
    number, password = CASHIER
    body = {"operator": number, "password": password}
    signed = post(f"{house.backend_url}/v1/operators/sign-in", body, WINDOW_TOKEN)
    return Window(house, str(signed["token"]))
