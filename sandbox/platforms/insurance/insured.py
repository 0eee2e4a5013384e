"""The people the insurance knows, their e-codes, cards and personal accounts.

Talks to the people file shipped beside it. What a reader would get wrong: an e-code has 28 signs
of which the first six and the last six name the person; the sixteen between make each shown code
a new one, as a telephone does.
"""

import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter

from sandbox.platforms.insurance.scheme import REGIONS, Insutype, Region

_PEOPLE_FILE = Path(__file__).with_name("people.json")
EXPIRED_ENDING = "0000EXP"
_NAMING = 6


@dataclass(frozen=True, slots=True)
class Disease:
    """A special disease that a person is registered with."""

    code: str
    name: str


@dataclass(slots=True)
class Person:
    """One insured person; ``account_fen`` is the personal account, which only 310 has.

    ``mutual_aid`` names the relatives whose accounts pay after the own one.
    """

    psn_no: str
    id_number: str
    name: str
    insutype: Insutype
    account_fen: int
    e_code: str
    insuplc_admdvs: str = "330300"
    paused: bool = False
    retired: bool = False
    former_insutypes: list[str] = field(default_factory=list)
    card_no: str = ""
    card_sn: str = ""
    civil_servant: bool = False
    medical_aid: bool = False
    serious_illness: bool = False
    special_diseases: list[Disease] = field(default_factory=list)
    mutual_aid: list[str] = field(default_factory=list)

    @property
    def region(self) -> Region:
        """The pooling area of the insurance."""
        return REGIONS[self.insuplc_admdvs[:4]]

    @property
    def born(self) -> date:
        """As the ID number says."""
        number = self.id_number
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))

    @property
    def gender(self) -> str:
        """``"1"`` male, ``"2"`` female, as the ID number says."""
        return "1" if int(self.id_number[16]) % 2 else "2"

    @property
    def psn_type(self) -> str:
        """11 employed, 12 retired, 14 resident."""
        if self.insutype == "390":
            return "14"
        return "12" if self.retired else "11"

    def age(self, today: date) -> int:
        """In whole years."""
        before_birthday = (today.month, today.day) < (self.born.month, self.born.day)
        return today.year - self.born.year - before_birthday

    def shows(self, code: str) -> bool:
        """Whether ``code`` is one of this person's e-codes."""
        own = self.e_code
        return len(code) == len(own) and (code[:_NAMING], code[-_NAMING:]) == (
            own[:_NAMING],
            own[-_NAMING:],
        )


@dataclass(frozen=True, slots=True)
class Decoded:
    """The person of an e-code, and the token that stands for the code in 1101."""

    person: Person
    token: str


@dataclass(frozen=True, slots=True)
class AccountPart:
    """What one account holds, or what it paid of a settlement."""

    psn_no: str
    amount_fen: int


@dataclass(slots=True)
class Insured:
    """Everyone insured, by psn_no, and what became of e-codes."""

    people: dict[str, Person] = field(default_factory=dict)
    psn_no_by_token: dict[str, str] = field(default_factory=dict)
    decoded: set[str] = field(default_factory=set)

    @classmethod
    def shipped(cls) -> "Insured":
        """The people of the people file."""
        people = TypeAdapter(list[Person]).validate_python(json.loads(_PEOPLE_FILE.read_bytes()))
        return cls({person.psn_no: person for person in people})

    def decode(self, code: str, purpose: str) -> Decoded | str:
        """The person of an e-code, once per code and purpose; else why not, in one word."""
        if code.endswith(EXPIRED_ENDING):
            return "expired"
        person = next((p for p in self.people.values() if p.shows(code)), None)
        if person is None:
            return "unknown"
        if f"{code} {purpose}" in self.decoded:
            return "used"
        self.decoded.add(f"{code} {purpose}")
        token = f"ECT{len(self.decoded):029d}"
        self.psn_no_by_token[token] = person.psn_no
        return Decoded(person, token)

    def by_token(self, token: str) -> Person | None:
        """The person of an ecToken."""
        return self.people.get(self.psn_no_by_token.get(token, ""))

    def by_id_number(self, id_number: str) -> Person | None:
        """The person of an ID number."""
        return next((p for p in self.people.values() if p.id_number == id_number), None)

    def by_card(self, card_no: str) -> Person | None:
        """The person of a social-security card."""
        return next((p for p in self.people.values() if p.card_no == card_no), None)

    def add(self, person: Person) -> None:
        """Insure one more person, or replace the one with that psn_no."""
        self.people[person.psn_no] = person

    def accounts(self, person: Person) -> list[AccountPart]:
        """What the accounts hold that pay for this person: his own, then his relatives'."""
        relatives = [self.people[number] for number in person.mutual_aid if number in self.people]
        return [
            AccountPart(payer.psn_no, payer.account_fen if payer.insutype == "310" else 0)
            for payer in (person, *relatives)
        ]

    def take(self, parts: list[AccountPart]) -> None:
        """Take the accounts' parts."""
        for part in parts:
            self.people[part.psn_no].account_fen -= part.amount_fen

    def give_back(self, parts: list[AccountPart]) -> None:
        """Return the accounts' parts."""
        for part in parts:
            self.people[part.psn_no].account_fen += part.amount_fen

    def can_take(self, parts: list[AccountPart]) -> bool:
        """Whether every account still holds its part."""
        return all(self.people[part.psn_no].account_fen >= part.amount_fen for part in parts)
