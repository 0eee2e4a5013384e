"""A real kiosk in this process with everything around it: backend, platforms, virtual devices.

Qt's platform must be named before this is imported. What a reader would get wrong: the folder's
name must be short, because it holds sockets.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication

from kiosk.app import Kiosk
from sandbox.house import VISIT, House
from sandbox.player.hands import QtPointer
from sandbox.player.stage import KioskStage
from sandbox.player.transcript import Transcript
from terminal.settings import read
from tests.helpers.forked import Forked
from tests.helpers.pcsc_link import readers_of
from ui.fonts import use_font


@contextmanager
def built_house(
    fitted: tuple[str, ...] = VISIT, profile: Path | None = None, window: tuple[str, ...] = ()
) -> Iterator[House]:
    """Platforms, backend and a kiosk's devices as processes; no kiosk. `profile`: other rules.

    `window`: units of a window beside it.
    """
    folder = Path(tempfile.mkdtemp(prefix="zhenfu-"))
    built = House(folder, window=window, fitted=fitted, profile=profile, begin=Forked)
    try:
        built.start()
        yield built
    finally:
        built.stop()
        shutil.rmtree(built.run_dir, ignore_errors=True)


@contextmanager
def kiosk_at(house: House, told: Path, *, language: str = "en") -> Iterator[KioskStage]:
    """A kiosk of this process on the house's devices, at home; stopped at the end.

    `told`: where its transcript goes.
    """
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    use_font(application)
    with readers_of(house.environment()):
        kiosk = _kiosk(house, language)
        stage = KioskStage(kiosk, house, Transcript(told), QtPointer(), pictures=False)
        stage.arrive("Home")
        try:
            yield stage
        finally:
            stage.units.close()
            stopped = kiosk.stop()
            kiosk.window.destroy()
        assert stopped, "a worker hangs"


def _kiosk(house: House, language: str) -> Kiosk:
    file = house.run_dir / "kiosk.toml"
    settings = file.read_text("utf-8")
    if "language = " not in settings:
        settings = settings.replace("[terminal]", f'[terminal]\nlanguage = "{language}"')
        settings = settings.replace("[id_card]", "[id_card]\ngone_after_ms = 500")
        file.write_text(settings, "utf-8")
    kiosk = Kiosk(read(file), frozen=True)
    kiosk.window.resize(1080, 1920)
    kiosk.start()
    return kiosk


def offscreen() -> None:
    """For programs: name Qt's platform; before anything of Qt is imported."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
