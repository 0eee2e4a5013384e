"""Starts and stops the whole town around a terminal: platforms, backend, units; and the settings
that tell a kiosk and a window where everything is.

Every part is a process of its own on loopback. What a reader would get wrong: the run folder holds
Unix sockets, whose paths must be short, so it stands under the system's temporary folder.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from sandbox.settings_file import device_tables, terminal_tables, toml
from sandbox.units.control import ControlClient

ROOT = Path(__file__).resolve().parent.parent
_READY_LIMIT_S = 40.0
_STOP_LIMIT_S = 5.0
_CARDS, _BOOKLETS = 50, 10
_KIOSK_PLACE, _WINDOW_PLACE = ("自助机 A-03", "Machine A-03"), ("收费窗口 07", "Window 07")


VISIT = ("id_reader", "card_dispenser", "card_slot", "scanner", "pos", "printer")
"""The units that a patient's visit needs; a test that starts many terminals fits no others."""
WINDOW = ("scanner", "printer")
"""The units of the demo's window."""


class NotReady(RuntimeError):
    """A part did not come up; the text ends with the last lines of its log."""


class Part(Protocol):
    """A process that was started: what `subprocess.Popen` can do, as far as it is asked to here."""

    def poll(self) -> int | None:
        """Its exit status, None while it runs."""

    def wait(self, timeout: float | None = None) -> int:
        """Until it has ended. Raises subprocess.TimeoutExpired."""

    def send_signal(self, sig: int) -> None:
        """To a process that runs."""

    def kill(self) -> None:
        """SIGKILL."""


def begin(module: str, arguments: Sequence[str], log: Path) -> Part:
    """`python -m module arguments`, whose words are appended to `log`."""
    with log.open("ab") as output:
        command = [sys.executable, "-m", module, *arguments]
        return subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output)


@dataclass
class House:
    """Running parts by name; `start()` brings all up, `stop()` ends them in reverse.

    `fitted`: units of the kiosk; all of them when left out. `window`: those of the window, () for a
    house without one. `profile`: the hospital's rules, the demo's when left out. `begin`: makes a
    part a process.
    """

    run_dir: Path
    window: tuple[str, ...] = WINDOW
    fitted: tuple[str, ...] = ()
    profile: Path | None = None
    begin: Callable[[str, Sequence[str], Path], Part] = begin
    _processes: dict[str, Part] = field(default_factory=dict)

    def start(self) -> None:
        """Platforms, backend with demo data, the kiosk's units, the window's units."""
        self.run_dir.mkdir(parents=True, exist_ok=True)
        self.start_platforms()
        self.start_backend()
        self.start_units(self.run_dir / "kiosk", self.fitted)
        with ControlClient(self.run_dir / "kiosk" / "control.sock") as units:
            units.ask("card_dispenser", "load", count=_CARDS)
            if not self.fitted or "vending" in self.fitted:
                units.ask("vending", "load", selection=1, count=_BOOKLETS)
        if self.window:
            self.start_units(self.run_dir / "window", self.window)
        self.write_settings()

    def start_platforms(self) -> None:
        """Everything behind the backend: banks, insurance, city, invoices, insurer, messages."""
        ready = self.run_dir / "platforms.json"
        self._spawn("platforms", "sandbox.platforms", ready, ["--run-dir", str(self.run_dir)])

    def start_backend(self) -> None:
        """The reference backend on SQLite; again after a kill with the same database and port."""
        platforms = self.read("platforms.json")
        ready = self.run_dir / "backend.json"
        port = "0"
        if "backend" in self._processes:
            port = self.backend_url.rsplit(":", 1)[1]
        self._spawn(
            "backend",
            "settlement_backend",
            ready,
            [
                *("--demo", "--port", port),
                *("--database-url", f"sqlite:///{self.run_dir / 'backend.db'}"),
                *(word for name, url in platforms.items() for word in (f"--{name}-url", str(url))),
                *(("--profile", str(self.profile)) if self.profile else ()),
                *("--ready-file", str(ready)),
            ],
        )

    def start_units(self, folder: Path, only: Sequence[str]) -> None:
        """Virtual devices of one terminal, `only` these or all; the bank's host if there is one."""
        chosen = ["--only", ",".join(only)] if only else []
        if (self.run_dir / "platforms.json").exists():
            chosen += ["--pos-host-url", str(self.read("platforms.json")["acquirer"])]
        self._spawn(
            f"units-{folder.name}",
            "sandbox.units",
            folder / "units.json",
            ["--run-dir", str(folder), *chosen],
        )

    def write_settings(self) -> None:
        """kiosk.toml and cashier.toml in the run folder."""
        self._write("kiosk", "kiosk.toml", "K01", "demo-kiosk-01", _KIOSK_PLACE)
        if self.window:
            self._write("window", "cashier.toml", "W07", "demo-window-07", _WINDOW_PLACE)

    def environment(self, terminal: str = "kiosk") -> dict[str, str]:
        """What a terminal's process needs to find the private PC/SC service."""
        told = self.read(f"{terminal}/units.json")["environment"]
        assert isinstance(told, dict)
        return {**os.environ, **told}

    def read(self, name: str) -> dict[str, object]:
        """A JSON file of the run folder."""
        content: dict[str, object] = json.loads((self.run_dir / name).read_text("utf-8"))
        return content

    @property
    def backend_url(self) -> str:
        """Where the backend listens."""
        return str(self.read("backend.json")["url"])

    def kill(self, name: str) -> None:
        """SIGKILL one part."""
        process = self._processes[name]
        process.kill()
        process.wait(_STOP_LIMIT_S)

    def wait(self) -> None:
        """Until the part that was started first has ended."""
        next(iter(self._processes.values())).wait()

    def stop(self) -> None:
        """End everything that was started here, the last first."""
        for process in reversed(self._processes.values()):
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in reversed(self._processes.values()):
            try:
                process.wait(_STOP_LIMIT_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(_STOP_LIMIT_S)

    def _spawn(self, name: str, module: str, ready: Path, arguments: list[str]) -> None:
        ready.parent.mkdir(parents=True, exist_ok=True)
        ready.unlink(missing_ok=True)
        log = self.run_dir / f"{name}.log"
        process = self._processes[name] = self.begin(module, arguments, log)
        limit = time.monotonic() + _READY_LIMIT_S
        while not ready.exists():
            if process.poll() is not None or time.monotonic() > limit:
                tail = log.read_text("utf-8", "replace")[-2000:]
                raise NotReady(f"{name} did not come up:\n{tail}")
            time.sleep(0.02)

    def _write(
        self, terminal: str, file: str, number: str, token: str, place: tuple[str, str]
    ) -> None:
        data = str(self.run_dir / number)
        tables = terminal_tables(number, data, self.backend_url, token, place)
        tables |= device_tables(self.read(f"{terminal}/units.json"))
        (self.run_dir / file).write_text(toml(tables), "utf-8")
