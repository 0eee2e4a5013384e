"""One technician's session: sign in, then one wish after another until he leaves.

What a reader would get wrong: a broken journal does not end the session; that is when site, log
and support bundle are needed most, so the last view stays and says so.
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from core.ports import Refused
from core.steps import JournalBroken, Leave
from core.upkeep.steps import (
    AcceptDevice,
    FindRecords,
    JournalPage,
    LogPage,
    LookAtMachine,
    MachineView,
    MakeReadinessReport,
    MakeSupportBundle,
    PlaceSticker,
    ProbeSite,
    ReadLog,
    RecordRefill,
    ReportProblem,
    RunCheck,
    RunLoop,
    SignInTechnician,
    SiteReport,
    Technician,
)
from diagnostics.journeys.counting import count_batch
from diagnostics.steps import (
    Active,
    CardHeld,
    CountBatch,
    Credentials,
    FoundLog,
    FoundRecords,
    LookAgain,
    Named,
    Open,
    Section,
    Seeking,
    SignIn,
    TagHeld,
    Told,
    Work,
)

NOTHING_KNOWN = MachineView((), (), (), (), (), (), (), (), ())


async def session(technician: Technician | None, card: str = "", *, by_name: bool = False) -> None:
    """`technician` None: he signs in, with `card` when it was read already.

    `by_name`: there is no staff file, so a second person of a count is asked for by name.
    """
    technician = technician or await _sign_in(card)
    if technician is None:
        return
    work = await _looked(Work(technician, NOTHING_KNOWN))
    while True:
        wish = await work
        if isinstance(wish, Leave):
            return
        work = await _carried_out(wish, work, by_name=by_name)


async def _sign_in(card: str) -> Technician | None:
    trouble = ""
    while True:
        given = await SignIn(card, trouble)
        match given:
            case Leave() | Named():
                return None
            case CardHeld(number):
                card, trouble = number, ""
            case Credentials(card, pin):
                answer = await SignInTechnician(card, pin)
                if isinstance(answer, Technician):
                    return answer
                trouble = answer.reason
            case other:
                assert_never(other)


async def _carried_out(wish: Active, work: Work, *, by_name: bool) -> Work:
    """The page after one wish."""
    match wish:
        case Open(section, subject):
            return await _opened(work, section, subject)
        case LookAgain():
            return await _looked(work)
        case TagHeld(tag):
            return replace(work, tag=tag, told=None)
        case CountBatch(number):
            batch = next(one for one in work.view.batches if one.number == number)
            told = await count_batch(work.technician, batch, by_name=by_name)
            return await _looked(replace(work, told=told))
        case FindRecords() | ReadLog() | ProbeSite():
            return await _sought(work, wish)
        case PlaceSticker():
            return await _looked(replace(work, told=Told(wish, await wish), tag=""))
        case (
            RunCheck()
            | RunLoop()
            | AcceptDevice()
            | RecordRefill()
            | MakeReadinessReport()
            | MakeSupportBundle()
            | ReportProblem()
        ):
            return await _looked(replace(work, told=Told(wish, await wish)))
        case other:
            assert_never(other)


async def _looked(work: Work) -> Work:
    match await LookAtMachine():
        case MachineView() as view:
            return replace(work, view=view, journal_broken=False)
        case JournalBroken():
            return replace(work, journal_broken=True)


async def _opened(work: Work, section: Section, subject: str) -> Work:
    subject = subject or work.subject
    opened = replace(work, section=section, subject=subject, found=None, told=None, tag="")
    match section:
        case Section.JOURNAL:
            return await _sought(opened, FindRecords())
        case Section.LOG:
            return await _sought(opened, ReadLog())
        case Section.SITE:
            return await _sought(opened, ProbeSite())
    return await _looked(opened)


async def _sought(work: Work, wish: Seeking) -> Work:
    match await wish:
        case JournalPage() as page:
            assert isinstance(wish, FindRecords)
            return replace(work, found=FoundRecords(wish, page), told=None)
        case LogPage() as page:
            assert isinstance(wish, ReadLog)
            return replace(work, found=FoundLog(wish, page), told=None)
        case SiteReport() as report:
            return replace(work, found=report, told=None)
        case Refused() | JournalBroken() as refused:
            return replace(work, told=Told(wish, refused))
