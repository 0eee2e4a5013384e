"""The readiness report: is this machine fit to serve, as measured now; one page for signature.

Pure: from what was seen and measured to a report; `devices.page_printer` makes the PDF.
"""

from __future__ import annotations

from datetime import datetime

from core.catalogue import Catalogue
from core.clock import CHINA
from core.document import Report, Section, Table
from core.upkeep.checks import CheckRecord
from core.upkeep.consumables import Level
from core.upkeep.steps import DeviceView, MachineView, SiteReport
from core.upkeep.words import (
    ALARMS,
    CHECKS,
    DEVICES,
    FUNCTIONS,
    INPUTS,
    ITEMS,
    OUTCOMES,
    SITE,
    STATES,
    TROUBLES,
    VERDICTS,
    word,
)

_LAST_CHECKS = 20


def readiness(
    view: MachineView,
    site: SiteReport,
    terminal_id: str,
    person: str,
    now: datetime,
    catalogue: Catalogue,
) -> Report:
    """In the catalogue's language. `now`: local time."""
    _ = catalogue
    ready = not view.alarms and not any(fact.verdict == "bad" for fact in site.facts)
    verdict = _("Ready for service") if ready else _("Not ready: see the alarms")
    sections = (
        Section(verdict, (f"{terminal_id} · {now:%Y-%m-%d %H:%M} · {person}",)),
        _table(
            _("Alarms"),
            (_("Alarm"), _("Subject"), _("Detail")),
            [
                (word(ALARMS, a.code, _), _subject(a.subject, _), word(STATES, a.detail, _))
                for a in view.alarms
            ],
        ),
        _table(
            _("Devices"),
            (_("Device"), _("State"), _("Since"), _("Firmware"), _("Serial number")),
            [_device(device, _) for device in view.devices if device.path],
        ),
        _table(
            _("Functions"),
            (_("Function"), _("State")),
            [
                (word(FUNCTIONS, f.name, _), word(TROUBLES, f.missing, _) or _("works"))
                for f in view.functions
            ],
        ),
        _table(
            _("Consumables"),
            (_("Item"), _("Left"), _("Used today")),
            [_level(level, _) for level in view.levels],
        ),
        _table(
            _("Latest checks"),
            (_("Time"), _("Check"), _("Result"), _("Person")),
            [_check(record, _) for record in view.records[:_LAST_CHECKS]],
        ),
        _table(
            _("Site"),
            (_("Fact"), _("Measured"), _("Verdict")),
            [
                (word(SITE, fact.name, _), fact.value or "-", word(VERDICTS, fact.verdict, _))
                for fact in site.facts
            ],
        ),
        Section(_("Signature"), ("\u00a0", "_" * 40)),
    )
    return Report(_("Readiness report"), sections, terminal_id)


def _table(heading: str, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> Section:
    """A section with its table; a dash when there is nothing to tell."""
    return Section(heading, () if rows else ("-",), (Table(head, tuple(rows)),) if rows else ())


def _level(level: Level, _: Catalogue) -> tuple[str, ...]:
    left = "?" if level.left is None else str(level.left)
    return word(ITEMS, level.item.value, _), left, str(level.used_today)


def _device(device: DeviceView, _: Catalogue) -> tuple[str, ...]:
    history = device.history
    return (
        word(DEVICES, device.name, _),
        word(STATES, history.state, _),
        _local(history.since),
        history.firmware or "-",
        history.serial or "-",
    )


def _check(record: CheckRecord, _: Catalogue) -> tuple[str, ...]:
    name = f"{_subject(record.device, _)} · {word(CHECKS, record.check, _)}"
    return _local(record.at), name, word(OUTCOMES, record.outcome, _), record.person


def _subject(name: str, _: Catalogue) -> str:
    return word({**DEVICES, **ITEMS, **INPUTS}, name, _)


def _local(iso: str) -> str:
    return f"{datetime.fromisoformat(iso).astimezone(CHINA):%m-%d %H:%M}" if iso else "-"
