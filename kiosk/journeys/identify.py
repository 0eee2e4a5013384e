"""Who is it: show or insert anything, then ask the backend. A wrong thing gets a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from core.identity import MediumKind, Patient
from core.ports import HealthCardPresent, NotSent, Refused, Unknown
from core.steps import FindPatient, Identify, MediumShown, NotUnderstood
from kiosk.journeys.ending import Retry, trouble

_ACCEPTED = frozenset({MediumKind.ID_CARD, MediumKind.HEALTH_CARD, MediumKind.EC_CODE})


@dataclass(frozen=True, slots=True)
class Identified:
    """A known patient, and the card that must stay in the slot (None for codes and ID cards)."""

    patient: Patient
    presence: HealthCardPresent | None


async def identify(purpose: str, shown: MediumShown | None) -> Identified | Retry | None:
    """`shown`: what was shown at the home screen already. None when the patient left."""
    if shown is None:
        shown = await _shown(purpose)
    match await FindPatient(shown.medium):
        case Patient() as patient:
            return Identified(patient, shown.presence)
        case Refused(reason, detail):
            return await trouble(reason, detail)
        case NotSent(reason) | Unknown(reason):
            return await trouble(reason)
        case other:
            assert_never(other)


async def _shown(purpose: str) -> MediumShown:
    wrong = ""
    while True:
        match await Identify(_ACCEPTED, purpose, wrong):
            case MediumShown() as shown:
                return shown
            case NotUnderstood(reason):
                wrong = reason
            case other:
                assert_never(other)
