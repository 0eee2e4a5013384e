"""How a mode closes: leave at the next Ask, and at the latest after a limit.

What a reader would get wrong: a close event is always refused; a window that went would end the
program in the middle of an Act.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import NoReturn

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer

from core.flow import Reason
from ui.flow_runner import FlowRunner
from ui.garbage import GarbageHere

_LIMIT_MS = 5_000
HELD = 3
"""Exit code: a device or another program held something back."""


class Closing(QObject):
    """`runner` gives the one whose journey is on its way, if any is."""

    def __init__(self, parent: QObject, runner: Callable[[], FlowRunner]) -> None:
        super().__init__(parent)
        self._runner = runner
        self.begun = False
        self._at_last = QTimer(self)
        self._at_last.setSingleShot(True)
        self._at_last.setInterval(_LIMIT_MS)
        self._at_last.timeout.connect(QCoreApplication.exit)

    def begin(self) -> None:
        """Once; whoever hears the journey end ends the program."""
        if self.begun:
            return
        self.begun = True
        self._at_last.start()
        runner = self._runner()
        if runner.running:
            runner.leave(Reason.SHUTDOWN)
        else:
            QCoreApplication.exit()

    def refused(self, event: QEvent) -> bool:
        """For an event filter: a close event only begins it."""
        if event.type() is not QEvent.Type.Close:
            return False
        event.ignore()
        self.begin()
        return True


def run_to_end(application: QCoreApplication, stop: Callable[[], bool]) -> NoReturn:
    """The event loop, then `stop`. A worker that hangs in a device cannot keep the program."""
    garbage = GarbageHere()
    application.exec()
    clean = stop()
    garbage.end()
    sys.stderr.flush()
    os._exit(0 if clean else HELD)
