"""All probes of one terminal together, and the site facts somebody wrote into the settings."""

from __future__ import annotations

from collections.abc import Callable
from os import SEEK_END
from pathlib import Path

from core.routes import Wish
from core.settings import Settings
from core.upkeep.steps import LogPage, ProbeSite, ReadLog, SiteFact, SiteReport
from terminal import integrity, probes

_LOG_LINES = 500
_LOG_BYTES = 1024 * 1024


def tail(file: Path, limit_bytes: int) -> bytes:
    """The last whole lines of a file that may be long; nothing when it cannot be read."""
    try:
        with file.open("rb") as log:
            begin = max(log.seek(0, SEEK_END) - limit_bytes, 0)
            log.seek(begin)
            found = log.read(limit_bytes)
    except OSError:
        return b""
    return found.partition(b"\n")[2] if begin else found


class Site:
    """`skew_s`: backend's clock minus ours, None before the first sign-on."""

    def __init__(self, settings: Settings, skew_s: Callable[[], int | None]) -> None:
        self._settings, self._skew_s = settings, skew_s
        self._data = Path(settings.text("terminal.data"))

    def probe(self, _step: ProbeSite, _wish: Wish) -> SiteReport:
        """Measure everything now."""
        return self.measured()

    def measured(self) -> SiteReport:
        """Network, clock, disk, protection, power, and what was written down."""
        told = [
            SiteFact("site", setting.key.removeprefix("site."), value, "unsure")
            for setting in probes.SETTINGS
            if (value := self._settings.text(setting.key))
        ]
        return SiteReport(
            (
                *probes.network(self._settings.text("backend.url")),
                *probes.clock(self._skew_s()),
                *probes.disk(self._data),
                *probes.protection(integrity.ROOT, integrity.MANIFEST),
                *probes.power(),
                *told,
            )
        )

    def log(self, step: ReadLog, _wish: Wish) -> LogPage:
        """The last lines of the terminal's log that contain the text."""
        whole = tail(self._data / "terminal.log", _LOG_BYTES)
        lines = whole.decode("utf-8", "replace").split("\n")[:-1]
        found = [line for line in lines if step.text.casefold() in line.casefold()]
        return LogPage(tuple(found[-_LOG_LINES:]))
