"""What is printed on the four kinds of identity card, and its 256 bytes (protocol page 1.6).

Pure. A letter at byte 248 tells the kind, blank for a citizen. What a reader would get wrong: the
old foreigner's card begins with the English name, so hardly any field is where the others have it.
"""

from dataclasses import dataclass
from typing import Literal, get_args

from sandbox.units.json_files import Json
from sandbox.units.request import ControlError, Request

CardKind = Literal["citizen", "permit", "foreigner_old", "foreigner"]
KINDS: tuple[str, ...] = get_args(CardKind)
ADDRESS_CHARACTERS = 35
NUMBER_CHARACTERS = {"foreigner_old": 15}


@dataclass(frozen=True, slots=True)
class Place:
    """One field: its name, its length in characters, and what stands there when not given."""

    name: str
    characters: int
    default: str = ""


def _blank(characters: int) -> Place:
    return Place("", characters)


def _letter(letter: str) -> Place:
    return Place("", 1, letter)


_ADDRESS = Place("address", ADDRESS_CHARACTERS, "北京市朝阳区建国路100号")
_ISSUER = Place("issuer", 15, "北京市公安局朝阳分局")
_NUMBER = Place("id_number", 18)
_SEX, _BIRTH = Place("sex", 1), Place("birth", 8)
_VALIDITY = (Place("valid_from", 8, "20150101"), Place("valid_to", 8, "20350101"))
_NAME, _CHANGES = Place("name", 15), Place("change_count", 2, "00")
LAYOUTS: dict[str, tuple[Place, ...]] = {
    "citizen": (
        *(_NAME, _SEX, Place("ethnic", 2, "01"), _BIRTH, _ADDRESS, _NUMBER, _ISSUER),
        *_VALIDITY,
        _blank(18),
    ),
    "permit": (
        *(_NAME, _SEX, _blank(2), _BIRTH, _ADDRESS, _NUMBER, _ISSUER),
        *_VALIDITY,
        *(Place("pass_number", 9, "H12345678"), Place("issue_count", 2, "01"), _blank(3)),
        *(_letter("J"), _blank(3)),
    ),
    "foreigner_old": (
        *(Place("english_name", 60), _SEX, Place("id_number", 15)),
        *(Place("nationality", 3, "CAN"), _NAME),
        *_VALIDITY,
        *(_BIRTH, Place("card_version", 2, "01"), Place("authority", 4, "1100")),
        *(_letter("I"), _blank(3)),
    ),
    "foreigner": (
        *(_NAME, _SEX, _CHANGES, _BIRTH, Place("english_name", 35), _NUMBER, _blank(15)),
        *_VALIDITY,
        *(Place("english_name_more", 11), Place("nationality", 3, "USA")),
        *(_letter("Y"), _blank(3)),
    ),
}


@dataclass(frozen=True, slots=True)
class IdentityCard:
    """One card. ``fields`` by name as laid out; the additional address is empty on most."""

    kind: str
    fields: dict[str, str]
    additional_address: str = ""
    fingerprint_bytes: int = 0

    @classmethod
    def from_request(cls, request: Request) -> "IdentityCard":
        """Name and number are needed; sex and birth are read from the number where it has them."""
        kind = request.choice("kind", KINDS, "citizen")
        number, wanted = request.text("id_number"), NUMBER_CHARACTERS.get(kind, 18)
        if len(number) != wanted:
            raise ControlError(f"an identity number of this kind has {wanted} characters")
        old = kind == "foreigner_old"
        known = {
            "name": request.text("name", "" if kind.startswith("foreigner") else None),
            "english_name": request.text("english_name", ""),
            "sex": "1" if old or number[16] in "13579" else "2",
            "birth": "19" + number[7:13] if old else number[6:14],
        }
        fields = {
            place.name: request.text(place.name, known.get(place.name) or place.default)
            for place in LAYOUTS[kind]
            if place.name
        }
        size = request.number("fingerprint_bytes", 0)
        if size not in (0, 512, 1024):
            raise ControlError("field 'fingerprint_bytes' must be 0, 512 or 1024")
        card = cls(kind, fields, request.text("additional_address", ""), size)
        card.text_block()
        card.additional_block()
        return card

    @classmethod
    def from_json(cls, saved: Json) -> "IdentityCard":
        """The card as ``to_json`` wrote it."""
        rest = {key: str(value) for key, value in saved.items()}
        kind, additional = rest.pop("kind", "citizen"), rest.pop("additional_address", "")
        return cls(kind, rest, additional, int(rest.pop("fingerprint_bytes", "0")))

    def to_json(self) -> Json:
        """All fields side by side."""
        return {
            **self.fields,
            "kind": self.kind,
            "additional_address": self.additional_address,
            "fingerprint_bytes": self.fingerprint_bytes,
        }

    def text_block(self) -> bytes:
        """256 bytes UTF-16LE; ControlError when a field is too long."""
        return b"".join(
            _padded(self.fields.get(place.name, place.default), place)
            for place in LAYOUTS[self.kind]
        )

    def additional_block(self) -> bytes:
        """70 bytes of the additional address."""
        return _padded(self.additional_address, Place("additional_address", ADDRESS_CHARACTERS))


def _padded(text: str, place: Place) -> bytes:
    encoded = text.encode("utf-16-le")
    if len(encoded) > 2 * place.characters:
        raise ControlError(f"field {place.name!r} holds {place.characters} characters")
    return encoded + b" \0" * (place.characters - len(encoded) // 2)
