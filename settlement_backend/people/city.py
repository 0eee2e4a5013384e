"""The city's register of people's media: codes and cards (docs/platforms/city.md).

Talks to the city's platform through `outside`. What a reader would get wrong: a city code is good
once for each purpose, and silence says nothing about a card; a card's state is asked each time,
because only its own hospital knows of its loss.
"""

from __future__ import annotations

from dataclasses import dataclass

from settlement_backend.base.outside import Done, Json, NotFound, Outside, Silent

CONNECT_S, READ_S = 2.0, 3.0


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a medium names. `family_of`: the relative's number whose phone showed it, or ""."""

    id_number: str
    name: str = ""
    family_of: str = ""

    def __repr__(self) -> str:
        return "Named(…)"


@dataclass(frozen=True, slots=True)
class Stale:
    """A code that is expired or used: a new one is needed."""


@dataclass(frozen=True, slots=True)
class NotInUse:
    """A card that is lost, replaced or void at its own hospital."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """The register keeps another hospital's card under this number."""

    code: str


class City:
    """One method a request; none raises for what the other side does."""

    def __init__(self, url: str, hospital: str, *, read_s: float = READ_S) -> None:
        self._outside = Outside(url, CONNECT_S, read_s)
        self._hospital = hospital

    def decode(self, code: str, purpose: str) -> Named | Stale | NotFound | Silent:
        """Whose city code this is. `purpose`: five digits, as for the insurance's e-code."""
        match self._outside.ask("/citycode/decode", {"code": code, "purpose": purpose}):
            case {"result": "SUCCESS", "id_number": str(number), "name": str(name), **more}:
                return Named(number, name, str(more.get("family_of") or ""))
            case {"result": "FAIL", "code": "EXPIRED" | "USED"}:
                return Stale()
            case {"result": "FAIL", "code": "UNKNOWN"}:
                return NotFound()
        return Silent()

    def card(self, number: str) -> Named | NotInUse | NotFound | Silent:
        """Whose health card of another hospital this is; an anonymous one is nobody's here."""
        answer = self._outside.ask("/cards/find", {"number": number})
        match answer:
            case {"result": "SUCCESS", "state": "ACTIVE", "id_number": "", "name": str()}:
                return NotFound()
            case {"result": "SUCCESS", "state": "LOST" | "REPLACED" | "VOID"}:
                return NotInUse()
            case {"result": "SUCCESS", "state": "ACTIVE"}:
                return _named(answer)
        return _not_named(answer)

    def social_card(self, card_no: str) -> Named | NotFound | Silent:
        """Whose social-security card this is, by the number printed on it."""
        answer = self._outside.ask("/sscard/find", {"card_no": card_no})
        match answer:
            case {"result": "SUCCESS"}:
                return _named(answer)
        return _not_named(answer)

    def publish(
        self, number: str, id_number: str, name: str, state: str
    ) -> Done | Rejected | Silent:
        """Tell the other hospitals of a card of ours (S08). The same again changes nothing."""
        card = {"number": number, "hospital": self._hospital, "id_number": id_number}
        match self._outside.ask("/cards/publish", {**card, "name": name, "state": state}):
            case {"result": "SUCCESS"}:
                return Done()
            case {"result": "FAIL", "code": str(code)}:
                return Rejected(code)
        return Silent()


def _named(answer: Json | None) -> Named | Silent:
    match answer:
        case {"id_number": str(number), "name": str(name)}:
            return Named(number, name)
    return Silent()


def _not_named(answer: Json | None) -> NotFound | Silent:
    match answer:
        case {"result": "FAIL", "code": "NOT_FOUND"}:
            return NotFound()
    return Silent()
