"""What a visitor has in the pocket: ID cards, health cards, telephones with codes, bank cards.

Talks to nothing. What a reader would get wrong: wallets and the insurance make a new code each
time one is shown, so codes are made at the press and never kept; endings of payment codes choose
what the acquirer does with them (docs/platforms.md).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace

from sandbox.people import BENEFIT_PATIENT, NEW_PATIENT, Person, with_check_digit
from sandbox.units.wallet import BANK, HEALTH_CARD, M1, SOCIAL_SECURITY
from sandbox.workbench.painting import ID_BLUE, ID_GOLD, ID_GREEN, ID_GREY

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


@dataclass(frozen=True, slots=True)
class OwnCard:
    """A card of the wallet from before: its kind, its owner and the words on it; `version` of a
    social-security card."""

    uid: str
    kind: str
    says: str
    person: Person | None = None
    version: str = ""

    def contents(self) -> dict[str, object]:
        """What the wallet's `create` is told besides number and kind."""
        person = self.person
        if person is None:
            return {}
        if self.kind == M1:
            number = (person.card_number or "").encode("ascii").ljust(16, b"\0").hex()
            return {"blocks": {NUMBER_BLOCK: number}}
        fields = {
            "name": person.name,
            "id_number": person.id_number,
            "sex": person.sex,
            "birth": person.birth,
        }
        if self.version:
            fields["version"] = self.version
        return {"fields": fields}


OWN_CARDS = {
    card.uid: card
    for card in (
        OwnCard("04C0FFE2", M1, "own_card", INSURED_PATIENT),
        OwnCard("04C0FFEE", M1, "own_card", BENEFIT_PATIENT),
        OwnCard("05EC0201", SOCIAL_SECURITY, "own_social", NEW_PATIENT, "2.0"),
        OwnCard("05EC0302", SOCIAL_SECURITY, "own_social_3", INSURED_PATIENT, "3.0"),
        OwnCard("0EA17C03", HEALTH_CARD, "own_health", BENEFIT_PATIENT),
        OwnCard("0BA4CA4D", BANK, "own_bank"),
    )
}


@dataclass(frozen=True, slots=True)
class IdCard:
    """A document to lay on the reader; `control` and `says` name its button and the words on it,
    `fields` differ from a citizen's card."""

    control: str
    says: str
    person: Person
    colour: str = ID_BLUE
    readable: bool = True
    fields: tuple[tuple[str, str], ...] = ()

    def placed(self) -> dict[str, str]:
        """What the reader's `place` is told."""
        return {**self.person.id_card(), **dict(self.fields)}


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


_RESIDENT = Person(
    "陈嘉欣", "2", "19880916", with_check_digit("81000019880916022"), "温州市龙湾区永强路 5 号"
)
_FOREIGNER = Person("玛丽安", "2", "19811204", with_check_digit("91184019811204032"), "")
_NEW_LAYOUT = (("kind", "foreigner"), ("english_name", "MARIANNE DUBOIS"), ("nationality", "CAN"))
_OLD_LAYOUT = (
    ("kind", "foreigner_old"),
    ("english_name", "MARIANNE DUBOIS"),
    ("nationality", "CAN"),
    ("id_number", "CAN110081120415"),
)
ID_CARDS = (
    IdCard("put_id_new_patient", "put_id", NEW_PATIENT),
    IdCard("put_id_insured_patient", "put_id", INSURED_PATIENT),
    IdCard("put_id_benefit_patient", "put_id", BENEFIT_PATIENT),
    IdCard("put_id_wrong_digit", "wrong_digit", with_wrong_check_digit(NEW_PATIENT), ID_GREY),
    IdCard("put_id_unreadable", "unreadable", NEW_PATIENT, ID_GREY, readable=False),
    IdCard("put_id_permit", "permit", _RESIDENT, ID_GREEN, fields=(("kind", "permit"),)),
    IdCard("put_id_foreigner", "foreigner", _FOREIGNER, ID_GOLD, fields=_NEW_LAYOUT),
    IdCard("put_id_foreigner_old", "foreigner_old", _FOREIGNER, ID_GOLD, fields=_OLD_LAYOUT),
)
NOTES_FEN = (100, 500, 1000, 2000, 5000, 10000)
TAG_URI = "https://ehc.example/v/260000000025"
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
    Code("show_foreign", "https://example.com/menu?table=", 40),
)
GOOD_BANK_CARD = BankCard("6222021203001234567", "中国工商银行")
DECLINED_BANK_CARD = BankCard("6217001210000000051", "中国建设银行")
