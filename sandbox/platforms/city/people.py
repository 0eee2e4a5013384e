"""People as the city knows them: city codes, social-security cards, health cards of all hospitals.

Talks to nothing; the city's routes call it. What a reader would get wrong: the person of a code is
the patient, also when a relative's phone shows it.
"""

import re
from dataclasses import dataclass, field
from typing import Literal

from sandbox.platforms.desk import Refused

_CODE = re.compile(r"CITY([A-Z0-9]{6})[A-Z0-9]{26}")
_EXPIRED_ENDING = "0000EXP"
OTHER_HOSPITAL = "H33030200007"
CardState = Literal["ACTIVE", "LOST", "REPLACED", "VOID"]


@dataclass(frozen=True, slots=True)
class Citizen:
    """Who shows the codes named ``code_name``; ``family_of`` is the relative with the phone."""

    code_name: str
    id_number: str
    name: str
    sscard_no: str = ""
    family_of: str | None = None


@dataclass(frozen=True, slots=True)
class HealthCard:
    """One hospital's card; an anonymous one has no person."""

    number: str
    hospital: str
    id_number: str
    name: str
    state: CardState


WANG_ID, HE_ID = "330302195501123411", "330302197905168818"
_SHIPPED = (
    Citizen("WANGJ1", WANG_ID, "王建国", "A33030101"),
    Citizen("WANGJ2", WANG_ID, "王建国", family_of="330302198203151549"),
    Citizen("LIXF01", "330302196207184525", "李秀芳", "A33030102"),
    Citizen("ZHOUM1", "330302195803125623", "周明华", "A33030103"),
    Citizen("HEZQ01", HE_ID, "何志强", "A33030104"),
)
_SHIPPED_CARD = HealthCard("880000000016", OTHER_HOSPITAL, HE_ID, "何志强", "ACTIVE")


def _shipped_citizens() -> dict[str, Citizen]:
    return {citizen.code_name: citizen for citizen in _SHIPPED}


def _shipped_cards() -> dict[str, HealthCard]:
    return {_SHIPPED_CARD.number: _SHIPPED_CARD}


@dataclass(slots=True)
class PeopleBooks:
    """Citizens by code_name, cards by number, and what became of codes."""

    citizens: dict[str, Citizen] = field(default_factory=_shipped_citizens)
    cards: dict[str, HealthCard] = field(default_factory=_shipped_cards)
    decoded: set[str] = field(default_factory=set)

    def decode(self, code: str, purpose: str) -> Citizen:
        """The person of a city code, once per code and purpose; else Refused."""
        form = _CODE.fullmatch(code)
        citizen = self.citizens.get(form[1]) if form else None
        if citizen is None:
            raise Refused("UNKNOWN")
        if code.endswith(_EXPIRED_ENDING):
            raise Refused("EXPIRED")
        if f"{code} {purpose}" in self.decoded:
            raise Refused("USED")
        self.decoded.add(f"{code} {purpose}")
        return citizen

    def by_sscard(self, card_no: str) -> Citizen:
        """The person of a social-security card; Refused when there is none."""
        for citizen in self.citizens.values():
            if citizen.sscard_no == card_no:
                return citizen
        raise Refused("NOT_FOUND")

    def card(self, number: str) -> HealthCard:
        """A health card of any hospital; Refused when nobody published it."""
        card = self.cards.get(number)
        if card is None:
            raise Refused("NOT_FOUND")
        return card

    def publish(self, card: HealthCard) -> None:
        """Keep the last word of the card's own hospital; Refused for another hospital."""
        known = self.cards.get(card.number)
        if known is not None and known.hospital != card.hospital:
            raise Refused("FOREIGN_NUMBER")
        self.cards[card.number] = card
