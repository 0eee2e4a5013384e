"""Print a laboratory or exam report on whole pages (S36), and say which are not ready.

What a reader would get wrong: a sheet is counted before it is drawn, so the paper is looked for
first; every sheet after the first is a copy and says so itself.
"""

from __future__ import annotations

from typing import assert_never

from core.billing import Text
from core.journeys.print_pages import print_pages
from core.page_parts import Tone
from core.papers import Progress, Reports, ReportSheet, ReportSummary
from core.phrase import Moment, said
from core.ports import CardPresence, DeviceTrouble
from core.steps import Leave
from core.steps.papers import (
    CheckPagePrinter,
    CountReportSheet,
    FetchProgress,
    FetchReportPages,
    FetchReports,
)
from kiosk.journeys.ending import Retry, trouble
from kiosk.journeys.identify import Identified, identify
from kiosk.journeys.look import Ended, look
from kiosk.journeys.service import Start
from kiosk.steps import Back
from kiosk.steps.pages import Button, Choose, Chosen, Finished, Option, Pressed

_DONE, _REPORT = "DONE", "REPORT"


async def print_report(start: Start) -> Retry | None:
    """One report after another, until the patient has enough."""
    who = await identify("print_report", start.shown)
    if not isinstance(who, Identified):
        return who
    while True:
        reports = await look(FetchReports(who.patient.patient_id))
        if isinstance(reports, Ended):
            return reports.end
        waiting = await _waiting(who)
        match await choose_report(reports, waiting, who.presence):
            case Chosen(report_id):
                pass
            case Back() | Leave():
                return None
            case other:
                assert_never(other)
        chosen = next(one for one in reports.reports if one.report_id == report_id)
        match await _print(who, chosen):
            case Pressed():
                continue
            case end:
                return end


async def _waiting(who: Identified) -> tuple[Text, ...]:
    """What was done today and has no report yet; nothing when nobody can say."""
    match await FetchProgress(who.patient.patient_id):
        case Progress() as progress:
            return not_ready(progress)
        case _:
            return ()


def not_ready(progress: Progress) -> tuple[Text, ...]:
    """Carried out, and not reported."""
    steps = [step for visit in progress.visits for step in visit.steps]
    reported = {step.what for step in steps if step.step == _REPORT}
    return tuple(step.what for step in steps if step.step == _DONE and step.what not in reported)


async def _print(who: Identified, report: ReportSummary) -> Pressed | Retry | None:
    match await CheckPagePrinter():
        case DeviceTrouble(_, reason):
            return await trouble(reason)
    sheet = await look(CountReportSheet(report.report_id))
    if isinstance(sheet, Ended):
        return sheet.end
    pages = await look(FetchReportPages(report.report_id, sheet.sheet))
    if isinstance(pages, Ended):
        return pages.end
    printed = await print_pages(report.report_id, pages)
    match await report_printed(report, sheet, printed, who.presence):
        case Pressed() as pressed:
            return pressed
        case Leave():
            return None


def choose_report(
    reports: Reports, waiting: tuple[Text, ...], presence: CardPresence | None
) -> Choose:
    """Ready ones, then those that are still being made."""
    ready = tuple(
        Option(
            one.report_id,
            one.title,
            "report-medical",
            note=said("Ready since {when}", when=Moment(one.ready_at)),
            side=said("Printed before") if one.prints else "",
        )
        for one in reports.reports
    )
    later = tuple(
        Option(f"waiting_{number}", what, "hourglass", off=said("Not ready yet"))
        for number, what in enumerate(waiting, 1)
    )
    return Choose(
        title=said("Which report?"),
        hint=said("Reports are printed on whole pages."),
        icon="report-medical",
        presence=presence,
        options=(*ready, *later),
        nothing=said("No report is ready for you. You are told on your phone when one is."),
    )


def report_printed(
    report: ReportSummary, sheet: ReportSheet, printed: bool, presence: CardPresence | None
) -> Finished:
    """The pages are out, or they are owed."""
    if not printed:
        return Finished(
            title=said("The report could not be printed"),
            hint=said("Nothing is lost: any other machine or window prints it."),
            icon="printer-off",
            tone=Tone.WARNING,
            presence=presence,
            big_label=report.title,
        )
    again = said("This is a copy: it was printed before.") if sheet.copy_mark else ""
    return Finished(
        title=said("Your report is printed"),
        hint=again or said("Please take the pages out of the machine."),
        icon="report-medical",
        presence=presence,
        big_label=report.title,
        buttons=(Button("more", said("Print another one"), "printer", main=False),),
    )
