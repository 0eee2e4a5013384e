"""What stands in front of the patient from the first moment: the bridge and its window.

It shows "starting" before the rest of the program is loaded, because journeys, drivers and the
backend's client take many times as long to load as the window takes to open. What a reader would
get wrong: none of those may be imported here, not even through another module
(`tests/gui/test_kiosk_front.py`).
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from core.billing import Text
from core.clock import SystemClock
from core.errors import SettingsError
from core.settings import Settings, peek
from devices.ownership import InstanceLock
from kiosk.screens.view_starting import starting_view
from terminal.launch import MESSAGES, settings_at
from terminal.own_settings import TERMINAL
from ui.bridge import Ui, open_window
from ui.text import catalogues

MAIN = Path(__file__).parent / "screens" / "Main.qml"
_PAINT_LIMIT_MS = 1_000


class Front:
    """The kiosk's window on the page "starting", of the hospital that the settings name."""

    def __init__(self, settings: Settings, *, frozen: bool = False) -> None:
        """Raises ScreenError when the screens cannot be had. `frozen`: no motion."""
        text = settings.text
        self.ui = Ui(catalogues(MESSAGES), SystemClock(), text("terminal.language"), frozen)
        self.ui.set_place(
            Text(text("hospital.name_zh"), text("hospital.name_en")),
            Text(
                f"{text('hospital.place_zh')} · {text('terminal.id')}",
                f"{text('hospital.place_en')} · {text('terminal.id')}",
            ),
            text("hospital.service_line"),
        )
        self.engine, self.window = open_window(self.ui, MAIN)
        if settings.boolean("terminal.full_screen"):
            self.window.showFullScreen()
        self.ui.show(0, *starting_view(self.ui.catalogue))

    def paint(self) -> None:
        """Wait for the first frame. A covered window paints none: not longer than a limit."""
        loop = QEventLoop()
        limit = QTimer(loop)
        limit.timeout.connect(loop.quit)
        limit.start(_PAINT_LIMIT_MS)
        self.window.frameSwapped.connect(loop.quit)
        loop.exec()
        self.window.frameSwapped.disconnect(loop.quit)


def open_front(config: Path) -> Front:
    """The painted window of the terminal that this file sets. Raises ZhenfuError.

    A second kiosk of the same terminal is refused before it covers the first one's window.
    """
    try:
        settings = peek(config, TERMINAL)
    except SettingsError:
        settings = settings_at(config)  # names the faults of all tables at once
    InstanceLock(Path(settings.text("terminal.data"))).release()
    front = Front(settings)
    front.paint()
    return front
