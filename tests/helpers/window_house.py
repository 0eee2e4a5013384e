"""A real window in this process on a house's devices, with the hands of a cashier.

Qt's platform must be named before this is imported. What a reader would get wrong: the keyboard is
how it is used; a control is pressed by its name only where a story is not about keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from cashier.app import Window
from sandbox.house import House
from sandbox.player.hands import QtPointer
from sandbox.player.transcript import Transcript
from sandbox.player.window_story import WindowStage
from terminal.settings import read
from tests.helpers.pcsc_link import readers_of
from ui.fonts import use_font

DESK = ("id_reader", "card_slot", "scanner", "pos", "printer", "page_printer")
"""The units of a window that takes every way to pay and every medium."""
_PRINT_SERVER = "CUPS_SERVER"
_FONT_PX = 16


@contextmanager
def window_at(house: House, told: Path, *, language: str = "en") -> Iterator[WindowStage]:
    """A window of this process at its sign-in; stopped at the end. `told`: its transcript."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    use_font(application, _FONT_PX)
    file = house.run_dir / "cashier.toml"
    settings = file.read_text("utf-8")
    if "language = " not in settings:
        settings = settings.replace("[terminal]", f'[terminal]\nlanguage = "{language}"')
        file.write_text(settings, "utf-8")
    environment = house.environment("window")
    with readers_of(environment), pytest.MonkeyPatch.context() as patch:
        patch.setenv(_PRINT_SERVER, environment.get(_PRINT_SERVER, ""))
        window = Window(read(file))
        window.page.show()
        window.start()
        stage = WindowStage(window, house, Transcript(told), QtPointer(), pictures=False)
        stage.arrive("SignIn")
        try:
            yield stage
        finally:
            stage.units.close()
            stopped = window.stop()
            window.page.close()
        assert stopped, "a worker hangs"
