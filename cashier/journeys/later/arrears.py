"""Arrears of the whole hospital, and what two supervisors find about them (N14, N15, N16).

What a reader would get wrong: nobody is malicious by a clock. A finding needs evidence in words and
a second supervisor's password; withdrawing it says why.
"""

from __future__ import annotations

from cashier.journeys.later import arrears_pages as pages
from cashier.journeys.work import AtWork, fetched, refused, told
from cashier.steps.sheet import Pressed
from core.identity import Patient
from core.page_parts import Row
from core.phrase import said
from core.ports import NotSent, Refused, Unknown
from core.steps import Leave
from core.steps.questions import MediumShown
from core.steps.window_later import FetchArrears, FetchFindings, FindMalicious, WithdrawFinding
from core.window_later import Arrears, Finding
from core.window_steps import FetchPatient

_TITLE = said("Arrears of pay later")


async def arrears(at: AtWork) -> str | Patient:
    """The list, again after each thing that was done; or a patient who is served from then on."""
    while True:
        found = await fetched(FetchArrears(), at, _TITLE)
        if found is None:
            return ""
        match await pages.list_sheet(at, found.arrears):
            case Pressed("serve") as pressed:
                patient = await fetched(
                    FetchPatient(_of(found.arrears, pressed).patient_id), at, _TITLE
                )
                if patient is not None:
                    return patient
            case Pressed("flag") as pressed:
                await _flag(at, _of(found.arrears, pressed))
            case Pressed() as pressed:
                await _findings(at, _of(found.arrears, pressed).patient_id)
            case Leave() | MediumShown():
                return ""


def _of(found: tuple[Arrears, ...], pressed: Pressed) -> Arrears:
    return next(one for one in found if one.registration_id == pressed.row)


async def _flag(at: AtWork, one: Arrears) -> None:
    """Asked again with the evidence that was typed until the second person is proved (N16)."""
    trouble, evidence = "", ""
    while True:
        match await pages.flag_sheet(at, one, evidence, trouble):
            case Pressed() as pressed:
                evidence = pressed.value("evidence")
            case Leave() | MediumShown():
                return
        match await FindMalicious(
            one.registration_id,
            evidence,
            pressed.value("second_operator"),
            pressed.value("second_password"),
        ):
            case Finding() as finding:
                who = said("{first} and {second}", first=finding.flagged_by, second=finding.second)
                await told(
                    at, said("Recorded as malicious"), (Row("users", said("Found by"), who),)
                )
                return
            case Refused(reason) | NotSent(reason) | Unknown(reason):
                trouble = reason


async def _findings(at: AtWork, patient_id: str) -> None:
    """Of one person, withdrawn ones too."""
    while True:
        found = await fetched(FetchFindings(patient_id), at, _TITLE)
        if found is None:
            return
        match await pages.findings_sheet(at, found.flags):
            case Pressed() as pressed:
                pass
            case Leave() | MediumShown():
                return
        match await WithdrawFinding(pressed.row, pressed.value("reason")):
            case Finding():
                pass
            case Refused() | NotSent() | Unknown() as no:
                await refused(at, _TITLE, no)
