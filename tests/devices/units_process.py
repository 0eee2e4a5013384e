"""The real virtual-units program as a child process, and a slot service beside it."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from peer import wait_until

from sandbox.units.control import ControlClient

LIMIT_S = 9.0
_ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True, slots=True)
class Paper:
    """One slip as the virtual printer recorded it."""

    lines: tuple[str, ...]
    codes: tuple[str, ...]


class Units:
    """`only`: names of the units. Ended by `stop`."""

    def __init__(self, run_dir: Path, only: str, *arguments: str) -> None:
        command = [sys.executable, "-m", "sandbox.units", "--run-dir", str(run_dir)]
        speed = ["--motion-s", "0.02", "--id-read-s", "0.02", "--card-wait-s", "5"]
        self._process = subprocess.Popen([*command, "--only", only, *speed, *arguments], cwd=_ROOT)
        announcement = run_dir / "units.json"
        wait_until(lambda: announcement.exists() or self._process.poll() is not None, LIMIT_S)
        self._wires = json.loads(announcement.read_text(encoding="utf-8"))
        self.control = ControlClient(run_dir / "control.sock")

    def path(self, unit: str, which: str = "path") -> str:
        """What the settings would name."""
        return str(self._wires[unit][which])

    def state(self, unit: str) -> Mapping[str, object]:
        """How one unit is."""
        return cast(Mapping[str, object], self.control.state()[unit])

    def last_paper(self) -> Paper:
        """What the printer printed last."""
        papers = cast(list[dict[str, list[str]]], self.control.books("printer")["papers"])
        return Paper(tuple(papers[-1]["lines"]), tuple(papers[-1]["qr"]))

    @property
    def environment(self) -> dict[str, str]:
        """For processes that talk PC/SC to these units."""
        return {**os.environ, **self._wires["environment"]}

    def stop(self) -> None:
        """As a shutdown would."""
        self.control.close()
        self._process.terminate()
        self._process.wait(LIMIT_S)


class SlotChild:
    """A card slot service in its own process."""

    def __init__(self, units: Units, path: str = "", *arguments: str) -> None:
        child = str(Path(__file__).parent / "slot_child.py")
        self._process = subprocess.Popen(
            [sys.executable, child, path or units.path("card_slot"), *arguments],
            env={**units.environment, "PYTHONPATH": str(_ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._lines: queue.Queue[list[str]] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def next(self) -> list[str]:
        """The next event; queue.Empty when none comes."""
        return self._lines.get(timeout=LIMIT_S)

    def ask(self, line: str) -> list[str]:
        """Tell it a line; its next line. Nothing else may be on its way."""
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return self.next()

    def is_quiet(self) -> bool:
        """Nothing was told that was not read."""
        return self._lines.empty()

    def stop(self) -> None:
        """End of input ends it."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(LIMIT_S)

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(json.loads(line))
        self._process.stdout.close()
