"""Who is it: show or insert anything, then ask the backend. A wrong thing gets a sentence.

Somebody whom the hospital does not know yet may be registered right here, if what they showed
names them. What a reader would get wrong: a relative's phone may show the patient's code, so the
patient is not always the one who holds the phone; that is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from core.flow import Event
from core.identity import IdDocument, MediumKind, Patient
from core.page_parts import Row, Section
from core.phrase import said
from core.ports import CardPresence, NotSent, Refused, Unknown
from core.steps import FindPatient, Identify, MediumShown, NotUnderstood
from kiosk.journeys.cards.first_visit import FIRST_VISIT_MEDIA, first_visit
from kiosk.journeys.ending import Retry, to_window, trouble
from kiosk.steps.pages import Button, Pressed, Show

FIRST_VISIT = "register_medium"
"""The purpose of somebody who came to be registered: nothing is offered on the way to it."""

ACCEPTED = frozenset(
    {
        MediumKind.ID_CARD,
        MediumKind.HEALTH_CARD,
        MediumKind.SS_CARD,
        MediumKind.EC_CODE,
        MediumKind.CITY_CODE,
    }
)
_NAMELESS = frozenset({"ON_ACCOUNT"})


@dataclass(frozen=True, slots=True)
class Identified:
    """A known patient, and the card that must stay in the slot (None for codes and ID cards).

    `document`: the ID card that was laid on the reader a moment ago.
    """

    patient: Patient
    presence: CardPresence | None
    document: IdDocument | None = None


async def identify(purpose: str, shown: MediumShown | None) -> Identified | Retry | None:
    """`shown`: what was shown at the home screen already. None when the patient left."""
    if shown is None:
        shown = await show_anything(purpose)
    match await FindPatient(shown.medium):
        case Patient() as patient:
            return await _admitted(patient, shown)
        case Refused("not_found") if shown.medium.kind in FIRST_VISIT_MEDIA:
            match await first_visit(shown, on_the_way=purpose != FIRST_VISIT):
                case Patient() as patient:
                    return await _admitted(patient, shown)
                case ended:
                    return ended
        case Refused("not_found") if shown.medium.kind is MediumKind.FACE:
            return await trouble("face_unknown")
        case Refused(reason, detail):
            return await trouble(reason, detail)
        case NotSent(reason) | Unknown(reason):
            return await trouble(reason)
        case other:
            assert_never(other)


async def show_anything(purpose: str, accepted: frozenset[MediumKind] = ACCEPTED) -> MediumShown:
    """Until something was shown that names a person; each wrong thing is answered once."""
    wrong, told = "", frozenset[Event]()
    while True:
        match await Identify(accepted, purpose, wrong, told):
            case MediumShown() as shown:
                return shown
            case NotUnderstood(reason, about):
                wrong = reason
                told |= {about} if about is not None and about.level is not None else set()
            case other:
                assert_never(other)


async def _admitted(patient: Patient, shown: MediumShown) -> Identified | Retry | None:
    """The green channel's cards are a window's; a relative says whose affairs these are."""
    if _NAMELESS.intersection(patient.identities):
        return await to_window(patient, (), "green_channel", shown.presence)
    if patient.by_relative and not isinstance(await right_person_page(patient), Pressed):
        return None
    return Identified(patient, shown.presence, shown.document)


def right_person_page(patient: Patient) -> Show:
    """A relative's phone showed the code: whose affairs are these?"""
    return Show(
        title=said("Is this the patient?"),
        hint=said("A relative's phone showed this code"),
        icon="users",
        sections=(
            Section(
                "",
                (
                    Row("user", said("Name"), patient.display_name),
                    Row("id", said("ID number"), patient.display_id),
                ),
            ),
        ),
        buttons=(Button("yes", said("Yes, go on")),),
    )
