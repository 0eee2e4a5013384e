"""Who a medium belongs to, whoever made it: our books, the insurance, the city, a face service.

Talks to those platforms outside of transactions. What a reader would get wrong: every medium ends
at the same person (A.c2), because all of them name an ID number; and a code is decoded once for
each purpose, so a terminal that needs it again asks for a new one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from sqlalchemy.orm import Session

from settlement_backend.base.context import Context
from settlement_backend.base.errors import Refused
from settlement_backend.base.outside import NotFound, Silent
from settlement_backend.insurance.insurance import Insurance
from settlement_backend.insurance.words import Decoded, Expired, Insured
from settlement_backend.people import media, people, special
from settlement_backend.people.city import City, Named, NotInUse, Stale
from settlement_backend.people.faces import Compared, FaceFound, FaceService
from settlement_backend.people.media import Shown
from settlement_backend.people.tables import Card, Person

SETTLING, REGISTERING = "01301", "01101"  # businessType of the insurance's e-code
_VOUCHED_CARDS = ("SS_CARD", "HEALTH_CARD")  # whose issuers name their holders
_NEVER_ATTACHED = (
    *("ID_CARD", "EC_CODE", "CITY_CODE", "HEALTH_CARD_ANON", "GREEN_CHANNEL"),
    "FACE",  # by `attach_face`
)
_CARD_NUMBER = re.compile(r"[A-Za-z0-9]{4,32}")
_SOCIAL_CARD = re.compile(r"[A-Z][A-Z0-9]{8}")
_CODE = re.compile(r"[A-Za-z0-9]{16,64}")


@dataclass(frozen=True, slots=True)
class Found:
    """`by_relative`: a relative's phone showed the code (H28)."""

    person_id: str
    by_relative: bool = False


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody's first visit: the medium, the phone number, the notice that was accepted."""

    shown: Shown
    phone: str
    accepted: people.Accepted


