"""The daily list of a stay in real time (S40, L04): choose a day, read it, print it."""

from __future__ import annotations

from typing import assert_never

from core.inpatient import DailyList, StayList
from core.journeys.print_daily_list import print_daily_list
from core.phrase import said
from core.ports import NotSent, Refused, Unknown
from core.steps import Leave
from core.steps.inpatient import FetchDailyList, FetchStayList
from kiosk.journeys.ending import Retry, trouble
from kiosk.journeys.identify import Identified
from kiosk.journeys.inpatient import daily_list_pages as pages
from kiosk.journeys.inpatient.stays import Stays, find_stays, no_stay, place_rows, told
from kiosk.journeys.service import Start
from kiosk.steps import Back
from kiosk.steps.pages import Chosen, Pressed


async def daily_list(start: Start) -> Retry | None:
    """From the tile to a day's charges."""
    stays = await find_stays("daily_list", start)
    if not isinstance(stays, Stays):
        return stays
    stay = stays.found.newest("ADMITTED", "NOTICED", "SETTLED")
    if stay is None:
        await no_stay(stays.who)
        return None
    match await FetchStayList(stay.admission_id):
        case StayList(days=()):
            nothing = said("Nothing was charged yet")
            hint = said("Charges are on the list as soon as the ward enters them")
            await told(stays.who, nothing, hint, *place_rows(stay))
            return None
        case StayList() as charged:
            return await _days(stays.who, charged)
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return await trouble(reason)
        case other:
            assert_never(other)


async def _days(who: Identified, charged: StayList) -> Retry | None:
    """One day after the other, until the patient has seen enough."""
    while True:
        match await pages.days_page(who, charged):
            case Chosen(day):
                pass
            case Back() | Leave():
                return None
            case other:
                assert_never(other)
        match await FetchDailyList(charged.admission_id, day):
            case DailyList() as listed:
                pass
            case Refused(reason) | NotSent(reason) | Unknown(reason):
                return await trouble(reason)
            case told_otherwise:
                assert_never(told_otherwise)
        match await pages.list_page(who, listed):
            case Pressed():
                await pages.printed_page(who, await print_daily_list(listed))
                return None
            case Back():
                continue
            case Leave():
                return None
            case answer:
                assert_never(answer)
