"""The customer's screen of a window: a second screen that says and takes no key; what is touched
there matters only while something is signed on it.

Shows what it is told, word for word; the window's page shows a copy of the same. What a reader
would get wrong: the main screen is the operator's, always. When the customer's screen is unplugged
Qt would move its window there, so it is taken down first and put up again when the screen is back;
a screen that is not there yet is waited for in the same way.
"""

from __future__ import annotations

import logging
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from core.catalogue import Catalogue
from core.money import format_yuan
from ui.bridge import ScreenError
from ui.qr_provider import QrProvider
from ui.signature import Ink
from ui.signature_image import InkProvider
from ui.tokens import Modes, as_map, palette

log = logging.getLogger(__name__)

DEVICE = "customer_display"
"""Its name in `core.ports.DeviceHealth`; it is `ok` or `offline`."""
_QML = Path(__file__).parent / "parts" / "CustomerDisplay.qml"


class Said(Protocol):
    """What the screen says; names on it are masked by whoever made it. `amount_fen` None: none.
    `code`: the text of a QR code, "" for none. `signs`: what is signed here, "" for nothing; its
    heading first."""

    @property
    def greeting(self) -> str: ...
    @property
    def amount_fen(self) -> int | None: ...
    @property
    def facts(self) -> str: ...
    @property
    def advice(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def signs(self) -> tuple[str, ...]: ...


class CustomerDisplay(QObject):
    """`number`: which screen, counted without the main one, from 1. `changed`: up, or down.
    `signed`: what was written, as the text of `core/ink.py`; the field is empty again by then."""

    changed = Signal()
    signed = Signal(str)

    def __init__(self, number: int) -> None:
        """Raises ScreenError when the picture cannot be loaded; a missing screen is no error."""
        super().__init__()
        self._number = number
        self._name, self._count = "", 0
        self._lost = False
        # not a QQuickView: its setSource keeps the interpreter's lock, and the thread that loads
        # QML waits for it as soon as it wants a word from our translator
        self._engine = QQmlApplicationEngine()
        self._engine.addImageProvider("qr", QrProvider())
        self.ink = Ink(1, 1)
        self._engine.addImageProvider("ink", InkProvider(self.ink, palette(Modes()).ink))
        self._engine.setInitialProperties({"tokens": as_map(Modes()), "ink": self.ink})
        self._engine.load(QUrl.fromLocalFile(str(_QML)))
        roots = self._engine.rootObjects()
        if not roots or not isinstance(roots[0], QQuickWindow):
            raise ScreenError(f"{_QML.name} could not be loaded")
        self.view = roots[0]
        self.view.setFlags(
            Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowDoesNotAcceptFocus
        )
        self.view.setCursor(Qt.CursorShape.BlankCursor)
        self.view.installEventFilter(self)
        self.view.written.connect(self._on_written)  # type: ignore[attr-defined]
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenAdded.connect(self._on_screens)
        application.screenRemoved.connect(self._on_screens)
        application.primaryScreenChanged.connect(self._on_screens)
        self._on_screens()

    @property
    def state(self) -> str:
        """In the words of `core.ports.DeviceHealth`."""
        return "ok" if self.view.isVisible() else "offline"

    def show(self, said: Said, place: str, _: Catalogue) -> None:
        """Say this from now on. `place`: what the window is called. What was written is gone when
        something else is said."""
        signs = list(said.signs)
        if signs != self.view.property("signs"):
            self.ink.clear()
        self.view.setProperty("signs", signs)
        self.view.setProperty("words", _pad_words(_))
        amount = "" if said.amount_fen is None else f"¥{format_yuan(said.amount_fen)}"
        for name, text in (
            ("place", place),
            ("greeting", said.greeting),
            ("amount", amount),
            ("facts", said.facts),
            ("advice", said.advice),
            ("code", urlsafe_b64encode(said.code.encode()).decode()),
        ):
            self.view.setProperty(name, text)

    def close(self) -> None:
        """Take it down for good."""
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenAdded.disconnect(self._on_screens)
        application.screenRemoved.disconnect(self._on_screens)
        application.primaryScreenChanged.disconnect(self._on_screens)
        self.view.removeEventFilter(self)
        self.view.close()
        self._engine.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Nobody closes it but the program."""
        if event.type() is not QEvent.Type.Close:
            return False
        event.ignore()
        return True

    @Slot(str)
    def _on_written(self, ink: str) -> None:
        self.ink.clear()
        self.signed.emit(ink)

    @Slot()
    def _on_screens(self) -> None:
        """A screen came, went, changed its size, or became the main one."""
        main = QGuiApplication.primaryScreen()
        others = [screen for screen in QGuiApplication.screens() if screen is not main]
        screen = self._mine(others)
        if screen is None:
            self._take_down()
            return
        self._name, self._count = screen.name(), len(others)
        if not self.view.isVisible() or self.view.geometry() != screen.geometry():
            self._put_up(screen)

    def _mine(self, others: list[QScreen]) -> QScreen | None:
        """The screen it was on before; else the one of its number, if none is missing: with one
        of three unplugged the numbers move, and a neighbour's screen is not ours."""
        for screen in others:
            if self._name and screen.name() == self._name:
                return screen
        enough = len(others) >= max(self._number, self._count)
        return others[self._number - 1] if enough else None

    def _put_up(self, screen: QScreen) -> None:
        keys = QGuiApplication.focusWindow()
        self.view.hide()
        self.view.setScreen(screen)
        self.view.setGeometry(screen.geometry())
        # not showFullScreen: it would ask for the keys that belong to the operator's page
        self.view.setWindowState(Qt.WindowState.WindowFullScreen)
        self.view.setVisible(True)
        if keys is not None:
            keys.requestActivate()
        screen.geometryChanged.connect(self._on_screens, Qt.ConnectionType.UniqueConnection)
        if self._lost:
            log.info("the customer's screen is back")
        self._lost = False
        self.changed.emit()

    def _take_down(self) -> None:
        if self._lost:
            return
        self._lost = True
        log.warning("the customer's screen is not connected")
        self.view.hide()
        self.view.destroy()
        self.changed.emit()


def _pad_words(_: Catalogue) -> dict[str, str]:
    """Around the field to write on."""
    return {
        "here": _("Please sign here"),
        "undo": _("Undo the last stroke"),
        "again": _("Write again"),
        "done": _("I have signed"),
        "fault": _("Please write your whole name, a little larger"),
    }
