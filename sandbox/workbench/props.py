"""What a visitor has in the pocket: ID cards, health cards, telephones with codes, bank cards.

Talks to nothing. What a reader would get wrong: wallets and the insurance make a new code each
time one is shown, so codes are made at the press and never kept; endings of payment codes choose
what the acquirer does with them (docs/platforms.md).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace

from sandbox.people import BENEFIT_PATIENT, NEW_PATIENT, Person, with_check_digit

NUMBER_BLOCK = "4"
INSURED_PATIENT = Person(
    "李秀芳",
    "2",
    "19620718",
    with_check_digit("33030219620718452"),
    "浙江省温州市鹿城区信河街 38 号",
    "260000000025",
    "04C0FFE2",
)
OLD_CARDS = {
    person.card_uid: person
    for person in (INSURED_PATIENT, BENEFIT_PATIENT)
    if person.card_uid is not None
}


@dataclass(frozen=True, slots=True)
class IdCard:
    """An ID card to lay on the reader; `control` and `says` name its button and the words on it."""

    control: str
    says: str
    person: Person
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Code:
    """Something to hold before the scanner: all but the middle is fixed."""

    control: str
    head: str
    length: int
    ending: str = ""
    owner: Person | None = None

    def fresh(self) -> str:
        """A code nobody has shown before; digits from 4 up, so no ending is made by chance."""
        count = self.length - len(self.head) - len(self.ending)
        return self.head + "".join(secrets.choice("456789") for _ in range(count)) + self.ending


@dataclass(frozen=True, slots=True)
class BankCard:
    """A card for the bank terminal; the acquirer declines numbers that end in 0051."""

    pan: str
    bank: str


def with_wrong_check_digit(person: Person) -> Person:
    """The same card with a number that fails GB 11643."""
    right = person.id_number[-1]
    return replace(person, id_number=person.id_number[:-1] + ("1" if right != "1" else "2"))


ID_CARDS = (
    IdCard("put_id_new_patient", "put_id", NEW_PATIENT),
    IdCard("put_id_insured_patient", "put_id", INSURED_PATIENT),
    IdCard("put_id_benefit_patient", "put_id", BENEFIT_PATIENT),
    IdCard("put_id_wrong_digit", "wrong_digit", with_wrong_check_digit(NEW_PATIENT)),
    IdCard("put_id_unreadable", "unreadable", NEW_PATIENT, readable=False),
)
CODES = (
    Code("show_wechat", "13", 18),
    Code("show_alipay", "28", 18),
    Code("show_slow_wechat", "13", 18, "2222"),
    Code("show_never", "13", 18, "3333"),
    Code("show_poor", "13", 18, "1111"),
    Code("show_expired", "13", 18, "0000"),
    Code("show_ecode_new_patient", "ECDEMO", 28, "WANGJ1", NEW_PATIENT),
    Code("show_ecode_insured_patient", "ECDEMO", 28, "LIXF01", INSURED_PATIENT),
    Code("show_ecode_benefit_patient", "ECDEMO", 28, "ZHOUM1", BENEFIT_PATIENT),
    Code("show_ecode_expired", "ECDEMO", 28, "0000EXP"),
    Code("show_foreign", "https://example.com/menu?table=", 33),
)
GOOD_BANK_CARD = BankCard("6222021203001234567", "中国工商银行")
DECLINED_BANK_CARD = BankCard("6217001210000000051", "中国建设银行")
