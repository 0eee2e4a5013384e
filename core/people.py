"""What the backend tells of a person's media, consents and relatives; fields as it names them.

What a reader would get wrong: `display_…` is masked already for the terminal that asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.billing import Text


class ConsentKind(StrEnum):
    """What is agreed to, each by itself (docs/backend_api/people.md): to one check of a face is not
    to being found by it from now on."""

    PRIVACY = "PRIVACY"
    E_CERTIFICATE = "E_CERTIFICATE"
    FACE = "FACE"
    FACE_MEDIUM = "FACE_MEDIUM"
    ASSISTANCE = "ASSISTANCE"
    RELATIVE = "RELATIVE"


@dataclass(frozen=True, slots=True)
class ConsentText:
    """What is read before something is agreed to."""

    kind: ConsentKind
    version: str
    title: Text
    text: Text


@dataclass(frozen=True, slots=True)
class ConsentTexts:
    """The texts of today."""

    texts: tuple[ConsentText, ...]

    def of(self, kind: ConsentKind) -> ConsentText | None:
        """The text of one kind; None: nobody may agree to it today."""
        return next((text for text in self.texts if text.kind is kind), None)


@dataclass(frozen=True, slots=True)
class Consent:
    """What was agreed to and stands. `accepted_at`: ISO 8601."""

    kind: ConsentKind
    version: str
    accepted_at: str
    withdrawn_at: str


@dataclass(frozen=True, slots=True)
class Consents:
    """What a person agreed to, the newest first."""

    consents: tuple[Consent, ...]

    def standing(self, kind: ConsentKind) -> Consent | None:
        """The one that was not withdrawn."""
        found = (one for one in self.consents if one.kind is kind and not one.withdrawn_at)
        return next(found, None)


@dataclass(frozen=True, slots=True)
class OwnMedium:
    """A card or another token of a person. `state`: ACTIVE, LOST, VOID …"""

    kind: str
    display_value: str
    state: str


@dataclass(frozen=True, slots=True)
class Media:
    """Everything a person can be found by here."""

    media: tuple[OwnMedium, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """Who acts for a person. `kind`: PARENT, CHILD, SPOUSE, OTHER, GUARDIAN or CONTACT; `state`:
    ASKED, ACTIVE or ENDED; `since`: a date."""

    relation_id: str
    kind: str
    state: str
    display_name: str
    display_id: str
    display_phone: str
    may_see: bool
    may_pay: bool
    since: str


@dataclass(frozen=True, slots=True)
class Relations:
    """Everybody who acts for a person, or did."""

    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What the hospital's rules say about a person; `needs` names what is missing."""

    allow: bool
    rule_id: str
    message_key: str
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FaceCheck:
    """Whether the face service found this person to be there (W33)."""

    check_id: str
    passed: bool
    at: str


@dataclass(frozen=True, slots=True)
class Assistance:
    """Staff operates for a patient who agreed (H34). `ended_at` "": still."""

    assistance_id: str
    staff: str
    since: str
    ended_at: str
