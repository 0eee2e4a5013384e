"""The people the insurance knows, their e-codes and their personal accounts.

Talks to the people file shipped beside it. What a reader would get wrong: an e-code has 28 signs
of which the first six and the last six name the person; the sixteen between make each shown code
a new one, as a telephone does.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter

_PEOPLE_FILE = Path(__file__).with_name("people.json")
EXPIRED_ENDING = "0000EXP"
_NAMING = 6


@dataclass(slots=True)
class Person:
    """One insured person; ``account_fen`` is the personal account."""

    psn_no: str
    id_number: str
    name: str
    insutype: str
    account_fen: int
    e_code: str

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

    def add(self, person: Person) -> None:
        """Insure one more person, or replace the one with that psn_no."""
        self.people[person.psn_no] = person