class Identities:
    """One per process. `city`, `faces`: None where the hospital does not use them."""

    def __init__(
        self, context: Context, insurance: Insurance, city: City | None, faces: FaceService | None
    ) -> None:
        self._db, self._clock = context.db, context.clock
        self._accepted = context.policy.identity.media
        self._insurance, self._city, self._faces = insurance, city, faces

    def identify(self, shown: Shown, purpose: str) -> Found:
        """The person of a medium. Raises Refused `not_found`, `card_not_active`,
        `code_expired`, `insurance_silent`, `city_silent`, `medium_not_accepted`."""
        named = self._named(shown, purpose or SETTLING)
        person = named if isinstance(named, Person) else self._known(shown, named)
        self._learn_insurance(person)
        by_relative = isinstance(named, Named) and bool(named.family_of)
        return Found(person.id, by_relative)

    def enrol(self, visitor: Visitor, purpose: str, notice_version: str, today: date) -> Found:
        """First-visit registration by a medium whose issuer names the person (H09, S06, A.a3).

        Raises Refused as `identify` does but for `not_found` of a person, and `document_needed`
        for a medium that nobody but the person vouches for.
        """
        if visitor.shown.kind == "ID_CARD":
            raise Refused("document_needed")
        named = self._named(visitor.shown, purpose or REGISTERING)
        if isinstance(named, Person):
            named = Named(named.id_number, named.name)
        with self._db.write() as session:
            person = people.enrol(
                session, named, visitor.phone, visitor.accepted, notice_version, today
            )
            self._link(session, visitor.shown, person)
        self._learn_insurance(person)
        return Found(person.id, bool(named.family_of))

    def attach(self, person_id: str, shown: Shown) -> None:
        """A medium that its holder showed together with a document (S06, S43).

        Raises Refused `medium_of_another` when its issuer names somebody else, `not_found` when
        its issuer does not know it, and as `identify` does.
        """
        self._check_kind(shown.kind)
        with self._db.read() as session:
            person = people.person_of(session, person_id)
            is_ours = shown.kind == "HEALTH_CARD" and session.get(Card, shown.value) is not None
        if is_ours or shown.kind in _NEVER_ATTACHED:
            raise Refused("medium_not_accepted")
        vouched = shown.kind in _VOUCHED_CARDS
        if vouched and self._vouched(shown).id_number != person.id_number:
            raise Refused("medium_of_another")
        self._link_here(shown, person_id)

    def attach_face(self, check_no: str, person_id: str, token: str) -> None:
        """The face of this person, whom the authorities' picture proves; no document is needed.

        Raises Refused `face_differs`, `medium_of_another` when somebody else is found by it, and as
        `is_face_of` does.
        """
        self._check_kind("FACE")
        if not self.is_face_of(check_no, token, person_id):
            raise Refused("face_differs")
        self._link_here(Shown("FACE", self._face(token)), person_id)

    def _link_here(self, shown: Shown, person_id: str) -> None:
        with self._db.write() as session:
            people.person_of(session, person_id, alone=True)
            media.link(session, shown, person_id, "HERE", self._clock.now())

    def is_face_of(self, check_no: str, token: str, person_id: str) -> bool:
        """Whether the face service finds this person behind the token of one look (W33).

        Raises Refused `not_found` when there is no picture to compare with, `face_silent`.
        """
        with self._db.read() as session:
            person = people.person_of(session, person_id)
        if not person.real_name:
            raise Refused("not_found")
        asked = self._faces.verify(check_no, person.id_number, token) if self._faces else Silent()
        match asked:
            case Compared(same=same):
                return same
            case NotFound():
                raise Refused("not_found")
            case Silent():
                raise Refused("face_silent")
            case impossible:
                assert_never(impossible)

    # --- whom a medium names

    def _named(self, shown: Shown, purpose: str) -> Person | Named:
        self._check_kind(shown.kind)
        match shown.kind:
            case "ID_CARD":
                return Named(shown.value)
            case "EC_CODE":
                return self._by_insurance(shown.value, purpose)
            case "CITY_CODE":
                return self._by_city_code(shown.value, purpose)
            case "FACE":
                shown = Shown("FACE", self._face(shown.value))
        with self._db.read() as session:
            person = media.holder(session, shown)
        if person is not None:
            return person
        return self._vouched(shown)

    def _vouched(self, shown: Shown) -> Named:
        """Whom the issuer of a card names."""
        match shown.kind:
            case "SS_CARD" if _SOCIAL_CARD.fullmatch(shown.value):
                return _named_by_city(self._city_asked().social_card(shown.value))
            case "HEALTH_CARD" if _CARD_NUMBER.fullmatch(shown.value):
                return _named_by_city(self._city_asked().card(shown.value))
        raise Refused("not_found")

    def _check_kind(self, kind: str) -> None:
        if kind not in self._accepted:
            raise Refused("medium_not_accepted")

    def _by_insurance(self, code: str, purpose: str) -> Named:
        match self._insurance.decode(code, purpose) if _CODE.fullmatch(code) else Expired():
            case Decoded(id_number=id_number, name=name):
                return Named(id_number, name)
            case Expired():
                raise Refused("code_expired")
            case Silent():
                raise Refused("insurance_silent")
            case impossible:
                assert_never(impossible)

    def _by_city_code(self, code: str, purpose: str) -> Named:
        city = self._city_asked()
        return _named_by_city(city.decode(code, purpose) if _CODE.fullmatch(code) else NotFound())

    def _city_asked(self) -> City:
        if self._city is None:
            raise Refused("not_found")
        return self._city

    def _face(self, token: str) -> str:
        match self._faces.who(token) if self._faces else Silent():
            case FaceFound(reference=reference):
                return reference
            case NotFound():
                raise Refused("not_found")
            case Silent():
                raise Refused("face_silent")
            case impossible:
                assert_never(impossible)

    # --- what is learnt by it

    def _known(self, shown: Shown, named: Named) -> Person:
        with self._db.read() as session:
            person = people.known_by(session, named.id_number)
        if person is None:
            raise Refused("not_found")
        if shown.kind in _VOUCHED_CARDS:
            with self._db.write() as session:
                self._link(session, shown, person)
        return person

    def _link(self, session: Session, shown: Shown, person: Person) -> None:
        """The issuer named its holder: the card is linked without anybody's doing (A.a2)."""
        if shown.kind in _VOUCHED_CARDS and session.get(Card, shown.value) is None:
            people.person_of(session, person.id, alone=True)
            media.link(session, shown, person.id, "CITY", self._clock.now())

    def _learn_insurance(self, person: Person) -> None:
        """1101 tells how somebody is insured, and what makes them a window's (A.a1, S20).

        A silent insurer changes nothing.
        """
        if person.insurance is None and person.real_name:
            match self._insurance.person(person.id_number):
                case Insured(insutype=insutype, identities=identities):
                    with self._db.write() as session:
                        learning = people.person_of(session, person.id, alone=True)
                        learning.insurance = insutype
                        special.learn(learning, identities)


def _named_by_city(told: Named | Stale | NotInUse | NotFound | Silent) -> Named:
    """The city's word about a code or a card. Raises Refused for everything but a name."""
    match told:
        case Named():
            return told
        case Stale():
            raise Refused("code_expired")
        case NotInUse():
            raise Refused("card_not_active")
        case NotFound():
            raise Refused("not_found")
        case Silent():
            raise Refused("city_silent")
        case impossible:
            assert_never(impossible)
