"""A window that is killed in the middle of a work, and the one that is started after it.

What a reader would get wrong: both stand on the same journal and the same virtual devices, so the
second finds what the first left; its recovery tries again at sign-in, and by the clock in an hour.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from cast_window_day import staff_at
from window_hall import CASHIER, WindowHall

from core.journal.operations import Operation
from sandbox.house import House
from sandbox.units.control import ControlClient
from terminal.machine import Machine
from tests.helpers.window_house import window_at

_CHILD = Path(__file__).with_name("window_cut.py")
_WINDOW_TOKEN = "demo-window-07"
_LIFE_S, _AGAIN_S = 90, 3_600


def cut(house: House, story: str, boundary: str, moment: str, about: str) -> None:
    """A window's process that plays this story and is killed there."""
    words = [sys.executable, str(_CHILD), str(house.run_dir), story, boundary, moment, about]
    ended = subprocess.run(words, capture_output=True, timeout=_LIFE_S, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()[-3000:]


@contextmanager
def started_again(house: House, told: Path) -> Iterator[WindowHall]:
    """The next window on this journal, at its sign-in, after its first round of recovery."""
    defaults = Machine.__init__.__kwdefaults__
    assert defaults is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(defaults, "again_s", _AGAIN_S)
        with window_at(house, told) as stage:
            yield WindowHall(house, stage)
            assert not still_open(stage.window.machine)


def still_open(machine: Machine) -> list[Operation]:
    """What nobody knows yet."""
    return [one for one in machine.operations().values() if one.open]


def with_drawer(house: House, float_fen: int) -> str:
    """A drawer of the cashier with this float is open at the window; its id."""
    cashier = staff_at(house, _WINDOW_TOKEN, CASHIER)
    shift = cashier.post("/v1/shifts", {"float_fen": float_fen})
    return str(shift["shift_id"])


def pulses(house: House) -> int:
    """How often the window's drawer was kicked, whoever runs the window."""
    with closing(ControlClient(house.run_dir / "window" / "control.sock")) as units:
        printer = units.state()["printer"]
        assert isinstance(printer, dict)
        return int(str(printer["drawer_pulses"]))
