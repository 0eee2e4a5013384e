"""The people of the demo: invented, with numbers that pass their check digit.

The backend's demo data and the insurance platform know the same people by the same numbers; this
is what lies in their hands: an ID card, perhaps a health card.
"""

from __future__ import annotations

from dataclasses import dataclass

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def with_check_digit(first_17: str) -> str:
    """An 18-character resident ID number (GB 11643)."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, _WEIGHTS, strict=True))
    return first_17 + "10X98765432"[total % 11]


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person."""

    name: str
    sex: str
    birth: str
    id_number: str
    address: str
    card_number: str | None = None
    card_uid: str | None = None

    def id_card(self) -> dict[str, str]:
        """What the ID reader's control wants."""
        return {
            "name": self.name,
            "sex": self.sex,
            "ethnic": "01",
            "birth": self.birth,
            "address": self.address,
            "id_number": self.id_number,
            "issuer": "温州市公安局鹿城分局",
            "valid_from": "20150601",
            "valid_to": "20350601",
        }


NEW_PATIENT = Person(
    "王建国",
    "1",
    "19550112",
    with_check_digit("33030219550112341"),
    "浙江省温州市鹿城区学院西路 109 号",
)
BENEFIT_PATIENT = Person(
    "周明华",
    "2",
    "19580312",
    with_check_digit("33030219580312562"),
    "浙江省温州市鹿城区府学巷 12 号",
    "260000000017",
    "04C0FFEE",
)
