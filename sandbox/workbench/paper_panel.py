"""The receipt printer: its papers as pictures, and what a hand can do to paper and cover.

Talks to its `Bench` and reads the pictures that the printer filed. What a reader would get wrong:
an untaken paper hangs at the outlet, so the newest is shown unless the person leafs back.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QScrollArea, QSizePolicy

from sandbox.workbench.parts import Bench, Panel, plain_button
from sandbox.workbench.snapshot import PrinterSeen, Sheet, Snapshot
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
        self._tear = plain_button("tear_off", words("tear_off"), primary=True)
        self._tear.clicked.connect(self._on_tear)
        self._older = plain_button("older_paper", words("older"))
        self._older.clicked.connect(lambda: self._leaf(-1))
        self._newer = plain_button("newer_paper", words("newer"))
        self._newer.clicked.connect(lambda: self._leaf(1))
        self.row(self._tear, self._older, self._newer)
        self._by_hand = (
            self.button("load_paper", lambda h: h.unit("printer", "paper", left="full")),
            self.button("end_paper", lambda h: h.unit("printer", "paper", left="near_end")),
            self.button("remove_paper", lambda h: h.unit("printer", "paper", left="out")),
        )
        self.row(*self._by_hand[:2])
        self._open = self.button(
            "open_cover", lambda h: h.unit("printer", "cover", position="open")
        )
        self._close = self.button(
            "close_cover", lambda h: h.unit("printer", "cover", position="closed")
        )
        self.row(self._by_hand[2], self._open, self._close)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """State of paper and cover; a new paper comes to the front."""
        seen = snapshot.printer
        for button in (*self._by_hand, self._open, self._close):
            button.setEnabled(seen is not None)
        is_open = seen is not None and seen.cover_open
        self._open.setVisible(not is_open)
        self._close.setVisible(is_open)
        if seen is None:
            self.say(self.words("no_unit"))
            self._sheets = ()
        else:
            self.say(self._state_words(seen), asks=seen.hanging is not None)
            if len(seen.sheets) != len(self._sheets):
                self._place = len(seen.sheets) - 1
            self._sheets = seen.sheets
        self._draw()

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
        return " · ".join([self.words(f"paper_{seen.paper}"), *details])

    def _leaf(self, step: int) -> None:
        self._place += step
        self._draw()

    def _draw(self) -> None:
        sheet = self._sheets[self._place] if self._sheets else None
        self._older.setEnabled(bool(self._sheets) and self._place > 0)
        self._newer.setEnabled(self._place < len(self._sheets) - 1)
        self._tear.setEnabled(sheet is not None and not sheet.taken)
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
            self.bench.perform(
                self.words("tear_off"),
                lambda hands: hands.unit("printer", "tear", id=sheet.sheet_id),
            )
