"""Enquiries that nobody can answer on the spot, and complaints, with every step (H33, H38).

What a reader would get wrong: an answer ends one for ever; whoever is not content comes with a new
one. Problems of the machine itself are tickets for technicians (S52), not complaints.
"""

from __future__ import annotations

from cashier.journeys.doubts import enquiry_pages as pages
from cashier.journeys.work import AtWork, fetched, told
from cashier.steps.sheet import Pressed
from core.cases import Enquiry
from core.page_parts import Row
from core.phrase import Moment, said
from core.ports import Done, NotSent, Refused, Unknown
from core.steps import Leave
from core.steps.questions import MediumShown
from core.steps.window_doubts import (
    AnswerEnquiry,
    FetchEnquiries,
    HandleEnquiry,
    ReportProblem,
    TakeDown,
)

_TITLE = said("Enquiries and complaints")


async def enquiries(at: AtWork) -> str:
    """The list, due ones first."""
    state = "OPEN"
    while True:
        found = await fetched(FetchEnquiries(state), at, _TITLE)
        if found is None:
            return ""
        match await pages.list_sheet(at, found.enquiries, answered=state != "OPEN"):
            case Pressed("open") as pressed:
                chosen = (one for one in found.enquiries if one.enquiry_id == pressed.row)
                await _open(at, next(chosen))
            case Pressed("new"):
                await take_down(at)
            case Pressed("answered_ones"):
                state = "ANSWERED"
            case Pressed():
                state = "OPEN"
            case Leave() | MediumShown():
                return ""


async def take_down(at: AtWork) -> str:
    """Name, contact and content, of the patient who is served or of anybody."""
    trouble, kept = "", dict[str, str]()
    while True:
        match await pages.new_sheet(at, kept, trouble):
            case Pressed() as pressed:
                kept = dict(pressed.values)
            case Leave() | MediumShown():
                return ""
        patient_id = at.patient.patient_id if at.patient else ""
        match await TakeDown(
            kept["kind"], kept["name"], kept["contact"], kept["content"], patient_id
        ):
            case Enquiry() as taken:
                rows = (
                    Row("file-text", said("Number"), taken.enquiry_id),
                    Row("clock", said("An answer is due by"), Moment(taken.due_at)),
                )
                await told(at, said("It is taken down"), rows)
                return ""
            case Refused(reason) | NotSent(reason) | Unknown(reason):
                trouble = reason


async def _open(at: AtWork, enquiry: Enquiry) -> None:
    """One, until it is left."""
    trouble = ""
    while True:
        match await pages.enquiry_sheet(at, enquiry, trouble):
            case Pressed("step"):
                wanted = await pages.step_sheet(at, enquiry)
                if not isinstance(wanted, Pressed):
                    continue
                word = await HandleEnquiry(enquiry.enquiry_id, wanted.value("text"))
            case Pressed("answer"):
                wanted = await pages.answer_sheet(at, enquiry)
                if not isinstance(wanted, Pressed):
                    continue
                word = await AnswerEnquiry(enquiry.enquiry_id, wanted.value("answer"))
            case Pressed() | Leave() | MediumShown():
                return
        match word:
            case Enquiry() as enquiry:
                trouble = ""
            case Refused(reason) | NotSent(reason) | Unknown(reason):
                trouble = reason


async def report_problem(at: AtWork) -> str:
    """What is wrong, and where it was seen."""
    trouble, kept = "", dict[str, str]()
    while True:
        match await pages.problem_sheet(at, kept, trouble):
            case Pressed() as pressed:
                kept = dict(pressed.values)
            case Leave() | MediumShown():
                return ""
        screen = "window: patient" if at.patient else "window: desk"
        match await ReportProblem(kept["subject"], kept["text"], screen):
            case Done():
                words = said("A technician sees it from now on.")
                await told(at, said("The problem is reported"), words=words)
                return ""
            case Refused(reason) | NotSent(reason) | Unknown(reason):
                trouble = reason
