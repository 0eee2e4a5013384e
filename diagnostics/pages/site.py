"""What is true of the machine around the program, as measured now (S48, H04)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from core.catalogue import Catalogue
from core.upkeep.steps import SiteFact, SiteReport
from core.upkeep.words import SITE, VERDICTS, word
from diagnostics.pages.look import Look
from diagnostics.pages.parts import Say, Sheet, banner, button, column, nothing
from diagnostics.pages.results import told_part
from diagnostics.pages.table import Cell, Column, table
from diagnostics.steps import Work
from diagnostics.views import Tone, verdict_tone

GROUPS = ("network", "clock", "disk", "protection", "site")


def site_page(look: Look, work: Work, say: Say) -> QWidget:
    """One table a group, the verdict of the whole on top."""
    _ = look.words
    page, body = column()
    body.setSpacing(look.px(12))
    told = told_part(look, work.told)
    if told is not None:
        body.addWidget(told)
    report = work.found if isinstance(work.found, SiteReport) else SiteReport(())
    body.addWidget(_verdict(look, report, say))
    for group in GROUPS:
        facts = [fact for fact in report.facts if fact.group == group]
        sheet = Sheet(look, group_title(group, _))
        sheet.body.addWidget(_facts(look, group, facts) if facts else nothing(_("Not measured.")))
        body.addWidget(sheet)
    body.addStretch()
    return page


def group_title(group: str, _: Catalogue) -> str:
    """The heading of a group of facts."""
    return {
        "network": _("Network"),
        "clock": _("Clock"),
        "disk": _("Disk"),
        "protection": _("Protection"),
        "site": _("Power and site"),
    }[group]


def _verdict(look: Look, report: SiteReport, say: Say) -> QWidget:
    _ = look.words
    bad = sum(fact.verdict == "bad" for fact in report.facts)
    unsure = sum(fact.verdict == "unsure" for fact in report.facts)
    if bad:
        tone, text = Tone.BAD, _("{count} measured facts are not good.").format(count=bad)
    elif not report.facts:
        tone, text = Tone.UNSURE, _("Not measured.")
    else:
        tone = Tone.GOOD
        text = _("Nothing is bad; {count} facts cannot be measured.").format(count=unsure)
    frame = banner(look, tone, text, "site_verdict")
    row = frame.layout()
    assert row is not None
    row.addWidget(button(look, "measure", _("Measure again"), lambda: say("measure", "")))
    return frame


def _facts(look: Look, group: str, facts: list[SiteFact]) -> QWidget:
    _ = look.words
    rows = [
        (
            Cell(word(SITE, fact.name, _)),
            Cell(fact.value or "-"),
            Cell(word(VERDICTS, fact.verdict, _), verdict_tone(fact.verdict)),
        )
        for fact in facts
    ]
    columns = (
        Column(_("Fact"), wide=True),
        Column(_("Measured"), wide=True),
        Column(_("Verdict"), fits=tuple(word(VERDICTS, one, _) for one in VERDICTS)),
    )
    return table(look, f"site_{group}", group_title(group, _), columns, rows, whole=True)
