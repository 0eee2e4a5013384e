"""The house around a terminal: everything comes up, settings load, nothing stays behind; the
virtual machine alone, and the hands at it that scripts have.
"""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.settings import Settings
from devices.fitting import FITTINGS
from sandbox.house import House, NotReady
from sandbox.units.control import ControlClient
from terminal.settings import read

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

ROOT = Path(__file__).resolve().parents[2]
READY_LINE = "hand: "


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


@dataclass(frozen=True, slots=True)
class Said:
    """What the text command printed, and its exit status."""

    lines: list[str]
    status: int


@pytest.fixture(scope="module")
def machine() -> Iterator[Path]:
    """The run folder of all units, started by the command itself and ended as a shell ends it."""
    with tempfile.TemporaryDirectory(prefix="zf-") as folder:
        command = [sys.executable, "-m", "sandbox", "units", "--run-dir", folder]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        told = ""
        while not told.startswith(READY_LINE):
            told = process.stdout.readline()
            assert told, "the units did not start"
        yield Path(folder)
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        process.stdout.close()
        assert not (Path(folder) / "units.json").exists()


Hand = Callable[..., Said]


@pytest.fixture
def hand(machine: Path) -> Hand:
    """``hand(*words)`` at that machine."""

    def do(*words: str, run_dir: Path = machine) -> Said:
        command = [sys.executable, "-m", "sandbox", "hand", "--run-dir", str(run_dir), *words]
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False
        )
        return Said(done.stdout.splitlines(), done.returncode)

    return do


def test_virtual_machine_alone_writes_settings_with_every_table(machine: Path) -> None:
    settings = read(machine / "terminal.toml")
    assert _fitted(settings) == [f.name for f in FITTINGS]
    assert settings.text("cash.protocol") == "ssp", "the first of two makes is the one fitted"
    environment = (machine / "terminal.env").read_text("utf-8")
    assert "export PCSCLITE_CSOCK_NAME=" in environment


def test_device_command_line_finds_every_virtual_device_well(machine: Path, hand: Hand) -> None:
    assert hand("card_dispenser", "load", "count=20").status == 0
    environment = {**os.environ, **_exported(machine / "terminal.env")}
    settings = str(machine / "terminal.toml")
    done = subprocess.run(
        [sys.executable, "-m", "devices", "--config", settings, "status"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    told = {line.split()[1]: line.split()[0] for line in done.stdout.splitlines()}
    assert told == {f.name: "OK" for f in FITTINGS}, done.stdout + done.stderr


def test_hand_acts_and_the_state_tells_it(hand: Hand) -> None:
    assert hand("cash", "fill", "count=3", "denomination_fen=1000") == Said(["OK cash"], 0)
    state = hand("state", "cash")
    assert state.status == 0
    assert len(state.lines) == 1
    assert ' box={"1000":3} box_inserted=true ' in state.lines[0]
    assert hand("cash", "books").lines[0].startswith("OK cash note_fen=0 ")
    assert len(hand("state").lines) > 15


def test_hand_gives_numbers_flags_and_texts_as_the_unit_wants_them(hand: Hand) -> None:
    assert hand("wallet", "create", "uid=12345678") == Said(["OK wallet uid=12345678"], 0)
    assert hand("relay", "input", "number=2", "on=true").status == 0
    assert "inputs=[false,false,true," in hand("state", "relay").lines[0]
    assert hand("wallet", "create", "uid=0A0B0C0D", "kind=bank", 'fields={"a":"b c"}').status == 0


def test_hand_is_refused_in_the_words_of_the_unit(hand: Hand) -> None:
    refused = hand("card_dispenser", "take")
    assert refused == Said(['ERROR refused "no card is at the gate"'], 1)
    assert hand("cash", "insert", "denomination_fen=7").status == 1
    assert hand("scanner", "fault", "kind=silent", "unit=pos").status == 1
    assert hand("state", "toaster").lines[0].startswith("ERROR refused \"no unit 'toaster'")


def test_wrong_words_and_no_units_have_statuses_of_their_own(hand: Hand, tmp_path: Path) -> None:
    assert hand("cash").status == 2
    assert hand("cash", "insert", "1000").status == 2
    nobody = hand("state", run_dir=tmp_path)
    assert nobody.status == 3
    assert nobody.lines[0].startswith("ERROR no_units ")


def test_watch_tells_every_unit_once_and_then_what_changes(hand: Hand) -> None:
    watched = hand("watch", "--seconds", "1.2")
    names = [line.split()[1] for line in watched.lines]
    assert watched.status == 0
    assert len(names) == len(set(names)) > 15


def _exported(path: Path) -> dict[str, str]:
    """NAME=VALUE of each line, as a shell would read it."""
    lines = path.read_text("utf-8").splitlines()
    words = (shlex.split(line)[1].partition("=") for line in lines)
    return {name: value for name, _, value in words}
