"""What `python -m devices` does: list, status, test, loop, watch, on the devices of one file.

Every command says whether all was well. What a reader would get wrong: every test leaves its
record in the terminal's journal, like one run from the technician's mode, and so does what it
used up.
"""

from __future__ import annotations

import getpass
import time
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from pathlib import Path

from core.audit import AuditEvent, audit_entry
from core.clock import SystemClock
from core.errors import JournalError, ZhenfuError
from core.journal.store import SqliteJournal
from core.ports import DeviceHealth, DeviceTrouble
from core.settings import Settings
from core.upkeep.checks import CheckRecord
from core.upkeep.consumables import Item
from core.upkeep.devices import WELL
from devices.checks import Check, Finding, Identity, Outcome, Service
from devices.diagnostics.bench import Bench, BenchBusy, BenchCrashed
from devices.diagnostics.grammar import Speaker
from devices.diagnostics.loops import Loop, loops_of
from devices.diagnostics.records import record_of, used_up
from devices.fitting import FITTINGS
from devices.model import TroubleReason

CRASHED = "crashed"
_FIRST_WORD_S = 5.0
_LOOK_S = 0.05


class NoSuchTest(ZhenfuError):
    """A name that `list` does not show."""


class Commands:
    """The commands on one open bench; each gives whether all was well."""

    def __init__(self, settings: Settings, bench: Bench, speaker: Speaker) -> None:
        self._settings, self._bench, self._say = settings, bench, speaker

    def list_devices(self) -> bool:
        """Every kind of device: fitted or not, its path, its checks; then the loops."""
        for fitting in FITTINGS:
            if fitting.name in self._bench.fitted:
                checks = [check.name for check in self._bench.checks(fitting.name)]
                path = f"{fitting.name}.path"
                told = {"path": self._settings.text(path)} if self._settings.has(path) else {}
                self._say.ok(fitting.name, {**told, "checks": ",".join(checks)})
            else:
                self._say.trace(f"{fitting.name} is not fitted")
        for loop in loops_of(self._bench.fitted):
            self._say.ok(f"loop.{loop.name}", {"devices": ",".join(loop.devices)})
        return True

    def status(self) -> bool:
        """Health and identity of every fitted device."""
        return _every(self._guarded(device, self._status_of) for device in self._bench.fitted)

    def test(self, name: str) -> bool:
        """`all`, a device, or DEVICE.CHECK. Raises NoSuchTest.

        Only a check that is named by its own name may need a hand, or use something up.
        """
        device, _, wanted = name.partition(".")
        devices = self._bench.fitted if name == "all" else (device,)
        chosen = [
            (fitted, check)
            for fitted in devices
            if fitted in self._bench.fitted
            for check in self._bench.checks(fitted)
            if (check.name == wanted if wanted else not (check.hand or check.consumes))
        ]
        if not chosen:
            raise NoSuchTest(f"there is no test {name}; see list")
        return _every(self._run(fitted, check) for fitted, check in chosen)

    def loop(self, name: str) -> bool:
        """One loop, or `all`. Raises NoSuchTest."""
        chosen = [loop for loop in loops_of(self._bench.fitted) if name in (loop.name, "all")]
        if not chosen:
            raise NoSuchTest(f"there is no loop {name} on this machine; see list")
        return _every(self._run_loop(loop) for loop in chosen)

    def watch(self, seconds: float | None) -> bool:
        """Tell every event as it comes, until interrupted or `seconds` are over."""
        end = None if seconds is None else time.monotonic() + seconds
        watched = list(self._bench.fitted)
        with suppress(KeyboardInterrupt):
            while end is None or time.monotonic() < end:
                watched = [device for device in watched if self._guarded(device, self._look_at)]
                time.sleep(_LOOK_S)
        return watched == list(self._bench.fitted)

    def _look_at(self, device: str) -> bool:
        for event in self._bench.on(device, lambda service: service.poll()):
            self._say.progress(f"{device} {event!r}")
        return True

    def _status_of(self, device: str) -> bool:
        state = self._bench.on(device, _state)
        identity = self._bench.on(device, lambda service: service.identity())
        facts = {"state": state}
        match identity:
            case Identity(model, firmware, serial):
                told = {"model": model, "firmware": firmware, "serial": serial}
                facts |= {name: value for name, value in told.items() if value}
            case DeviceTrouble(_, reason):
                self._say.error(reason, f"{device} does not say who it is", device, facts)
                return False
        if state not in WELL:
            self._say.error(state, f"{device} is {state}", device, facts)
            return False
        self._say.ok(device, facts)
        return True

    def _run(self, device: str, check: Check) -> bool:
        def work() -> Finding:
            return self._bench.on(device, lambda _service: check.work())

        return self._tell(device, check.name, check.hand, (device,) if check.consumes else (), work)

    def _run_loop(self, loop: Loop) -> bool:
        return self._tell("loop", loop.name, loop.hand, loop.devices, lambda: loop.run(self._bench))

    def _tell(
        self,
        device: str,
        check: str,
        hand: str,
        used_at: tuple[str, ...],
        work: Callable[[], Finding],
    ) -> bool:
        name = f"{device}.{check}"
        self._say.progress(f"{name} {hand}".rstrip())
        return self._guarded(name, lambda _name: self._finished(device, check, used_at, work()))

    def _finished(
        self, device: str, check: str, used_at: tuple[str, ...], finding: Finding
    ) -> bool:
        name = f"{device}.{check}"
        record = record_of(device, check, finding, f"shell:{getpass.getuser()}")
        self._record(record, used_up(finding, used_at))
        facts = dict(record.facts)
        if finding.outcome is Outcome.FAILED:
            self._say.error(record.reason, f"{name} failed", name, facts)
            return False
        self._say.ok(name, {"outcome": record.outcome, **facts})
        return True

    def _guarded(self, name: str, work: Callable[[str], bool]) -> bool:
        """A fault of this program at one device does not keep the others from being tried."""
        try:
            return work(name)
        except BenchCrashed as error:
            self._say.error(CRASHED, str(error), name)
        except BenchBusy as error:
            self._say.error(TroubleReason.BUSY.value, str(error), name)
        return False

    def _record(self, record: CheckRecord, used: tuple[Item, ...]) -> None:
        journal = Path(self._settings.text("terminal.data")) / "journal.db"
        terminal_id = self._settings.text("terminal.id")
        try:
            with closing(SqliteJournal(journal, terminal_id, SystemClock())) as store:
                store.append(audit_entry(AuditEvent.DEVICE_TESTED, record.payload()), "")
                for item in used:
                    facts = {"item": item.value, "pieces": 1}
                    store.append(audit_entry(AuditEvent.CONSUMED, facts), "")
        except JournalError as error:
            self._say.trace(f"not recorded: {error}")


def _every(answers: Iterable[bool]) -> bool:
    """Asks for all of them, so that a first failure does not keep the rest from being tried."""
    return all(list(answers))


def _state(service: Service) -> str:
    """The first word about health, which every service gives at its first polls."""
    end = time.monotonic() + _FIRST_WORD_S
    while time.monotonic() < end:
        for event in service.poll():
            if isinstance(event, DeviceHealth):
                return event.state
        time.sleep(_LOOK_S)
    return "unknown"
