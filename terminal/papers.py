"""Files for people: the readiness report (PDF), the support bundle (ZIP), problem reports.

Talks to the data folder, and to the page printer when one is fitted. What a reader would get wrong:
the printed report is the very file that was written, not a second one set anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from core.audit import AuditEvent
from core.catalogue import Catalogue
from core.clock import CHINA, Clock
from core.errors import JournalError
from core.journal.records import Record
from core.ports import Printed, Refused, Unknown
from core.routes import Wish
from core.settings import Settings
from core.steps import Facts, JournalBroken, Recorded
from core.upkeep import steps
from core.upkeep.consumables import OF_DEVICE
from core.upkeep.steps import MachineView
from devices.diagnostics.bench import Bench, BenchBusy
from devices.page_printer.settings import PaperSize
from devices.rare_text import PROPORTIONAL, Fonts, readable
from terminal.bundle import PICTURE, REPORT, bundle_bytes
from terminal.readiness import readiness
from terminal.site import Site, tail

_MAX_LOG_BYTES = 4 * 1024 * 1024
_MAX_PICTURE_BYTES = 64 * 1024 * 1024
_PRINTER = "page_printer"
_PAGE = re.compile(rb"/Type\s*/Page\b")


def pages_in(pdf: bytes) -> int:
    """How many sheets a PDF uses up; at least one."""
    return max(1, len(_PAGE.findall(pdf)))


@dataclass(frozen=True, slots=True)
class PaperParts:
    """What the machine hands over. `look`: the machine as it is now. `records`: the journal."""

    settings: Settings
    bench: Bench
    site: Site
    clock: Clock
    look: Callable[[], MachineView]
    records: Callable[[], list[Record]]
    catalogue: Callable[[], Catalogue]
    audit: Callable[[AuditEvent, Facts], None]


class PaperActs:
    """All in the maintenance worker."""

    def __init__(self, parts: PaperParts) -> None:
        self._parts = parts
        self._folder = Path(parts.settings.text("terminal.data")) / "maintenance"

    def report(self, step: steps.MakeReadinessReport, _wish: Wish) -> steps.Made | Refused:
        """Measured now, written as PDF, printed on demand."""
        parts = self._parts
        try:
            view = parts.look()
        except JournalError:
            return Refused("journal_broken")
        report = readiness(
            view, parts.site.measured(), self._name(), step.person, self._now(), parts.catalogue()
        )
        files = readable(PROPORTIONAL)
        if not files:
            return Refused("no_font")
        from devices.page_printer.pages import pdf_of  # reportlab only when a report is made

        pdf = pdf_of(report, Fonts(files), self._paper())
        path = self._write("readiness", ".pdf", pdf)
        if path is None:
            return Refused("disk")
        parts.audit(AuditEvent.REPORT_MADE, {"person": step.person})
        return steps.Made(str(path), step.print_it and self._printed(report.title, pdf))

    def bundle(self, step: steps.MakeSupportBundle, _wish: Wish) -> steps.Made | Refused:
        """One ZIP without personal data."""
        parts = self._parts
        try:
            view, records = parts.look(), parts.records()
        except JournalError:
            return Refused("journal_broken")
        site = parts.site.measured()
        content = bundle_bytes(parts.settings, view, site, records, self._logs())
        path = self._write("bundle", ".zip", content)
        if path is None:
            return Refused("disk")
        parts.audit(AuditEvent.BUNDLE_MADE, {"person": step.person})
        return steps.Made(str(path))

    def problem(self, step: steps.ReportProblem, _wish: Wish) -> Recorded | JournalBroken:
        """A text and a picture beside the journal; the bundle carries both (S52)."""
        told = {"person": step.person, "text": step.text}
        path = self._write("problem", REPORT, json.dumps(told, ensure_ascii=False).encode())
        if path is None:
            return JournalBroken()
        if step.picture:
            with suppress(OSError):  # the words are there; a full disk is an alarm of its own
                path.with_suffix(PICTURE).write_bytes(step.picture)
        self._parts.audit(AuditEvent.PROBLEM_REPORTED, {"person": step.person, "file": path.name})
        return Recorded()

    def _printed(self, title: str, pdf: bytes) -> bool:
        if _PRINTER not in self._parts.bench.fitted:
            return False
        try:
            answer = self._parts.bench.on(_PRINTER, lambda printer: printer.print_pdf(title, pdf))
        except BenchBusy:
            return False
        if isinstance(answer, Printed | Unknown):
            for item in OF_DEVICE[_PRINTER]:
                facts = {"item": item.value, "pieces": pages_in(pdf)}
                self._parts.audit(AuditEvent.CONSUMED, facts)
        return isinstance(answer, Printed)

    def _paper(self) -> PaperSize:
        key, settings = f"{_PRINTER}.paper", self._parts.settings
        return PaperSize(settings.text(key)) if settings.has(key) else PaperSize.A4

    def _write(self, kind: str, suffix: str, content: bytes) -> Path | None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._folder / f"{kind}-{self._now():%Y%m%d-%H%M%S-%f}{suffix}"
            path.write_bytes(content)
        except OSError:
            return None
        return path

    def _logs(self) -> dict[str, bytes]:
        """The program's logs and reported problems; of a long log its end."""
        folder = Path(self._parts.settings.text("terminal.data"))
        files = [*folder.glob("*.log*"), *self._folder.glob("problem-*")]
        return {
            file.name: tail(file, _MAX_PICTURE_BYTES if file.suffix == PICTURE else _MAX_LOG_BYTES)
            for file in sorted(files)
        }

    def _name(self) -> str:
        return self._parts.settings.text("terminal.id")

    def _now(self) -> datetime:
        return self._parts.clock.wall().astimezone(CHINA)
