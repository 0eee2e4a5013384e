"""Show one datum in full for ten seconds, for a reason, on the record (B.13; F11).

What a reader would get wrong: the ten seconds are the page's own idle time, so nothing but the page
holds the number, and it is gone with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cashier.journeys.work import AtWork, fetched
from cashier.steps.sheet import Action, Field, FieldKind, FieldOption, Pressed, WorkSheet
from core.flow import Abandoned, Reason
from core.phrase import Said, said
from core.steps.window_people import Reveal
from core.window_people import Revealed

_TITLE = said("Show in full")
_FIELDS: dict[str, Said] = {
    "id_number": said("ID number"),
    "phone": said("Phone"),
    "address": said("Address"),
    "card_number": said("Card number"),
}
_REASONS: dict[str, Said] = {
    "ASKED_BY_PATIENT": said("The patient asks"),
    "CORRECTION": said("To correct it"),
    "CONTACT": said("To reach the patient"),
    "INSURANCE": said("The insurance needs it"),
    "LAW": said("By law"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class InFull(WorkSheet):
    """Gone after ten seconds."""

    idle_ms: ClassVar[int | None] = 10_000
    lengthened: ClassVar[bool] = False


async def reveal(at: AtWork) -> str:
    """Which, why, and ten seconds of it."""
    answer = await choice_sheet(at)
    if not isinstance(answer, Pressed):
        return ""
    field, reason = answer.value("field"), answer.value("reason")
    shown = await fetched(Reveal(at.served.patient_id, field, reason), at, _TITLE)
    if shown is None:
        return ""
    try:
        await in_full_sheet(at, shown)
    except Abandoned as abandoned:
        if abandoned.reason is not Reason.IDLE:
            raise
    return ""


def choice_sheet(at: AtWork) -> WorkSheet:
    """The usual one and the usual reason stand there."""
    return WorkSheet(
        title=_TITLE,
        patient=at.patient,
        text=said("It is shown for ten seconds and written down with your number and the reason."),
        fields=(
            Field("field", said("What"), FieldKind.CHOICE, "id_number", _options(_FIELDS)),
            Field("reason", said("Why"), FieldKind.CHOICE, "ASKED_BY_PATIENT", _options(_REASONS)),
        ),
        actions=(Action("show", said("Show")),),
    )


def _options(words: dict[str, Said]) -> tuple[FieldOption, ...]:
    return tuple(FieldOption(key, phrase) for key, phrase in words.items())


def in_full_sheet(at: AtWork, shown: Revealed) -> InFull:
    """The number alone."""
    return InFull(
        title=_TITLE,
        patient=at.patient,
        text=said("This goes away after ten seconds."),
        big_label=_FIELDS[shown.field],
        big_value=shown.value or said("none"),
        actions=(Action("done", said("Done")),),
    )
