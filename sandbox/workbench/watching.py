"""The threads behind the window: they look at the machine and do the deeds, one after another.

Talks to the units' control socket and, through `Hands`, to everything else; the window hears by
queued signals. What a reader would get wrong: the threads are never joined without a limit, since
a silent backend may hold one for some seconds; the program leaves by `os._exit`.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Mapping
from typing import cast

from PySide6.QtCore import QObject, Signal

from sandbox.units.control import ControlClient
from sandbox.units.request import ControlError
from sandbox.workbench.hands import WINDOW, Deed, Hands, NotDone, RunFolder
from sandbox.workbench.snapshot import Around, Snapshot, look

QUIET_S = 0.4
CLINIC_PERIOD_S = 1.0
JOIN_LIMIT_S = 2.0


class Watching(QObject):
    """Signals: `seen(Snapshot)`, `waiting(tuple of Waiting)`, `done(label)`, `failed(label, why)`.

    `start()` begins to look; `perform` returns at once; `stop()` ends within two seconds.
    """

    seen = Signal(object)
    waiting = Signal(object)
    done = Signal(str)
    failed = Signal(str, str)

    def __init__(self, folder: RunFolder, hands: Hands) -> None:
        super().__init__()
        self._folder = folder
        self._hands = hands
        self._end = threading.Event()
        self._deeds: queue.SimpleQueue[tuple[str, Deed] | None] = queue.SimpleQueue()
        self._states: dict[str, Mapping[str, object]] = {}
        self._last: Snapshot | None = None
        self._clinic_answers = False
        self._threads = [
            threading.Thread(target=work, name=f"workbench-{work.__name__}", daemon=True)
            for work in (self._look_at_units, self._look_at_clinic, self._do_deeds)
        ]

    def start(self) -> None:
        """Begin to look and to work."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End the threads; one that hangs in a silent request is left behind."""
        self._end.set()
        self._deeds.put(None)
        for thread in self._threads:
            thread.join(JOIN_LIMIT_S)

    def perform(self, label: str, deed: Deed) -> None:
        """Do it soon, after what was asked before; `label` comes back with the outcome."""
        self._deeds.put((label, deed))

    def _look_at_units(self) -> None:
        """Follow the units; a quiet second ends the connection, so everything is read anew."""
        while not self._end.is_set():
            try:
                with ControlClient(self._folder.control(), QUIET_S) as client:
                    self._follow(client)
            except TimeoutError:
                pass
            except (ControlError, OSError):
                self._states = {}
                self._tell()
                self._end.wait(QUIET_S)

    def _follow(self, client: ControlClient) -> None:
        self._states = cast(dict[str, Mapping[str, object]], client.state())
        self._tell()
        for message in client.watch():
            self._states[str(message["unit"])] = cast(Mapping[str, object], message["state"])
            self._tell()
            if self._end.is_set():
                return

    def _tell(self) -> None:
        snapshot = look(
            self._states,
            self._folder.paper,
            Around(
                platforms=self._folder.has("platforms.json"),
                backend=self._clinic_answers,
                window=self._folder.has(f"{WINDOW}/units.json"),
            ),
        )
        if snapshot != self._last and not self._end.is_set():
            self._last = snapshot
            self.seen.emit(snapshot)

    def _look_at_clinic(self) -> None:
        """A backend that answers is there; its ready file alone would outlive a killed one."""
        while not self._end.is_set():
            try:
                patients = self._hands.waiting_patients()
            except NotDone:
                self._clinic_answers = False
            else:
                self._clinic_answers = True
                if not self._end.is_set():
                    self.waiting.emit(patients)
            self._end.wait(CLINIC_PERIOD_S)

    def _do_deeds(self) -> None:
        while (asked := self._deeds.get()) is not None:
            label, deed = asked
            try:
                deed(self._hands)
            except NotDone as error:
                self.failed.emit(label, str(error))
            else:
                self.done.emit(label)
