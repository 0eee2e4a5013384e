"""Keeps the home screen's announcements fresh: looks every few minutes while nobody is served.

Asks through the machine's routes, in the backend's worker. What a reader would get wrong: a
backend that is silent changes nothing; what was told last stays until something else is told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.flow import Act
from core.idle_content import IdleContent
from core.routes import Route
from core.steps.idle import FetchIdleContent
from ui.bridge import Ui

LOOK_EVERY_MS = 180_000


class _NoWish:
    """Nobody leaves: nobody is there."""

    def is_set(self) -> bool:
        return False


class Announcements(QObject):
    """`at_home`: nobody is being served now. `look` is also called once after the start."""

    _came = Signal(object)

    def __init__(
        self,
        routes: Mapping[type[Act[Any]], Route],
        ui: Ui,
        at_home: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._route, self._ui, self._at_home = routes[FetchIdleContent], ui, at_home
        self._came.connect(self._on_came)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Ask now, if nobody is served."""
        if self._at_home():
            work, step = self._route.work, FetchIdleContent()
            self._route.lane.offer(lambda: work(step, _NoWish()), self._came.emit)

    @Slot(object)
    def _on_came(self, reply: object) -> None:
        if isinstance(reply, IdleContent):
            self._ui.set_announcements(reply)
