"""Reports as files: pages set as PDF, rows written as CSV, bytes of the backend kept as they came.

Talks to the reports folder; runs in the maintenance worker. What a reader would get wrong: a name
carries the moment, so nothing is ever written over, and a cell never begins as a formula does.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import assert_never

from core.catalogue import Catalogue
from core.clock import CHINA, Clock
from core.papers import Pdf, WrittenPages
from core.phrase import spoken
from core.ports import Refused
from core.routes import Lane, Route, Wish
from core.settings import Settings
from core.steps.files import Csv, FileContent, Saved, SaveFile, WrittenRows
from devices.page_printer.settings import PaperSize
from devices.rare_text import PROPORTIONAL, Fonts, readable
from terminal.page_acts import report_of
from terminal.routes import Table
from terminal.slips import Letterhead, Moment

_LIMIT_MS = 30_000
_MARK = "\ufeff"  # spreadsheets read UTF-8 by it
_NEVER_FIRST = ("=", "+", "@", "\t")  # what a spreadsheet would take for a formula


class Saving:
    """All in the maintenance worker."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        letterhead: Callable[[], Letterhead],
        journal_head: Callable[[], tuple[int, str]],
        catalogue: Callable[[], Catalogue],
    ) -> None:
        data = Path(settings.text("terminal.data"))
        self._folder = Path(settings.text("terminal.reports") or data / "reports")
        self._clock, self._letterhead = clock, letterhead
        self._journal_head, self._catalogue = journal_head, catalogue

    def save(self, step: SaveFile, _wish: Wish) -> Saved | Refused:
        """Refused `disk` when the folder takes no file, `no_font` when no page can be set."""
        now = self._clock.wall().astimezone(CHINA)
        suffix = ".pdf" if isinstance(step.content, Pdf | WrittenPages) else ".csv"
        content = self._bytes(step.content, now)
        if content is None:
            return Refused("no_font")
        path = self._folder / f"{step.name}-{now:%Y%m%d-%H%M%S-%f}{suffix}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError:
            return Refused("disk")
        return Saved(str(path))

    def _bytes(self, content: FileContent, now: datetime) -> bytes | None:
        match content:
            case Pdf(told) | Csv(told):
                return told
            case WrittenRows(rows):
                _ = self._catalogue()
                return csv_of(tuple(tuple(spoken(cell, _) for cell in row) for row in rows))
            case WrittenPages():
                return self._pages(content, now)
            case _:
                assert_never(content)

    def _pages(self, content: WrittenPages, now: datetime) -> bytes | None:
        files = readable(PROPORTIONAL)
        if not files:
            return None
        from devices.page_printer.pages import pdf_of  # reportlab only when pages are made

        moment = Moment(f"{now:%Y-%m-%d %H:%M}", *self._journal_head())
        report = report_of(content, self._letterhead(), moment, self._catalogue())
        return pdf_of(report, Fonts(files), PaperSize.A4)


def csv_of(rows: tuple[tuple[str, ...], ...]) -> bytes:
    """As a spreadsheet of any country reads it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([f"'{cell}" if cell.startswith(_NEVER_FIRST) else cell for cell in row])
    return (_MARK + text.getvalue()).encode()


def saving_routes(lane: Lane, saving: Saving) -> Table:
    """One Act."""
    return {SaveFile: Route(lane, saving.save, Refused("busy"), Refused("deadline"), _LIMIT_MS)}
