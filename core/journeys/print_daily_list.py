"""Print the charges of a day: on A4 where there is a printer for it, else on the narrow paper."""

from __future__ import annotations

from typing import assert_never

from core.inpatient import DailyList
from core.journeys.print_pages import print_pages
from core.journeys.print_slip import print_slip
from core.ports import DeviceTrouble, Done
from core.stay_papers import list_sheet, list_slip
from core.steps.papers import CheckPagePrinter


async def print_daily_list(listed: DailyList) -> bool:
    """True when it provably came out."""
    match await CheckPagePrinter():
        case Done():
            sheet = list_sheet(listed)
            return await print_pages(sheet.about, sheet)
        case DeviceTrouble():
            return await print_slip(list_slip(listed))
        case other:
            assert_never(other)
