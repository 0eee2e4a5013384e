"""A hospital whose exemptions are filed, with a banknote acceptor, and what its guests bring.

Talks to the backend by HTTP as a clinic does. What a reader would get wrong: the hall of the other
stories stands under the general ban, so who may pay in advance needs this house.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from cast import (
    CLINIC_TOKEN,
    NOTICE,
    PHONE,
    Guest,
    client_of,
    keep_place,
    new_card,
    pay_by_phone,
    put_card_in_hand,
)
from cast_people import Window
from hall import Hall

from core.identity import IdDocument, Patient
from core.steps import RegisterPerson
from sandbox.house import VISIT, House
from sandbox.people import Person, with_check_digit
from sandbox.player.hands import wait_until
from sandbox.player.stage import post
from tests.helpers.kiosk_house import built_house, kiosk_at

FITTED = (*VISIT, "cash", "camera")
_DEMO = Path(__file__).resolve().parents[2] / "resources" / "profiles" / "demo-2026.toml"
FILED = {'number = ""\n': 'number = "WZ-2025-017"\nday = 2025-03-20\n'}
_ANONYMOUS = {'anonymous_card_issue = "OFF"': 'anonymous_card_issue = "WINDOW_ONLY"'}


def _as_it_is(_house: House) -> None:
    """Nothing happened before the kiosk came."""


@contextmanager
def filed_hall(told: Path) -> Iterator[Hall]:
    """A house whose exemptions the authority knows (W25), and a kiosk at home in it."""
    with hall_under(told, {**FILED, **_ANONYMOUS}) as hall:
        yield hall


@contextmanager
def hall_under(
    told: Path, changes: Mapping[str, str], before: Callable[[House], None] = _as_it_is
) -> Iterator[Hall]:
    """A house by the demo's rules with these lines changed, and a kiosk at home in it.

    `before`: what happened there before the kiosk was switched on.
    """
    profile, rules = told / "rules.toml", _DEMO.read_text("utf-8")
    for line, instead in changes.items():
        assert line in rules, line
        rules = rules.replace(line, instead, 1)
    profile.write_text(rules, "utf-8")
    with built_house(FITTED, profile) as house:
        before(house)
        with kiosk_at(house, told) as stage:
            hall = Hall(house, stage)
            wait_until(lambda: "money" in hall.offered(), 20, "home with its tiles")
            yield hall


def born(house: House, year: int) -> Guest:
    """Somebody with a card who was born in March of that year."""
    person = Person(
        "褚小青",
        "2",
        f"{year}0317",
        with_check_digit(f"330302{year}0317{uuid4().int % 900 + 100}"),
        "浙江省温州市鹿城区信河街 9 号",
    )
    uid = uuid4().hex[:8].upper()
    document = IdDocument(
        person.name,
        "F",
        "汉",
        f"{year}-03-17",
        person.address,
        person.id_number,
        "温州市公安局鹿城分局",
        "2015-06-01",
        "2035-06-01",
    )
    with client_of(house) as client:
        known = client.ask(RegisterPerson(document, PHONE, NOTICE))
        assert isinstance(known, Patient), known
        number = new_card(client, known.patient_id, uid)
    put_card_in_hand(house, number, uid)
    return Guest(person, known, number, uid)


def in_emergency(house: House, who: Guest) -> None:
    """The visit of today is one of the emergency room."""
    with client_of(house) as client:
        kept = keep_place(client, who.patient)
        pay_by_phone(client, who.patient, kept)
    url = f"{house.backend_url}/v1/visits/{kept.registration_id}/facts"
    post(url, {"scene": "EMERGENCY", "liability": ""}, CLINIC_TOKEN)


def anonymous_card(window: Window) -> str:
    """A card that carries no name (S16), in the hand; its uid."""
    somebody = {"card": "HEALTH_CARD_ANON", "called": "无名氏", "sex": "F", "birth_date": ""}
    patient_id = window.ask("/v1/people/unknown", somebody)["patient_id"]
    number = window.ask("/v1/cards", {"patient_id": patient_id})["card_number"]
    uid = uuid4().hex[:8].upper()
    window.ask(f"/v1/cards/{number}/activate", {"uid": uid})
    put_card_in_hand(window.house, number, uid)
    return uid
