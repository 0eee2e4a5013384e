"""The house around a terminal: everything comes up, settings load, nothing stays behind."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.settings import Settings
from devices.fitting import FITTINGS
from sandbox.house import House, NotReady
from sandbox.units.control import ControlClient
from terminal.settings import read

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]


@pytest.fixture
def house() -> Iterator[House]:
    """Not started; its folder has a short path, for Unix sockets."""
    with tempfile.TemporaryDirectory(prefix="zf-") as folder:
        made = House(Path(folder))
        try:
            yield made
        finally:
            made.stop()


def _descendants() -> set[int]:
    """Every process that comes from this one."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            stat = (entry / "stat").read_text()
        except OSError:
            continue
        state, parent = stat.rpartition(")")[2].split()[:2]
        if state != "Z":
            parents[int(entry.name)] = int(parent)
    found = {os.getpid()}
    for _generation in range(5):
        found |= {pid for pid, parent in parents.items() if parent in found}
    return found - {os.getpid()}


def _fitted(settings: Settings) -> list[str]:
    return [f.name for f in FITTINGS if settings.has_table(f.name)]


def test_everything_comes_up_and_everything_ends(house: House) -> None:
    before = _descendants()
    house.start()
    started = _descendants() - before
    kiosk = read(house.run_dir / "kiosk.toml")
    window = read(house.run_dir / "cashier.toml")
    assert _fitted(kiosk) == [f.name for f in FITTINGS]
    assert _fitted(window) == ["scanner", "receipt_printer"]
    assert (kiosk.text("terminal.id"), window.text("terminal.id")) == ("K01", "W07")
    for terminal in ("kiosk", "window"):
        with ControlClient(house.run_dir / terminal / "control.sock") as units:
            assert units.state()
    assert len(started) >= 5, "two sets of units, a card daemon, the backend, the platforms"
    house.stop()
    assert _still_there(started) == set()


def _still_there(processes: set[int]) -> set[int]:
    """Those that are alive, whoever their parent is now."""
    alive = set()
    for pid in processes:
        try:
            state = (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state != "Z":
            alive.add(pid)
    return alive


def test_killed_backend_comes_back_at_the_same_address(house: House) -> None:
    house.run_dir.mkdir(exist_ok=True)
    house.start_platforms()
    house.start_backend()
    before = house.backend_url
    house.kill("backend")
    house.start_backend()
    assert house.backend_url == before


def test_part_that_does_not_come_up_says_why(house: House) -> None:
    house.run_dir.mkdir(exist_ok=True)
    house.start_platforms()
    with pytest.raises(NotReady, match="no unit 'toaster'"):
        house.start_units(house.run_dir / "kiosk", ("toaster",))
