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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sandbox.units.control import ControlClient

ROOT = Path(__file__).resolve().parent.parent
_READY_LIMIT_S = 40.0
_STOP_LIMIT_S = 5.0
_CARDS = 50


class NotReady(RuntimeError):
    """A part did not come up; the text ends with the last lines of its log."""


@dataclass
class House:
    """Running parts by name; `start()` brings all up, `stop()` ends them in reverse."""

    run_dir: Path
    window: bool = True
    _processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self) -> None:
        """Platforms, backend with demo data, the kiosk's units, the window's units."""
        self.run_dir.mkdir(parents=True, exist_ok=True)
        self.start_platforms()
        self.start_backend()
        self.start_units(self.run_dir / "kiosk", ())
        with ControlClient(self.run_dir / "kiosk" / "control.sock") as units:
            units.ask("card_dispenser", "load", count=_CARDS)
        if self.window:
            self.start_units(self.run_dir / "window", ("scanner", "receipt_printer"))
        self.write_settings()

    def start_platforms(self) -> None:
        """Acquirer and insurance platform."""
        ready = self.run_dir / "platforms.json"
        self._spawn("platforms", ready, ["-m", "sandbox.platforms", "--run-dir", str(self.run_dir)])

    def start_backend(self) -> None:
        """The reference backend on SQLite; again after a kill with the same database and port."""
        platforms = self.read("platforms.json")
        ready = self.run_dir / "backend.json"
        port = "0"
        if "backend" in self._processes:
            port = self.backend_url.rsplit(":", 1)[1]
        self._spawn(
            "backend",
            ready,
            [
                *("-m", "settlement_backend", "--demo", "--port", port),
                *("--database-url", f"sqlite:///{self.run_dir / 'backend.db'}"),
                *("--acquirer-url", str(platforms["acquirer"])),
                *("--insurance-url", str(platforms["insurance"])),
                *("--ready-file", str(ready)),
            ],
        )

    def start_units(self, folder: Path, only: Sequence[str]) -> None:
        """Virtual devices of one terminal; `only` names a selection."""
        names = {"receipt_printer": "printer"}
        chosen = ["--only", ",".join(names.get(name, name) for name in only)] if only else []
        host = str(self.read("platforms.json")["acquirer"])
        self._spawn(
            f"units-{folder.name}",
            folder / "units.json",
            ["-m", "sandbox.units", "--run-dir", str(folder), "--pos-host-url", host, *chosen],
        )

    def write_settings(self) -> None:
        """kiosk.toml and cashier.toml in the run folder."""
        kiosk = self.read("kiosk/units.json")
        fitted = {
            "id_card": kiosk["id_reader"],
            "card_dispenser": kiosk["card_dispenser"],
            "smart_card": kiosk["card_slot"],
            "scanner": kiosk["scanner"],
            "pos": kiosk["pos"],
            "receipt_printer": kiosk["printer"],
        }
        self._write("kiosk.toml", "K01", "demo-kiosk-01", ("自助机 A-03", "Machine A-03"), fitted)
        if self.window:
            units = self.read("window/units.json")
            fitted = {"scanner": units["scanner"], "receipt_printer": units["printer"]}
            place = ("收费窗口 07", "Window 07")
            self._write("cashier.toml", "W07", "demo-window-07", place, fitted)

    def environment(self) -> dict[str, str]:
        """What a terminal's process needs to find the private PC/SC service."""
        told = self.read("kiosk/units.json")["environment"]
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

    def _spawn(self, name: str, ready: Path, arguments: list[str]) -> None:
        ready.parent.mkdir(parents=True, exist_ok=True)
        ready.unlink(missing_ok=True)
        log = self.run_dir / f"{name}.log"
        with log.open("ab") as output:
            process = subprocess.Popen(
                [sys.executable, *arguments], cwd=ROOT, stdout=output, stderr=output
            )
        self._processes[name] = process
        limit = time.monotonic() + _READY_LIMIT_S
        while not ready.exists():
            if process.poll() is not None or time.monotonic() > limit:
                tail = log.read_text("utf-8", "replace")[-2000:]
                raise NotReady(f"{name} did not come up:\n{tail}")
            time.sleep(0.02)

    def _write(
        self,
        file: str,
        terminal_id: str,
        token: str,
        place: tuple[str, str],
        fitted: Mapping[str, object],
    ) -> None:
        lines = [
            "[terminal]",
            f'id = "{terminal_id}"',
            f'data = "{self.run_dir / terminal_id}"',
            "full_screen = false",
            "[backend]",
            f'url = "{self.backend_url}"',
            f'token = "{token}"',
            "[hospital]",
            'name_zh = "温和医科大学附属医院"',
            'name_en = "Wenhe University Hospital"',
            f'place_zh = "{place[0]} · 门诊一楼"',
            f'place_en = "{place[1]}, outpatient hall 1F"',
            'service_line = "0577-8800 2120"',
        ]
        for name, unit in fitted.items():
            assert isinstance(unit, dict)
            lines += [f"[{name}]", f'path = "{unit["path"]}"']
        (self.run_dir / file).write_text("\n".join(lines) + "\n", "utf-8")
