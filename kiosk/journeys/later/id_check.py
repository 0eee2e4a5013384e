"""The ID card once more: who ends an agreement or asks for money back proves who they are.

What a reader would get wrong: the card is asked for whatever was shown at the beginning, and only
the backend says whose it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from core.identity import Medium, Patient
from core.ports import NotSent, Refused, Unknown
from core.steps import FindPatient, Leave, MediumShown, NotUnderstood
from kiosk.journeys.ending import Retry, trouble
from kiosk.journeys.identify import Identified
from kiosk.steps import PlaceIdCard


@dataclass(frozen=True, slots=True)
class Proven:
    """It is this very patient, by the ID card or by the face."""


async def shown_id_card() -> Medium | None:
    """Any ID card; None when the person left."""
    unreadable = False
    while True:
        match await PlaceIdCard(unreadable):
            case MediumShown(medium):
                return medium
            case NotUnderstood():
                unreadable = True
            case Leave():
                return None
            case other:
                assert_never(other)


async def prove(who: Identified) -> Proven | Retry | None:
    """Proven, or how it ended."""
    medium = await shown_id_card()
    if medium is None:
        return None
    match await FindPatient(medium):
        case Patient(patient_id=found) if found == who.patient.patient_id:
            return Proven()
        case Patient() | Refused("not_found"):
            return await trouble("another_person")
        case Refused(reason, detail):
            return await trouble(reason, detail)
        case NotSent(reason) | Unknown(reason):
            return await trouble(reason)
        case other:
            assert_never(other)
