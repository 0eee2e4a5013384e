"""One document through a CUPS queue: given over, watched, and taken back when it stands still.

What a reader would get wrong: a job that began may have put pages out, so after that only
"completed" is Printed and nothing is DeviceTrouble any more.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from core.ports import DeviceTrouble, Printed, Unknown
from devices.errors import DeviceError, DeviceRefused
from devices.model import TroubleReason, trouble
from devices.page_printer.driver import CupsQueue, JobState
from devices.page_printer.settings import DEVICE
from devices.page_printer.status import reason_of, status_of


@dataclass(frozen=True, slots=True)
class PageLimits:
    """Timers (docs/protocols/cups.md)."""

    look_s: float = 0.2
    stop_s: float = 3.0
    job_s: float = 120.0
    cancel_s: float = 5.0


class PageJob:
    """`job_id` is None before the server gave a number."""

    def __init__(self, queue: CupsQueue, limits: PageLimits) -> None:
        self._queue = queue
        self._limits = limits
        self.job_id: int | None = None

    def run(self, title: str, pdf: bytes) -> Printed | DeviceTrouble | Unknown:
        """Raises DeviceError when the server is lost; the job may then still print."""
        job_id = self.job_id = self._queue.create(title)
        try:
            self._queue.send(job_id, title, pdf)
        except DeviceRefused:
            return self._take_back(job_id, TroubleReason.HARDWARE_ERROR)
        return self._follow(job_id)

    def _follow(self, job_id: int) -> Printed | DeviceTrouble | Unknown:
        deadline = time.monotonic() + self._limits.job_s
        well_at = time.monotonic()
        while (now := time.monotonic()) < deadline:
            job = self._queue.job(job_id)
            if job.ended:
                return _result(job, TroubleReason.HARDWARE_ERROR)
            status = status_of(self._queue.state())
            if status.can_print:
                well_at = now
            elif now - well_at >= self._limits.stop_s:
                return self._take_back(job_id, reason_of(status))
            time.sleep(self._limits.look_s)
        return self._take_back(job_id, TroubleReason.TIMEOUT)

    def _take_back(self, job_id: int, reason: TroubleReason) -> Printed | DeviceTrouble | Unknown:
        """Cancel, and read what it came to: the job may have ended in between."""
        cancel(self._queue, job_id)
        deadline = time.monotonic() + self._limits.cancel_s
        while True:
            job = self._queue.job(job_id)
            if job.ended or time.monotonic() >= deadline:
                return _result(job, reason)
            time.sleep(self._limits.look_s)


def cancel(queue: CupsQueue, job_id: int) -> None:
    """Take a job back; one that ended already is let be. Raises DeviceError: server lost."""
    try:
        queue.cancel(job_id)
    except DeviceRefused:
        return


def failure(error: DeviceError, *, may_print: bool) -> DeviceTrouble | Unknown:
    """What a lost server comes to."""
    if may_print:
        return Unknown(str(error))
    return trouble(DEVICE, error)


def _result(job: JobState, reason: TroubleReason) -> Printed | DeviceTrouble | Unknown:
    if job.completed:
        return Printed()
    if job.began or not job.ended:
        return Unknown(reason.value)
    return DeviceTrouble(DEVICE, reason.value)
