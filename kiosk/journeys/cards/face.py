"""A look at somebody's face: with their consent, one picture, and what became of it (N21, W33).

What a reader would get wrong: the picture stays in the machine's memory and is gone with the step;
the backend is told its SHA-256 and what the face service said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from core.identity import Patient
from core.people import ConsentKind, ConsentTexts, FaceCheck
from core.ports import CardPresence, DeviceTrouble, NotSent, Refused, Unknown
from core.steps import Leave
from core.steps.media import CheckFace, Picture, TakePicture
from kiosk.journeys.cards.consent import agreed, consent_texts
from kiosk.journeys.ending import Retry, trouble


@dataclass(frozen=True, slots=True)
class _Taken:
    """`version`: of the text that was agreed to."""

    picture: Picture
    version: str


async def look() -> Picture | Leave | None:
    """None: not agreed to, or there is no picture; that was told."""
    taken = await _taken(None)
    match taken:
        case _Taken(picture):
            return picture
        case Leave():
            return taken
        case _:
            return None


async def check_face(patient: Patient, presence: CardPresence | None) -> FaceCheck | Retry | None:
    """Before a refund application (W33): a check that passed, else it was told why not."""
    taken = await _taken(presence)
    if not isinstance(taken, _Taken):
        return taken if isinstance(taken, Retry) else None
    match await CheckFace(patient.patient_id, taken.picture.token, taken.version):
        case FaceCheck(passed=True) as check:
            return check
        case FaceCheck():
            return await trouble("face_differs")
        case Refused("not_found"):
            return await trouble("face_unknown")
        case Refused(reason, detail):
            return await trouble(reason, detail)
        case NotSent(reason) | Unknown(reason):
            return await trouble(reason)
        case other:
            assert_never(other)


async def _taken(presence: CardPresence | None) -> _Taken | Retry | Leave | None:
    texts = await consent_texts()
    if not isinstance(texts, ConsentTexts):
        return texts
    version = await agreed(texts, ConsentKind.FACE, presence)
    if not isinstance(version, str):
        return version if isinstance(version, Leave) else None
    match await TakePicture():
        case Picture() as picture:
            return _Taken(picture, version)
        case DeviceTrouble():
            return await trouble("no_picture")
        case other:
            assert_never(other)
