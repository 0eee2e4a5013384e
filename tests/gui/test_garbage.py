"""Cycles of Qt objects end on the thread of the screens, whichever thread makes garbage."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from ui.garbage import GarbageHere


@pytest.fixture
def here(qtbot: QtBot) -> Iterator[GarbageHere]:
    """The collector of a program, for one test."""
    garbage = GarbageHere()
    yield garbage
    garbage.end()
    gc.disable()


class _Ring:
    """Holds itself and a Qt timer; tells on which thread it went."""

    def __init__(self, ended_on: list[int]) -> None:
        self.itself = self
        self.parts = QObject()
        self.timer = QTimer(self.parts)
        self.timer.start(1)
        self._ended_on = ended_on

    def __del__(self) -> None:
        self._ended_on.append(threading.get_ident())


def _much_garbage() -> None:
    for _ in range(20_000):
        ring: list[object] = []
        ring.append(ring)


def test_a_worker_that_allocates_destroys_no_window(here: GarbageHere, qtbot: QtBot) -> None:
    ended_on: list[int] = []
    _Ring(ended_on)
    worker = threading.Thread(target=_much_garbage)
    worker.start()
    worker.join()
    assert ended_on == []
    gc.collect(0)
    _much_garbage()
    qtbot.waitUntil(lambda: ended_on != [], timeout=5_000)
    assert ended_on == [threading.get_ident()]


def test_the_look_collects_only_what_is_due(here: GarbageHere) -> None:
    gc.collect()
    gc.collect(0)
    ring: list[object] = []
    ring.append(ring)
    before = gc.get_count()[0]
    del ring
    here.look()
    assert gc.get_count()[0] >= before


def test_the_collector_is_automatic_again_at_the_end(here: GarbageHere) -> None:
    assert not gc.isenabled()
    here.end()
    assert gc.isenabled()
