"""Who somebody is: media, patients, and what of a person may be shown to whom.

Identity is the person; media are interchangeable tokens of it (domain.md C06). The masks follow
domain.md B.13: a patient screen shows less than a cashier's. A reader would wrongly mask twice:
what the backend sends as `display_…` is masked already, for the terminal that asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_MOBILE = re.compile(r"1[3-9][0-9]{9}")


class MediumKind(StrEnum):
    """Tokens by which a person can be found (domain.md A.8 `identity.media`).

    FACE: the SHA-256 of one look's picture. SLIP says what is to be done, not who is there.
    """

    ID_CARD = "ID_CARD"
    HEALTH_CARD = "HEALTH_CARD"
    SS_CARD = "SS_CARD"
    EC_CODE = "EC_CODE"
    CITY_CODE = "CITY_CODE"
    FACE = "FACE"
    SLIP = "SLIP"


@dataclass(frozen=True, slots=True)
class Medium:
    """One shown token. `value`: ID number, card number, code text or slip text. Never logged."""

    kind: MediumKind
    value: str

    def __repr__(self) -> str:
        return f"Medium({self.kind.value}, …)"


class Audience(StrEnum):
    """Who looks: the masks differ."""

    KIOSK = "KIOSK"
    WINDOW = "WINDOW"


class IdLayout(StrEnum):
    """The four kinds of card an ID card reader reads."""

    CITIZEN = "citizen"
    PERMIT = "permit"
    FOREIGNER_OLD = "foreigner_old"
    FOREIGNER = "foreigner"


_TOLD = (
    *("name", "sex", "ethnic", "birth_date", "address", "id_number", "issuer"),
    *("valid_from", "valid_to"),
)


@dataclass(frozen=True, slots=True)
class IdDocument:
    """What a second-generation resident ID card says (protocols.md 1.6). Dates: YYYY-MM-DD.

    `valid_to` is "" for a card that never expires (长期). Never logged, never journaled.
    `nationality`: ISO 3166 alpha-3. `photo`: 1024 bytes of a closed codec, as read; `picture`: what
    a decoder made of it (an image file), b"" without one.
    """

    name: str
    sex: str
    ethnic: str
    birth_date: str
    address: str
    id_number: str
    issuer: str
    valid_from: str
    valid_to: str
    layout: IdLayout = IdLayout.CITIZEN
    english_name: str = ""
    nationality: str = ""
    pass_number: str = ""
    photo: bytes = b""
    picture: bytes = b""

    def __repr__(self) -> str:
        return "IdDocument(…)"

    def told(self) -> dict[str, str]:
        """What of it leaves this machine (docs/backend_api.md); the photo never does."""
        return {name: getattr(self, name) for name in _TOLD}


@dataclass(frozen=True, slots=True)
class Patient:
    """A person as the backend shows it to this terminal; `display_…` is masked for it.

    `by_relative`: a relative's phone showed the code by which this person was found (H28).
    """

    patient_id: str
    display_name: str
    display_id: str
    display_phone: str
    sex: str
    age: int
    identities: tuple[str, ...]
    insurance: str | None
    card_number: str | None
    by_relative: bool = False


def mask_name(name: str, audience: Audience) -> str:
    """张建国 -> 张*国 at a kiosk; a window sees the full name."""
    if audience is Audience.WINDOW or not name:
        return name
    if len(name) <= 2:
        return name[0] + "*"
    return name[0] + "*" * (len(name) - 2) + name[-1]


def mask_id_number(number: str, audience: Audience) -> str:
    """Kiosk: first 1 and last 2; window: first 6 and last 4 (domain.md B.13)."""
    head, tail = (1, 2) if audience is Audience.KIOSK else (6, 4)
    return _mask(number, head, tail)


def mask_phone(number: str) -> str:
    """First 3 and last 4, for every audience."""
    return _mask(number, 3, 4)


def mask_number(number: str) -> str:
    """Card or account number: the last 4 only."""
    return _mask(number, 0, 4)


def short_card(label: str) -> str:
    """A masked card number for the patient's eyes and paper: the last 4 (domain.md B.12).

    Other labels, such as the name of a wallet, stay as they are.
    """
    return "*" + label[-4:] if "*" in label else label


def _mask(text: str, head: int, tail: int) -> str:
    if len(text) <= head + tail:
        return "*" * len(text)
    return text[:head] + "*" * (len(text) - head - tail) + text[len(text) - tail :]


def is_mobile_number(text: str) -> bool:
    """A Chinese mobile number: 11 digits, 13 to 19 in front."""
    return _MOBILE.fullmatch(text) is not None
