"""Houses and the kiosk of the stories; the platform of Qt is named before Qt is imported."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_QUICK_BACKEND"] = "software"

from hall import Hall
from PySide6.QtWidgets import QApplication
from window_hall import WindowHall

from sandbox.house import House
from sandbox.player.auditor import audit
from sandbox.player.hands import wait_until
from tests.helpers.kiosk_house import built_house, kiosk_at
from tests.helpers.qt_garbage import garbage_on_this_thread, young_garbage  # noqa: F401
from tests.helpers.window_house import DESK, window_at

_ONE_ROUND_S = 30  # recovery asks again each 20 s


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    """Platforms, backend and a kiosk's devices as processes; no kiosk."""
    with built_house() as built:
        yield built


@pytest.fixture(scope="session")
def hall(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """One kiosk in English for all stories; at the end nothing is open and the books agree."""
    with built_house() as house:
        with kiosk_at(house, tmp_path_factory.mktemp("told")) as stage:
            yield Hall(house, stage)
            machine = stage.kiosk.machine
            wait_until(
                lambda: not any(found.open for found in machine.operations().values()),
                _ONE_ROUND_S,
                "the end of every doubt",
            )
        assert audit(house, ("K01",)).disagreements == []


@pytest.fixture(scope="session")
def window_house() -> Iterator[House]:
    """Platforms, backend and the devices of a kiosk and of a window; nobody is signed in."""
    with built_house(window=DESK) as built:
        yield built


@pytest.fixture(scope="session")
def at_window(
    qapp: QApplication, window_house: House, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WindowHall]:
    """One window in English for all stories; at the end nothing is open and the books agree."""
    with window_at(window_house, tmp_path_factory.mktemp("window_told")) as stage:
        yield WindowHall(window_house, stage)
        machine = stage.window.machine
        wait_until(
            lambda: not any(found.open for found in machine.operations().values()),
            _ONE_ROUND_S,
            "the end of every doubt",
        )
    assert audit(window_house, ("W07",)).disagreements == []
