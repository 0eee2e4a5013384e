"""The receipt printer: its papers as pictures, and what a hand can do to paper and cover.

Talks to its `Bench` and reads the pictures that the printer filed. What a reader would get wrong:
an untaken paper hangs at the outlet, so the newest is shown unless the person leafs back.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QScrollArea, QSizePolicy

from sandbox.workbench.hands import Deed
from sandbox.workbench.parts import Bench, Panel, allow
from sandbox.workbench.seen import PrinterSeen, Sheet
from sandbox.workbench.snapshot import Snapshot
from sandbox.workbench.words import Words

PAPER_WIDTH, PAPER_MARGIN = 300, 10


class PaperPanel(Panel):
    """Leaf through the papers, tear one off, load, take out, open, close."""

    def __init__(self, words: Words, bench: Bench) -> None:
        super().__init__("printer", words, bench)
        self._sheets: tuple[Sheet, ...] = ()
        self._place = -1
        self._drawn: Sheet | None = None
        self._picture = QLabel(words("no_paper_yet"))
        self._picture.setObjectName("paper")
        self._picture.setMargin(PAPER_MARGIN)
        self._picture.setProperty("role", "paper")
        self._picture.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        scroll = QScrollArea()
        scroll.setWidget(self._picture)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.rows.addWidget(scroll, 1)
        self._which = QLabel()
        self._which.setObjectName("which_paper")
        self._which.setProperty("role", "muted")
        self.rows.addWidget(self._which)
        self._tear = self.own_button("tear_paper", self._on_tear, primary=True)
        self._older = self.own_button("older_paper", lambda: self._leaf(-1))
        self._newer = self.own_button("newer_paper", lambda: self._leaf(1))
        self.grid((self._tear, self._older, self._newer), 3)
        self._rolls = {
            left: self.button(name, _threading(left))
            for name, left in (
                ("load_paper", "full"),
                ("end_paper", "near_end"),
                ("paper_out", "out"),
            )
        }
        self.grid(tuple(self._rolls.values()), 3)
        self._open = self.button(
            "open_cover", lambda h: h.unit("printer", "cover", position="open")
        )
        self._close = self.button(
            "close_cover", lambda h: h.unit("printer", "cover", position="closed")
        )
        self.grid((self._open, self._close), 2)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """State of paper and cover; a new paper comes to the front."""
        seen = snapshot.printer
        self._allow(seen)
        sheets = seen.sheets if seen is not None else ()
        if sheets != self._sheets:
            self._sheets = sheets
            hanging = seen.hanging if seen is not None else None
            self._place = len(sheets) - 1 if hanging is None else sheets.index(hanging)
        if seen is None:
            self.say(self.words("no_unit"))
        else:
            self.say(self._state_words(seen), asks=seen.hanging is not None)
        self._draw()

    def _allow(self, seen: PrinterSeen | None) -> None:
        words = self.words
        no_unit = words("no_unit") if seen is None else ""
        for left, button in self._rolls.items():
            is_so = seen is not None and seen.paper == left
            allow(button, no_unit or (words(f"roll_{left}") if is_so else ""))
        is_open = seen is not None and seen.cover_open
        allow(self._open, no_unit or (words("cover_open") if is_open else ""))
        allow(self._close, no_unit or ("" if is_open else words("cover_closed")))

    def _state_words(self, seen: PrinterSeen) -> str:
        details = [
            self.words(name)
            for name, is_so in (
                ("cover_open", seen.cover_open),
                ("cutter_jammed", seen.cutter_jammed),
                ("take_paper", seen.hanging is not None),
            )
            if is_so
        ]
        return " · ".join([self.words(f"roll_{seen.paper}"), *details])

    def _leaf(self, step: int) -> None:
        self._place += step
        self._draw()

    def _draw(self) -> None:
        sheet = self._sheets[self._place] if self._sheets else None
        is_last = self._place >= len(self._sheets) - 1
        allow(self._older, "" if self._place > 0 else self.words("is_oldest"))
        allow(self._newer, self.words("is_newest") if is_last else "")
        hangs = sheet is not None and not sheet.taken
        allow(self._tear, "" if hangs else self.words("nothing_hangs"))
        if sheet == self._drawn:
            return
        self._drawn = sheet
        if sheet is None:
            self._which.clear()
            self._picture.setText(self.words("no_paper_yet"))
            return
        self._which.setText(self._which_words(sheet))
        picture = QPixmap(str(sheet.picture))
        smooth = Qt.TransformationMode.SmoothTransformation
        self._picture.setPixmap(picture.scaledToWidth(PAPER_WIDTH, smooth))

    def _which_words(self, sheet: Sheet) -> str:
        state = self.words("taken" if sheet.taken else "hanging")
        if not sheet.complete:
            state = f"{state} · {self.words('cut_short')}"
        return self.words("sheet", number=int(sheet.sheet_id), state=state)

    def _on_tear(self) -> None:
        sheet = self._drawn
        if sheet is not None:
            self.perform("tear_paper", lambda h: h.unit("printer", "tear", id=sheet.sheet_id))


def _threading(left: str) -> Deed:
    return lambda hands: hands.unit("printer", "paper", left=left)
