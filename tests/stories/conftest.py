"""Houses, the kiosk and the window of the stories; Qt's platform is named before Qt is imported.

What a reader would get wrong: one kiosk or one window serves all stories that a process tells in a
row, and is closed after the last of them: it would go on polling beside whatever comes then, and
keep the keys.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import TypeVar, cast

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

_LEFT_BEHIND_S = 20.0
_ONE_ROUND_S = 30  # recovery asks again each 20 s
Opened = TypeVar("Opened")


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    """Platforms, backend and a kiosk's devices as processes; no kiosk."""
    with built_house() as built:
        yield built


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Nothing of the stories is left for other tests."""
    yield
    if nextitem is None or nextitem.path.parent != item.path.parent:
        _STANDING.close()


class Standing:
    """What was opened for the stories: one at a time."""

    def __init__(self) -> None:
        self._opening: Callable[[Path], object] | None = None
        self._opened: object = None
        self._stack = ExitStack()
        self._threads: set[threading.Thread] = set()

    def the(self, opening: Callable[[Path], AbstractContextManager[Opened]], told: Path) -> Opened:
        """The one of this kind; it is opened when another kind stood there, or nothing."""
        if opening is not self._opening:
            self.close()
            before = set(threading.enumerate())
            self._opened = self._stack.enter_context(opening(told))
            self._threads = set(threading.enumerate()) - before
            self._opening = opening
        return cast("Opened", self._opened)

    def close(self) -> None:
        """And wait for the workers it leaves behind."""
        self._opening = None
        self._stack.close()
        for thread in self._threads:
            thread.join(_LEFT_BEHIND_S)
        self._threads = set()


_STANDING = Standing()


@pytest.fixture(scope="module")
def hall(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Hall:
    """One kiosk in English for all stories; at the end nothing is open and the books agree."""
    return _STANDING.the(_hall, tmp_path_factory.mktemp("told"))


@contextmanager
def _hall(told: Path) -> Iterator[Hall]:
    with built_house() as house:
        with kiosk_at(house, told) as stage:
            yield Hall(house, stage)
            machine = stage.kiosk.machine
            wait_until(
                lambda: not any(found.open for found in machine.operations().values()),
                _ONE_ROUND_S,
                "the end of every doubt",
            )
        assert audit(house, ("K01",)).disagreements == []


@pytest.fixture(scope="module")
def at_window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> WindowHall:
    """One window in English for all stories; at the end nothing is open and the books agree."""
    return _STANDING.the(_at_window, tmp_path_factory.mktemp("window_told"))


@contextmanager
def _at_window(told: Path) -> Iterator[WindowHall]:
    with built_house(window=DESK) as house:
        with window_at(house, told) as stage:
            yield WindowHall(house, stage)
            machine = stage.window.machine
            wait_until(
                lambda: not any(found.open for found in machine.operations().values()),
                _ONE_ROUND_S,
                "the end of every doubt",
            )
        assert audit(house, ("W07",)).disagreements == []
