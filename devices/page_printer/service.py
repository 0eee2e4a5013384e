"""The page printer as the terminal and diagnostics use it: whole pages through a CUPS queue.

What a reader would get wrong: DeviceTrouble says that no page came out; once the job began, only
"completed" is Printed, anything else is Unknown. A job whose server was lost is taken back as soon
as the server answers again, so that it never prints by itself.
"""

from __future__ import annotations

import time

from core.document import Document, Report
from core.errors import SettingsError
from core.flow import Event
from core.ports import DeviceTrouble, Printed, Unknown
from core.settings import Settings
from devices.checks import (
    LINE,
    Check,
    Fact,
    Finding,
    Identity,
    Outcome,
    failed,
    failed_because,
    passed,
)
from devices.errors import DeviceError, ProtocolError
from devices.link import Link
from devices.model import Health, HealthState, trouble
from devices.page_printer.driver import CupsQueue
from devices.page_printer.jobs import PageJob, PageLimits, cancel, failure
from devices.page_printer.pages import pdf_of
from devices.page_printer.samples import sample_report
from devices.page_printer.settings import DEVICE, PaperSize
from devices.page_printer.status import PageStatus, QueueState, health_of, reason_of, status_of
from devices.rare_text import PROPORTIONAL, Fonts, fonts_from

LOOK_S = 2.0
SCHEME = "cups:"


class PagePrinter:
    """All calls in one thread."""

    def __init__(
        self,
        path: str,
        fonts: Fonts,
        *,
        server: str = "",
        paper: PaperSize = PaperSize.A4,
        limits: PageLimits | None = None,
    ) -> None:
        self._queue = path.removeprefix(SCHEME)
        self._server = server
        self._fonts = fonts
        self._paper = paper
        self._limits = limits or PageLimits()
        self._link = Link(DEVICE, self._connect)
        self._health = Health(DEVICE)
        self._left_behind: int | None = None
        self._next_look = 0.0

    def status(self) -> PageStatus:
        """How the queue is now; reasons of an idle queue may be stale."""
        found = self._state()
        return PageStatus.OFFLINE if isinstance(found, DeviceError) else status_of(found)

    def print_pages(
        self, title: str, content: Document | Report
    ) -> Printed | DeviceTrouble | Unknown:
        """Set and print; `title` names the job and is no secret."""
        return self.print_pdf(title, self.set_pages(content))

    def set_pages(self, content: Document | Report) -> bytes:
        """A PDF on this printer's paper, in its fonts; nothing is printed."""
        return pdf_of(content, self._fonts, self._paper)

    def print_pdf(self, title: str, pdf: bytes) -> Printed | DeviceTrouble | Unknown:
        """Print a finished PDF."""
        found = self._state()
        if isinstance(found, DeviceError):
            return trouble(DEVICE, found)
        if not found.takes_jobs:
            return DeviceTrouble(DEVICE, reason_of(PageStatus.OFFLINE).value)
        job: PageJob | None = None
        try:
            job = PageJob(self._link.driver(hurry=True), self._limits)
            return job.run(title, pdf)
        except DeviceError as error:
            self._left_behind = None if job is None else job.job_id
            self._link.lost(error)
            return failure(error, may_print=self._left_behind is not None)

    def poll(self) -> list[Event]:
        """A look each LOOK_S; health changes."""
        if time.monotonic() < self._next_look:
            return []
        self._next_look = time.monotonic() + LOOK_S
        try:
            state = self._link.driver().state()
        except DeviceError as error:
            self._link.lost(error)
            return self._health.now(HealthState.OFFLINE)
        return self._health.now(health_of(status_of(state)))

    def identity(self) -> Identity | DeviceTrouble:
        """What the print server knows of the printer."""
        try:
            return self._link.driver(hurry=True).identity()
        except DeviceError as error:
            self._link.lost(error)
            return trouble(DEVICE, error)

    def checks(self) -> tuple[Check, ...]:
        """Line, queue, test page."""
        return (
            Check(LINE, self._check_line),
            Check("queue", self._check_queue),
            Check("test_page", self._check_page, hand="look_at_paper", consumes=True),
        )

    def close(self) -> None:
        """Let the connection go."""
        self._link.close()

    def _connect(self) -> CupsQueue:
        queue = CupsQueue(self._server, self._queue)
        queue.state()
        if self._left_behind is not None:
            cancel(queue, self._left_behind)
            self._left_behind = None
        return queue

    def _state(self) -> QueueState | DeviceError:
        """The queue before a job, once more on a fresh connection; nothing is printed here."""
        last: DeviceError = ProtocolError("not asked")
        for _ in range(2):
            try:
                return self._link.driver(hurry=True).state()
            except DeviceError as error:
                self._link.lost(error)
                last = error
        return last

    def _check_line(self) -> Finding:
        found = self._state()
        if isinstance(found, DeviceError):
            return failed(found)
        return passed(Fact("state", status_of(found).value))

    def _check_queue(self) -> Finding:
        found = self._state()
        if isinstance(found, DeviceError):
            return failed(found)
        facts = (
            Fact("takes_jobs", "yes" if found.takes_jobs else "no"),
            Fact("waiting_jobs", str(found.waiting_jobs)),
            Fact("reasons", " ".join(found.reasons) or "none"),
        )
        status = status_of(found)
        return passed(*facts) if status.can_print else failed_because(reason_of(status), *facts)

    def _check_page(self) -> Finding:
        began = time.monotonic()
        match self.print_pages("test page", sample_report()):
            case Printed():
                took = Fact("printed_after_s", f"{time.monotonic() - began:.1f}")
                return Finding(Outcome.UNSURE, (took,))
            case DeviceTrouble(_, reason):
                return Finding(Outcome.FAILED, (), reason)
            case Unknown(reason):
                return Finding(Outcome.FAILED, (Fact("proof_of_print", "no"),), reason)


def open_from(settings: Settings) -> PagePrinter:
    """The queue that the settings name. Raises SettingsError: no font to set pages with."""
    fonts = fonts_from(settings, DEVICE, PROPORTIONAL)
    if fonts is None:
        raise SettingsError(
            "page_printer.fonts: no font is installed; install fonts-wqy-microhei and "
            "fonts-hanazono, or name TrueType files"
        )
    return PagePrinter(
        settings.text("page_printer.path"),
        fonts,
        server=settings.text("page_printer.server"),
        paper=PaperSize(settings.text("page_printer.paper")),
    )
