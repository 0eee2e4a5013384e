"""The readiness report's content: what it says of a machine that is fit, and of one that is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from upkeep_bench import MESSAGES, Upkeep

from core.audit import AuditEvent
from core.catalogue import LANGUAGES, Catalogue
from core.clock import CHINA
from core.document import Report
from core.upkeep.steps import Alarm, MachineView, SiteFact, SiteReport
from terminal.readiness import readiness
from tests.helpers.bench import FakeService

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC).astimezone(CHINA)
GOOD = SiteReport(
    (SiteFact("disk", "free", "9999 MB", "good"), SiteFact("clock", "skew", "", "unsure"))
)
BAD = SiteReport((SiteFact("protection", "program", "1 changed: core/money.py", "bad"),))


def view(folder: Path) -> MachineView:
    """A machine with a POS and a scanner, all well."""
    tables = '[pos]\npath = "tcp:127.0.0.1:9"\n[scanner]\npath = "serial:/dev/scanner"\n'
    made = Upkeep(folder, {"pos": FakeService(), "scanner": FakeService()}, tables)
    facts = {"model": "P1", "firmware": "1.2.3", "serial": "SN-77"}
    made.audit(AuditEvent.DEVICE_IDENTIFIED, device="pos", **facts)
    made.audit(AuditEvent.DEVICE_CHANGED, device="pos", state="ok")
    return made.acts.view(made.keeper.records())


def texts(report: Report) -> list[str]:
    """Everything it says."""
    told = [report.title, report.foot]
    for section in report.sections:
        told += [section.heading, *section.paragraphs]
        told += [
            cell for table in section.tables for row in (table.head, *table.rows) for cell in row
        ]
    return told


def report(seen: MachineView, site: SiteReport, language: str = "en") -> Report:
    return readiness(seen, site, "K01", "T-07", NOW, Catalogue(language, MESSAGES))


def test_machine_without_alarms_and_bad_facts_is_ready(tmp_path: Path) -> None:
    told = texts(report(view(tmp_path), GOOD))
    assert "Ready for service" in told
    assert "K01 · 2026-03-02 12:00 · T-07" in told
    assert {"1.2.3", "SN-77", "9999 MB", "cannot be measured"} <= set(told)


ALARMED: dict[str, Callable[[MachineView], tuple[MachineView, SiteReport]]] = {
    "alarm": lambda seen: (replace(seen, alarms=(Alarm("low", "toner", "5"),)), GOOD),
    "bad fact": lambda seen: (seen, BAD),
}


@pytest.mark.parametrize("case", ALARMED)
def test_machine_with_an_alarm_or_a_bad_fact_is_not_ready(tmp_path: Path, case: str) -> None:
    told = texts(report(*ALARMED[case](view(tmp_path))))
    assert "Not ready: see the alarms" in told
    assert "Ready for service" not in told


def test_what_is_not_fitted_takes_no_line(tmp_path: Path) -> None:
    (devices,) = [s for s in report(view(tmp_path), GOOD).sections if s.heading == "Devices"]
    assert [row[0] for table in devices.tables for row in table.rows] == ["Scanner", "Bank POS"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_languages_have_every_section_and_a_line_to_sign(
    tmp_path: Path, language: str
) -> None:
    made = report(view(tmp_path), GOOD, language)
    assert len(made.sections) == 8
    assert made.sections[-1].paragraphs[-1] == "_" * 40
    assert made.foot == "K01"


def test_old_checks_are_left_out(tmp_path: Path) -> None:
    made = Upkeep(tmp_path, {"pos": FakeService()})
    for number in range(30):
        facts = {"check": "line", "outcome": "passed", "reason": "", "facts": "[]"}
        made.audit(AuditEvent.DEVICE_TESTED, device="pos", person=f"T-{number}", **facts)
    told = texts(report(made.acts.view(made.keeper.records()), GOOD))
    assert ("T-29" in told, "T-10" in told, "T-9" in told) == (True, True, False)
