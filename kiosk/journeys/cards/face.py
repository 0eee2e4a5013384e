"""A look at somebody's face: with their consent, one picture, and what became of it (N21, W33).

What a reader would get wrong: the picture stays in the machine's memory and is gone with the step;
the backend is told its SHA-256 and what the face service said. Who does not agree gets another way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from core.identity import Patient
from core.people import ConsentKind, ConsentTexts, FaceCheck
from core.phrase import said
from core.ports import CardPresence, DeviceTrouble, NotSent, Refused, Unknown
from core.steps import Leave
from core.steps.media import CheckFace, Picture, TakePicture
from kiosk.journeys.cards.consent import agreed, consent_texts
from kiosk.journeys.ending import Retry, trouble
from kiosk.steps import Back
from kiosk.steps.pages import Button

ANOTHER_WAY = Button("another_way", said("No, another way"), "x", main=False)


@dataclass(frozen=True, slots=True)
class Look:
    """`version`: of the text that was agreed to."""

    picture: Picture
    version: str


@dataclass(frozen=True, slots=True)
class Declined:
    """The text was read and not agreed to; nothing was looked at."""


async def look() -> Picture | Leave | None:
    """None: not agreed to, or there is no picture; that was told."""
    taken = await agreed_look(ConsentKind.FACE, None)
    match taken:
        case Look(picture):
            return picture
        case Leave():
            return taken
        case _:
            return None


async def check_face(patient: Patient, presence: CardPresence | None) -> FaceCheck | Retry | None:
    """Before a refund application (W33): a check that passed, else it was told why not."""
    match await agreed_look(ConsentKind.FACE, presence):
        case Look(picture, version):
            pass
        case Declined():
            return await trouble("face_declined")
        case Retry() as again:
            return again
        case Leave() | None:
            return None
        case other:
            assert_never(other)
    match await CheckFace(patient.patient_id, picture.token, version):
        case FaceCheck(passed=True) as check:
            return check
        case FaceCheck():
            return await trouble("face_differs")
        case Refused() | NotSent() | Unknown() as failed:
            return await face_trouble(failed)
        case answer:
            assert_never(answer)


async def face_trouble(failed: Refused | NotSent | Unknown) -> Retry | None:
    """Why a look was of no use."""
    match failed:
        case Refused("not_found"):
            return await trouble("face_unknown")
        case Refused(reason, detail):
            return await trouble(reason, detail)
        case NotSent(reason) | Unknown(reason):
            return await trouble(reason)
        case other:
            assert_never(other)


async def agreed_look(
    kind: ConsentKind, presence: CardPresence | None
) -> Look | Declined | Retry | Leave | None:
    """Consent first, one picture after it. Retry or None: it was told why there is no picture."""
    texts = await consent_texts()
    if not isinstance(texts, ConsentTexts):
        return texts
    match await agreed(texts, kind, presence, ANOTHER_WAY):
        case Leave() as left:
            return left
        case Back() | "":
            return Declined()
        case version:
            pass
    match await TakePicture():
        case Picture() as picture:
            return Look(picture, version)
        case DeviceTrouble():
            return await trouble("no_picture")
        case other:
            assert_never(other)
