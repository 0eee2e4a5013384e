"""Acts about what somebody shows and agrees to: first visits, consents, relatives, looks, help.

What a reader would get wrong: agreeing twice is agreeing once, so these may be asked again; who
was identified stays who was identified, whichever medium is shown next.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import ClassVar

from core.audit import AuditEvent
from core.flow import Act
from core.identity import Medium, Patient
from core.people import (
    Assistance,
    Consent,
    ConsentKind,
    Consents,
    ConsentTexts,
    Decision,
    FaceCheck,
    Media,
    Relation,
    Relations,
)
from core.ports import DeviceTrouble, Done, NotSent, Refused, Unknown
from core.steps.journal import Facts, JournalBroken, Recorded


@dataclass(frozen=True, slots=True)
class FetchConsentTexts(Act[ConsentTexts | Refused | NotSent | Unknown]):
    """What is read before something is agreed to."""

    durable: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class RegisterFirstVisit(Act[Patient | Refused | NotSent | Unknown]):
    """By a medium whose issuer names the person (H09, S06). `notice_version`, and of the permission
    to use the e-certificate (H06), "" without: what was read and accepted."""

    durable: ClassVar[bool] = False
    medium: Medium
    phone: str
    notice_version: str
    permission_version: str = ""


@dataclass(frozen=True, slots=True)
class FetchConsents(Act[Consents | Refused | NotSent | Unknown]):
    """What a person agreed to."""

    durable: ClassVar[bool] = False
    patient_id: str


@dataclass(frozen=True, slots=True)
class GiveConsent(Act[Consent | Refused | NotSent | Unknown]):
    """E_CERTIFICATE or FACE, to today's text."""

    durable: ClassVar[bool] = False
    patient_id: str
    kind: ConsentKind
    version: str


@dataclass(frozen=True, slots=True)
class WithdrawConsent(Act[Done | Refused | NotSent | Unknown]):
    """From now on not agreed to any more."""

    durable: ClassVar[bool] = False
    patient_id: str
    kind: ConsentKind


@dataclass(frozen=True, slots=True)
class FetchMedia(Act[Media | Refused | NotSent | Unknown]):
    """What a person can be found by."""

    durable: ClassVar[bool] = False
    patient_id: str


@dataclass(frozen=True, slots=True)
class AskMayBeServed(Act[Decision | Refused | NotSent | Unknown]):
    """Permission or credit signing, and the first visit (H10)."""

    durable: ClassVar[bool] = False
    patient_id: str


@dataclass(frozen=True, slots=True)
class FetchRelatives(Act[Relations | Refused | NotSent | Unknown]):
    """Who acts for a person."""

    durable: ClassVar[bool] = False
    patient_id: str


@dataclass(frozen=True, slots=True)
class AgreeToRelative(Act[Relation | Refused | NotSent | Unknown]):
    """The relative asked on the phone; the patient agrees here (N17)."""

    durable: ClassVar[bool] = False
    relation_id: str
    version: str


@dataclass(frozen=True, slots=True)
class EndRelative(Act[Relation | Refused | NotSent | Unknown]):
    """From now on they may do nothing."""

    durable: ClassVar[bool] = False
    relation_id: str


@dataclass(frozen=True, slots=True)
class Picture:
    """One still picture of the camera, JPEG. It never leaves the machine but to the face service;
    `token` is what the backend is told of it (docs/platforms/face.md)."""

    jpeg: bytes

    def __repr__(self) -> str:
        return f"Picture({len(self.jpeg)} bytes)"

    @property
    def token(self) -> str:
        """SHA-256, 64 small hexadecimal digits."""
        return hashlib.sha256(self.jpeg).hexdigest()


@dataclass(frozen=True, slots=True)
class TakePicture(Act[Picture | DeviceTrouble]):
    """Of who stands before the camera, with their consent only."""

    durable: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class CheckFace(Act[FaceCheck | Refused | NotSent | Unknown]):
    """Whether this look is this person's (W33). Each check is one of its own."""

    durable: ClassVar[bool] = False
    patient_id: str
    token: str
    version: str


@dataclass(frozen=True, slots=True)
class AttachFace(Act[Media | Refused | NotSent | Unknown]):
    """From now on this person is found by this look too (N21); again, it stands as it was."""

    durable: ClassVar[bool] = False
    patient_id: str
    token: str
    version: str


@dataclass(frozen=True, slots=True)
class BeginAssistance(Act[Assistance | Refused | NotSent | Unknown]):
    """Staff begins to operate for a patient who agreed (H34)."""

    durable: ClassVar[bool] = False
    patient_id: str
    staff: str
    version: str


@dataclass(frozen=True, slots=True)
class EndAssistance(Act[Assistance | Refused | NotSent | Unknown]):
    """The patient goes on alone, or the visit is over."""

    durable: ClassVar[bool] = False
    assistance_id: str


@dataclass(frozen=True, slots=True)
class NoteAudit(Act[Recorded | JournalBroken]):
    """One line of the audit; facts name patients by the backend's opaque id only."""

    durable: ClassVar[bool] = False
    event: AuditEvent
    facts: Facts
