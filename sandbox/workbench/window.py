"""The workbench window: all panels on two pages, what is missing, what was done last.

Talks to `Watching`. The window draws what it is told and asks for deeds; it never waits. What a
reader would get wrong: it begins to look at the machine when it is made, so who made it closes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QTabWidget, QVBoxLayout, QWidget

from sandbox.workbench.card_panel import CardPanel
from sandbox.workbench.fault_panels import PlatformFaultPanel, TroublePanel, UnitFaultPanel
from sandbox.workbench.hands import Deed, Hands, RunFolder, Waiting
from sandbox.workbench.identity_panels import IdReaderPanel, ScannerPanel
from sandbox.workbench.look import style_sheet
from sandbox.workbench.paper_panel import PaperPanel
from sandbox.workbench.parts import Panel, mark
from sandbox.workbench.service_panels import DoctorPanel, PosPanel
from sandbox.workbench.snapshot import Snapshot
from sandbox.workbench.watching import Watching
from sandbox.workbench.words import Words

WIDTH, HEIGHT = 840, 960
PARTS = ("units", "platforms", "backend")


class Workbench(QWidget):
    """The window on the house's run folder `run_dir`, in "zh" or "en"; `close()` ends it."""

    def __init__(self, run_dir: Path, language: str) -> None:
        super().__init__()
        self.setObjectName("workbench")
        words, folder = Words(language), RunFolder(run_dir.resolve())
        self._words = words
        self._watching = watching = Watching(folder, Hands(folder, language))
        self.setWindowTitle(words("title"))
        self.setStyleSheet(style_sheet())
        self._doctor = DoctorPanel(words, self)
        left: list[Panel] = [
            IdReaderPanel(words, self),
            ScannerPanel(words, self),
            CardPanel(words, self),
            PosPanel(words, self),
            self._doctor,
        ]
        paper = PaperPanel(words, self)
        faults: list[Panel] = [
            UnitFaultPanel(words, self),
            PlatformFaultPanel(words, self),
            TroublePanel(words, self),
        ]
        self._panels = (*left, paper, *faults)
        self._chips = {name: _chip(name) for name in PARTS}
        self._outcome = QLabel(words("hint"))
        self._outcome.setObjectName("outcome")
        self._outcome.setProperty("role", "outcome")
        self._outcome.setWordWrap(True)
        self._lay_out(left, paper, faults)
        self.resize(WIDTH, HEIGHT)
        watching.seen.connect(self._on_seen)
        watching.waiting.connect(self._on_waiting)
        watching.done.connect(self._on_done)
        watching.failed.connect(self._on_failed)
        self._on_seen(Snapshot())
        watching.start()

    def perform(self, label: str, deed: Deed) -> None:
        """Hand a deed to the thread behind the window."""
        self._say(self._words("doing", label=label), None)
        self._watching.perform(label, deed)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  Qt's name
        """Stop looking before the window goes."""
        self._watching.stop()
        super().closeEvent(event)

    def _lay_out(self, left: Iterable[Panel], paper: Panel, faults: Iterable[Panel]) -> None:
        title = QLabel(self._words("title"))
        title.setProperty("role", "title")
        top = QHBoxLayout()
        top.setContentsMargins(18, 12, 18, 2)
        top.addWidget(title)
        top.addStretch(1)
        for chip in self._chips.values():
            top.addWidget(chip)
        machine, columns = _page(QHBoxLayout())
        columns.addLayout(_column(left), 11)
        columns.addWidget(paper, 9)
        trouble, column = _page(QVBoxLayout())
        for panel in faults:
            column.addWidget(panel)
        column.addStretch(1)
        pages = QTabWidget()
        pages.setObjectName("pages")
        pages.setAccessibleName(self._words("title"))
        pages.addTab(machine, self._words("tab_machine"))
        pages.addTab(trouble, self._words("tab_faults"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(top)
        whole.addWidget(pages, 1)
        whole.addWidget(self._outcome)

    def _on_seen(self, snapshot: Snapshot) -> None:
        there = (bool(snapshot.units), snapshot.has_platforms, snapshot.has_backend)
        for name, is_there in zip(PARTS, there, strict=True):
            chip = self._chips[name]
            state = self._words("there" if is_there else "not_there")
            chip.setText(f"{'✓' if is_there else '✕'} {self._words(name)}")
            chip.setAccessibleName(f"{self._words(name)}: {state}")
            chip.setToolTip(f"{self._words(name)}: {state}")
            mark(chip, "well", is_there)
        for panel in self._panels:
            panel.show_snapshot(snapshot)

    def _on_waiting(self, patients: tuple[Waiting, ...]) -> None:
        self._doctor.show_waiting(patients)

    def _on_done(self, label: str) -> None:
        self._say(self._words("done", label=label), True)

    def _on_failed(self, label: str, why: str) -> None:
        self._say(self._words("failed", label=label, why=why), False)

    def _say(self, text: str, is_well: bool | None) -> None:
        self._outcome.setText(text)
        mark(self._outcome, "well", is_well)


def _chip(name: str) -> QLabel:
    chip = QLabel()
    chip.setObjectName(f"chip_{name}")
    chip.setProperty("role", "chip")
    return chip


def _page(layout: QHBoxLayout | QVBoxLayout) -> tuple[QWidget, QHBoxLayout | QVBoxLayout]:
    page = QWidget()
    page.setProperty("role", "page")
    layout.setContentsMargins(18, 10, 18, 12)
    layout.setSpacing(12)
    page.setLayout(layout)
    return page, layout


def _column(panels: Iterable[Panel]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(12)
    for panel in panels:
        column.addWidget(panel)
    column.addStretch(1)
    return column
