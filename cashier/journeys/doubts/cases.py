"""Open cases of all terminals: take over, add evidence, decide, resolve.

What a reader would get wrong: nothing is decided here. The backend lets money go on by the
decision, or refuses it with a word; afterwards the case is looked at again and shows what is so.
"""

from __future__ import annotations

from cashier.journeys.doubts import case_pages as pages
from cashier.journeys.refunds.words import route_words
from cashier.journeys.work import AtWork, fetched
from cashier.steps.sheet import FieldOption, Pressed
from core.billing import Settlement, TenderState
from core.cases import Case
from core.phrase import Yuan, said
from core.ports import NotSent, Refused, Unknown
from core.refund_files import RefundFile
from core.steps import Leave
from core.steps.questions import MediumShown
from core.steps.window_doubts import (
    AddEvidence,
    DecideCase,
    FetchCase,
    FetchCases,
    FetchDoubted,
    GiveCase,
    ResolveCase,
    Vouched,
)
from core.steps.window_refunds import FetchRefundFile
from core.wording import TENDERS

_TITLE = said("Doubts and open cases")
_AGAIN = "ASK_AGAIN"
_OF_PAYMENT = (_AGAIN, "TAKEN", "NOT_TAKEN")
_OF_REFUND = (_AGAIN, "DONE")


async def cases(at: AtWork) -> str:
    """Of everybody."""
    return await _cases(at, "")


async def cases_of_patient(at: AtWork) -> str:
    """Of the patient who is served."""
    return await _cases(at, at.served.patient_id)


async def _cases(at: AtWork, patient_id: str) -> str:
    state = "OPEN"
    while True:
        found = await fetched(FetchCases(state, patient_id), at, _TITLE)
        if found is None:
            return ""
        match await pages.list_sheet(at, found.cases, closed=state != "OPEN"):
            case Pressed("open") as pressed:
                await open_case(at, pressed.row)
            case Pressed("closed_ones"):
                state = "RESOLVED"
            case Pressed():
                state = "OPEN"
            case Leave() | MediumShown():
                return ""


async def open_case(at: AtWork, case_id: str) -> None:
    """One, until it is left."""
    trouble = ""
    while True:
        case = await fetched(FetchCase(case_id), at, _TITLE)
        if case is None:
            return
        match await pages.case_sheet(at, case, trouble):
            case Pressed("take"):
                trouble = await _take(at, case)
            case Pressed("evidence"):
                trouble = await _evidence(at, case)
            case Pressed("resolve"):
                await _resolve(at, case)
                trouble = ""
            case Pressed("decide"):
                trouble = await _decide(at, case)
            case Pressed() | Leave() | MediumShown():
                return


async def _take(at: AtWork, case: Case) -> str:
    who = at.operator.operator
    return _why(await GiveCase(case.case_id, who, "taken over at the window"))


async def _evidence(at: AtWork, case: Case) -> str:
    match await pages.evidence_sheet(at, case):
        case Pressed() as pressed:
            return _why(await AddEvidence(case.case_id, pressed.value("text")))
        case Leave() | MediumShown():
            return ""


async def _resolve(at: AtWork, case: Case) -> None:
    trouble, kept = "", dict[str, str]()
    while True:
        match await pages.resolve_sheet(at, case, kept, trouble):
            case Pressed() as pressed:
                kept = dict(pressed.values)
            case Leave() | MediumShown():
                return
        word = await ResolveCase(case.case_id, kept["outcome"], _vouched(kept))
        trouble = _why(word)
        if not trouble:
            return


async def _decide(at: AtWork, case: Case) -> str:
    """What is doubted first: the last tender that was asked for, or the parts of a refund."""
    of_refund = case.operation_kind == "refund"
    if of_refund:
        file = await fetched(FetchRefundFile(case.operation_id), at, _TITLE)
        if file is None:
            return ""
        about = _parts(file)
    else:
        settlement = await fetched(FetchDoubted(case.operation_id), at, _TITLE)
        if settlement is None:
            return ""
        about = _tenders(settlement)
    names = _OF_REFUND if of_refund else _OF_PAYMENT
    decisions = tuple(FieldOption(name, pages.DECISIONS[name]) for name in names)
    trouble, kept = "", dict[str, str]()
    while True:
        match await pages.decide_sheet(at, case, decisions, about, kept, trouble):
            case Pressed() as pressed:
                kept = dict(pressed.values)
            case Leave() | MediumShown():
                return ""
        trouble = _why(await _decision(case, kept, of_refund=of_refund))
        if not trouble:
            return ""


def _decision(case: Case, kept: dict[str, str], *, of_refund: bool) -> DecideCase:
    asked_again = kept["decision"] == _AGAIN
    about = "" if asked_again else kept.get("about", "")
    return DecideCase(
        case.case_id,
        kept["decision"],
        "" if of_refund else about,
        about if of_refund else "",
        kept["proof"],
        _vouched(kept),
    )


def _tenders(settlement: Settlement) -> tuple[FieldOption, ...]:
    open_ones = (TenderState.PAYING, TenderState.UNKNOWN, TenderState.TAKEN)
    return tuple(
        FieldOption(
            one.tender_id,
            said("{way} {amount}", way=said(TENDERS[one.kind]), amount=Yuan(one.amount_fen)),
        )
        for one in settlement.tenders
        if one.state in open_ones
    )


def _parts(file: RefundFile) -> tuple[FieldOption, ...]:
    return tuple(
        FieldOption(
            one.part_id,
            said("{way} {amount}", way=route_words(one.route), amount=Yuan(one.amount_fen)),
        )
        for one in file.parts
        if one.state == "ASKED"
    )


def _vouched(kept: dict[str, str]) -> Vouched:
    return Vouched(kept["reason"], kept["second_operator"], kept["second_password"])


def _why(word: Case | Refused | NotSent | Unknown) -> str:
    return "" if isinstance(word, Case) else word.reason
