"""What holds for a whole visit, whichever service runs: who is here, who helps, what is beside.

It plays the visit's steps on, and answers what no service asks for: a look at the face instead of
a card, staff who help, a window that takes over, a word at the end. What a reader would get wrong:
media are interchangeable, people are not; another person's card in the middle of a visit is
refused, here, for every service.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from core.audit import AuditEvent
from core.flow import Abandoned, Aside, Journey, Reason, Step
from core.identity import Medium, MediumKind, Patient
from core.page_parts import Tone
from core.people import Assistance, ConsentKind, ConsentTexts
from core.ports import NotSent, Refused, Unknown
from core.steps import FaceWished, FindPatient, Identify, Leave, MediumShown, RegisterPerson
from core.steps.media import BeginAssistance, EndAssistance, NoteAudit, RegisterFirstVisit
from core.steps.visits import FetchSurvey
from kiosk.journeys.cards.consent import NOT_NOW, agreed, consent_texts
from kiosk.journeys.cards.face import look
from kiosk.journeys.ending import to_window, trouble
from kiosk.journeys.look_up.survey import ask_survey
from kiosk.steps import (
    Back,
    ShowCardIssued,
    ShowHoldPlaced,
    ShowSettled,
    ShowTrouble,
    StaffShown,
    SurveyWished,
    WindowWished,
)
from kiosk.steps.pages import Finished

Answer = TypeVar("Answer")

_TAKEN_OVER = "taken_over"


@dataclass(frozen=True, slots=True)
class Facilities:
    """What this machine can do beside cards and codes. `tap`: the tap point offers the page of the
    insurance code; `face`: there is a camera, and a provider that knows faces; `survey`: may be
    asked how it was; `absent`: what no fitted device reads; `broken`: what a fitted one would
    read, were it in order."""

    tap: bool = False
    face: bool = False
    survey: bool = False
    absent: frozenset[MediumKind] = frozenset()
    broken: frozenset[MediumKind] = frozenset()


@dataclass(frozen=True, slots=True)
class _Agreed:
    """The patient agreed to be helped by this member of staff. `version`: of the text."""

    staff: str
    version: str


async def attended(visit: Journey[None], facilities: Callable[[], Facilities]) -> None:
    """The visit, with all that; help by staff ends with it. `facilities`: as they are when asked;
    a device may come or go at any time."""
    attendance = _Attendance(facilities)
    try:
        await attendance.lead(visit)
    except Abandoned:
        await attendance.end_help()
        raise
    await attendance.end_help()


class _Attendance:
    """One visit. `_agreed`: to be helped, before anybody knew who the patient is; `_surveyed`: they
    were asked how it was."""

    def __init__(self, facilities: Callable[[], Facilities]) -> None:
        self._facilities = facilities
        self._patient: Patient | None = None
        self._agreed: _Agreed | None = None
        self._help: Assistance | None = None
        self._surveyed = False

    async def lead(self, visit: Journey[None]) -> None:
        """Step by step."""
        await _led(visit, self._answered)

    async def end_help(self) -> None:
        """Staff have no more to do with this patient."""
        if self._help is not None and self._patient is not None:
            ended, self._help = self._help, None
            await EndAssistance(ended.assistance_id)
            await NoteAudit(AuditEvent.ASSISTANCE_ENDED, _facts(ended, self._patient))

    async def _answered(self, step: Step[Any]) -> object:
        if isinstance(step, FetchSurvey):
            self._surveyed = True
        while True:
            reply = await self._with_more(step)
            match reply:
                case StaffShown(staff):
                    await self._staff_came(staff)
                case SurveyWished():
                    self._surveyed = True
                    await _led(ask_survey(), _undisturbed)
                    return Leave()
                case FaceWished():
                    picture = _stayed(await _led(look(), _undisturbed))
                    if picture is not None:
                        return MediumShown(Medium(MediumKind.FACE, picture.token), None, None)
                case WindowWished() if self._patient is not None:
                    await _led(to_window(self._patient, (), _TAKEN_OVER, None), _undisturbed)
                    return Leave()
                case Patient() if isinstance(
                    step, FindPatient | RegisterPerson | RegisterFirstVisit
                ):
                    return await self._met(step, reply)
                case _:
                    return reply

    def _with_more(self, step: Step[Any]) -> Step[Any]:
        match step:
            case Identify():
                can = self._facilities()
                accepts = step.accepts - can.absent
                broken = can.broken & accepts
                return replace(step, accepts=accepts, tap=can.tap, face=can.face, broken=broken)
            case ShowTrouble(money="untouched" | "returned", case_id="") if self._patient:
                return replace(step, window=True)
            case (
                ShowSettled() | ShowHoldPlaced() | ShowCardIssued() | Finished(tone=Tone.SUCCESS)
            ) if self._facilities().survey and not self._surveyed:
                return replace(step, survey=True)
        return step

    async def _met(self, step: Step[Any], patient: Patient) -> Patient | Refused:
        if self._patient is not None and self._patient.patient_id != patient.patient_id:
            by_card = isinstance(step, FindPatient) and step.medium.kind is MediumKind.ID_CARD
            return Refused("another_person" if by_card else "other_patient")
        self._patient = patient
        if self._agreed is not None:
            await self._begin_help(patient, self._agreed)
        return patient

    async def _staff_came(self, staff: str) -> None:
        """The patient agrees first; a badge gives no right by itself (H34)."""
        if self._help is not None and self._help.staff == staff:
            return
        version = _stayed(await _led(_agreed_to_help(), _undisturbed))
        if not version:
            return
        await self.end_help()
        self._agreed = _Agreed(staff, version)
        if self._patient is not None:
            await self._begin_help(self._patient, self._agreed)

    async def _begin_help(self, patient: Patient, told: _Agreed) -> None:
        self._agreed = None
        match await BeginAssistance(patient.patient_id, told.staff, told.version):
            case Assistance() as begun:
                self._help = begun
                await NoteAudit(AuditEvent.ASSISTANCE_BEGUN, _facts(begun, patient))
            case Refused(reason) | NotSent(reason) | Unknown(reason):
                await trouble(reason)


async def _led(
    journey: Journey[Answer], answered: Callable[[Step[Any]], Coroutine[Any, Any, object]]
) -> Answer:
    """Each step of it by `answered`; what is abandoned is abandoned for the journey itself."""
    reply: object = None
    left: Abandoned | None = None
    while True:
        try:
            step = journey.send(reply) if left is None else journey.throw(left)
        except StopIteration as ended:
            answer: Answer = ended.value
            return answer
        reply, left = None, None
        try:
            reply = await answered(step)
        except Abandoned as abandoned:
            left = abandoned


async def _undisturbed(step: Step[Any]) -> object:
    """Pages beside the visit are finished first; a badge that is shown meanwhile waits."""
    while True:
        reply: object = await step
        if not isinstance(reply, Aside):
            return reply


async def _agreed_to_help() -> str | Leave:
    """The version of the text; "" when not."""
    texts = await consent_texts()
    if not isinstance(texts, ConsentTexts):
        return ""
    answer = await agreed(texts, ConsentKind.ASSISTANCE, None, NOT_NOW)
    return "" if isinstance(answer, Back) else answer


def _stayed(answer: Answer | Leave) -> Answer:
    """Who leaves a page beside the question leaves the question."""
    if isinstance(answer, Leave):
        raise Abandoned(Reason.LEFT)
    return answer


def _facts(help_: Assistance, patient: Patient) -> dict[str, str | int]:
    return {
        "staff": help_.staff,
        "patient_id": patient.patient_id,
        "assistance_id": help_.assistance_id,
    }
