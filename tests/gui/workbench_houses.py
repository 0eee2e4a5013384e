"""Fixtures of the workbench's tests: one house for all, windows and wires on it.

Talks to the house's processes. A test module takes the fixtures over by importing them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import rmtree

import pytest
from pytestqt.qtbot import QtBot
from workbench_rig import Bench, Wire

from sandbox.house import House

StartHouse = Callable[..., House]


@pytest.fixture(scope="module")
def start_house() -> Iterator[StartHouse]:
    """``start_house(*units)``: platforms and a kiosk; a Unix socket needs a short folder."""
    started: list[House] = []

    def starter(*only: str) -> House:
        house = House(Path(tempfile.mkdtemp(prefix="wb-")))
        started.append(house)
        house.start_platforms()
        house.start_units(house.run_dir / "kiosk", only)
        return house

    yield starter
    for house in started:
        house.stop()
        rmtree(house.run_dir, ignore_errors=True)


@pytest.fixture(scope="module")
def house(start_house: StartHouse) -> House:
    """The house that most tests share."""
    return start_house()


OpenWindow = Callable[..., Bench]
OpenWire = Callable[..., Wire]


@pytest.fixture
def open_window(qtbot: QtBot, house: House) -> Iterator[OpenWindow]:
    """``open_window()`` looks at the shared kiosk; another folder and language can be named."""
    opened: list[Bench] = []

    def opener(run_dir: Path | None = None, language: str = "zh") -> Bench:
        opened.append(Bench(qtbot, run_dir or house.run_dir, language))
        qtbot.addWidget(opened[-1].window)
        return opened[-1]

    yield opener
    for bench in opened:
        bench.window.close()


@pytest.fixture
def open_wire(house: House) -> Iterator[OpenWire]:
    """``open_wire(unit)``, closed after the test; another terminal or house can be named."""
    opened: list[Wire] = []

    def opener(unit: str, terminal: str = "kiosk", at: House = house) -> Wire:
        opened.append(Wire(at.run_dir / terminal, unit))
        return opened[-1]

    yield opener
    for wire in opened:
        wire.close()
