"""Reference cycles are collected on the thread of the screens only.

Python's collector runs on whichever thread happens to allocate. Qt objects that are part of a
cycle would then be destroyed on a worker's thread while the event loop still knows their timers
and events: the process crashes, some time later and somewhere else.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_LOOK_MS = 1_000


class GarbageHere(QObject):
    """Switches the automatic collector off and looks itself, by the collector's own thresholds.

    Made on the thread of the screens once the program is loaded: what there is by then stays to its
    end and is never looked at again, or each look at everything would hold up the screens for the
    time of several frames. Automatic collection comes back with `end`.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(_LOOK_MS)

    @Slot()
    def look(self) -> None:
        """Collect the oldest generation that is due, if any is."""
        due = [
            generation
            for generation, (count, limit) in enumerate(
                zip(gc.get_count(), gc.get_threshold(), strict=True)
            )
            if count > limit
        ]
        if due:
            gc.collect(due[-1])

    def end(self) -> None:
        """The collector is automatic again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
