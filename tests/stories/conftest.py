"""Houses and the kiosk of the stories; the platform of Qt is named before Qt is imported."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_QUICK_BACKEND"] = "software"

from hall import Hall
from PySide6.QtWidgets import QApplication

from kiosk.app import Kiosk
from sandbox.house import VISIT, House
from sandbox.player.auditor import audit
from sandbox.player.hands import QtPointer, wait_until
from sandbox.player.stage import KioskStage
from sandbox.player.transcript import Transcript
from terminal.settings import read
from tests.helpers.qt_garbage import garbage_on_this_thread, young_garbage  # noqa: F401
from ui.fonts import use_font

_READER = "PCSCLITE_CSOCK_NAME"
_ONE_ROUND_S = 30  # recovery asks again each 20 s


@contextmanager
def _built() -> Iterator[House]:
    """The folder's name must be short: it holds sockets."""
    built = House(Path(tempfile.mkdtemp(prefix="zhenfu-")), window=False, fitted=VISIT)
    try:
        built.start()
        yield built
    finally:
        built.stop()
        shutil.rmtree(built.run_dir, ignore_errors=True)


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    """Platforms, backend and a kiosk's devices as processes; no kiosk."""
    with _built() as built:
        yield built


@pytest.fixture(scope="session")
def hall(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """One kiosk in English for all stories; at the end nothing is open and the books agree."""
    use_font(qapp)
    with _built() as house, pytest.MonkeyPatch.context() as patch:
        patch.setenv(_READER, house.environment()[_READER])
        kiosk = _kiosk(house)
        told = Transcript(tmp_path_factory.mktemp("told"))
        stage = KioskStage(kiosk, house, told, QtPointer(), pictures=False)
        stage.arrive("Home")
        yield Hall(house, stage)
        machine = kiosk.machine
        wait_until(
            lambda: not any(found.open for found in machine.operations().values()),
            _ONE_ROUND_S,
            "the end of every doubt",
        )
        stage.units.close()
        assert kiosk.stop()
        kiosk.window.destroy()
        assert audit(house, ("K01",)).disagreements == []


def _kiosk(house: House) -> Kiosk:
    file = house.run_dir / "kiosk.toml"
    told = file.read_text("utf-8").replace("[terminal]", '[terminal]\nlanguage = "en"')
    file.write_text(told.replace("[id_card]", "[id_card]\ngone_after_ms = 500"), "utf-8")
    kiosk = Kiosk(read(file), frozen=True)
    kiosk.window.resize(1080, 1920)
    kiosk.start()
    return kiosk
