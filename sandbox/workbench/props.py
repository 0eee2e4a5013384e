"""What a visitor has in the pocket: ID cards, health cards, telephones with codes, bank cards.

Talks to nothing. What a reader would get wrong: wallets and the insurance make a new code each
time one is shown, so codes are made at the press and never kept; endings of payment codes choose
what the acquirer does with them (docs/platforms.md).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from enum import Enum

from sandbox.people import BENEFIT_PATIENT, NEW_PATIENT, Person, with_check_digit

INSURED_PATIENT = Person(
    "李秀芳",
    "2",
    "19620718",
    with_check_digit("33030219620718452"),
    "浙江省温州市鹿城区信河街 38 号",
    "260000000025",
    "04C0FFE2",
)
PEOPLE = (NEW_PATIENT, INSURED_PATIENT, BENEFIT_PATIENT)
NUMBER_BLOCK = "4"
_E_CODE_OWNERS = {
    NEW_PATIENT.name: "WANGJ1",
    INSURED_PATIENT.name: "LIXF01",
    BENEFIT_PATIENT.name: "ZHOUM1",
}
_E_CODE_HEAD = "ECDEMO"


@dataclass(frozen=True, slots=True)
class BankCard:
    """A card for the bank terminal; the acquirer declines numbers that end in 0051."""

    pan: str
    bank: str


GOOD_BANK_CARD = BankCard("6222021203001234567", "中国工商银行")
DECLINED_BANK_CARD = BankCard("6217001210000000051", "中国建设银行")


class Code(Enum):
    """Codes by what is read from them: head, length, ending (docs/platforms.md)."""

    WECHAT = ("13", 18, "")
    ALIPAY = ("28", 18, "")
    WECHAT_SLOW = ("13", 18, "2222")
    WECHAT_NEVER = ("13", 18, "3333")
    WECHAT_POOR = ("13", 18, "1111")
    WECHAT_EXPIRED = ("13", 18, "0000")
    INSURANCE_EXPIRED = ("ECDEMO", 28, "0000EXP")
    FOREIGN = ("https://example.com/menu?table=", 33, "")

    def fresh(self) -> str:
        """A code nobody has shown before."""
        head, length, ending = self.value
        return head + _digits(length - len(head) - len(ending)) + ending


def insurance_code(person: Person) -> str:
    """A fresh insurance e-code of 28 signs: the first and the last six name the person."""
    return _E_CODE_HEAD + _digits(16) + _E_CODE_OWNERS[person.name]


def with_wrong_check_digit(person: Person) -> Person:
    """The same card with a number that fails GB 11643."""
    right = person.id_number[-1]
    return replace(person, id_number=person.id_number[:-1] + ("1" if right != "1" else "2"))


def owner_of_card(uid: str) -> Person | None:
    """Whose health card of long ago this is; None for one from the dispenser."""
    return next((person for person in PEOPLE if person.card_uid == uid), None)


def _digits(count: int) -> str:
    """Digits without a zero, so that no ending is made by chance."""
    return "".join(secrets.choice("456789") for _ in range(count))
