"""The workbench window: the machine and the pocket, papers, faults; what was done last.

Talks to `Watching`. The window draws what it is told and asks for deeds; it never waits. What a
reader would get wrong: it begins to look at the machine when it is made, so who made it closes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QTabWidget, QVBoxLayout, QWidget

from sandbox.workbench.doctor_panel import DoctorPanel
from sandbox.workbench.fault_panels import PlatformFaultPanel, TroublePanel, UnitFaultPanel
from sandbox.workbench.front import Front
from sandbox.workbench.hands import Deed, Hands, RunFolder, Waiting
from sandbox.workbench.look import style_sheet
from sandbox.workbench.paper_panel import PaperPanel
from sandbox.workbench.parts import Panel, mark
from sandbox.workbench.phone_panel import PhonePanel
from sandbox.workbench.pocket_panels import (
    BankCardsPanel,
    CardsPanel,
    DocumentsPanel,
    NotesPanel,
)
from sandbox.workbench.snapshot import Snapshot
from sandbox.workbench.watching import Watching
from sandbox.workbench.words import Words

WIDTH, HEIGHT = 840, 964
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
        self._front = Front(words, self)
        self._doctor = DoctorPanel(words, self)
        pocket: list[Panel] = [
            DocumentsPanel(words, self),
            CardsPanel(words, self),
            PhonePanel(words, self),
            NotesPanel(words, self),
            BankCardsPanel(words, self),
            self._doctor,
        ]
        paper = PaperPanel(words, self)
        self._unit_faults = UnitFaultPanel(words, self)
        faults: list[Panel] = [
            self._unit_faults,
            PlatformFaultPanel(words, self),
            TroublePanel(words, self),
        ]
        self._panels = (*pocket, paper, *faults)
        self._pages = QTabWidget()
        self._chips = {name: _chip(name) for name in PARTS}
        self._outcome = QLabel(words("hint"))
        self._outcome.setObjectName("outcome")
        self._outcome.setProperty("role", "outcome")
        self._outcome.setWordWrap(True)
        self._lay_out(pocket, paper, faults)
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

    def show_faults(self, unit: str) -> None:
        """Turn to the page of faults, at that device."""
        self._unit_faults.choose(unit)
        self._pages.setCurrentIndex(self._pages.count() - 1)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  Qt's name
        """Stop looking before the window goes."""
        self._watching.stop()
        super().closeEvent(event)

    def _lay_out(self, pocket: Iterable[Panel], paper: Panel, faults: Iterable[Panel]) -> None:
        title = QLabel(self._words("title"))
        title.setProperty("role", "title")
        top = QHBoxLayout()
        top.setContentsMargins(14, 8, 14, 0)
        top.addWidget(title)
        top.addStretch(1)
        for chip in self._chips.values():
            top.addWidget(chip)
        machine, columns = _page(QHBoxLayout())
        columns.addWidget(self._front, 0, Qt.AlignmentFlag.AlignTop)
        columns.addLayout(_column(pocket), 1)
        papers, sheet = _page(QVBoxLayout())
        sheet.addWidget(paper)
        trouble, column = _page(QVBoxLayout())
        for panel in faults:
            column.addWidget(panel)
        column.addStretch(1)
        self._pages.setObjectName("pages")
        self._pages.setAccessibleName(self._words("title"))
        for page, name in ((machine, "machine"), (papers, "papers"), (trouble, "faults")):
            page.setObjectName(f"page_{name}")
            self._pages.addTab(page, self._words(f"tab_{name}"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2)
        whole.addLayout(top)
        whole.addWidget(self._pages, 1)
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
        self._front.show_snapshot(snapshot)
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
    layout.setContentsMargins(12, 8, 12, 8)
    layout.setSpacing(12)
    page.setLayout(layout)
    return page, layout


def _column(panels: Iterable[Panel]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(7)
    for panel in panels:
        column.addWidget(panel)
    column.addStretch(1)
    return column
