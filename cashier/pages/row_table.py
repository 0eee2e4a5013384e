"""The table of a work: any columns, a line that filters, one current row or ticked ones.

`RowModel` is pure data over `cashier.steps.sheet.Table`; Qt's proxy filters it. What a reader would
get wrong: a row that was filtered away keeps its tick; only rows that can be seen are ticked by
"all".
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from cashier.pages.look import Look
from cashier.steps.sheet import Line, Table
from core.page_parts import Tone
from core.phrase import spoken

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_Role = Qt.ItemDataRole
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_ALL_COLUMNS = -1
_ROW_PX, _TWO_LINES_PX = 44, 64
_LEAST_PX, _PADDING_PX, _TEXT_PX = 40, 14, 16


class RowModel(QAbstractTableModel):
    """Read-only cells; user data is the Line. `ticked`: keys, in the order of the rows."""

    changed = Signal()

    def __init__(self, look: Look, table: Table) -> None:
        super().__init__()
        self._look, self._table = look, table
        self._cells = tuple(
            tuple(spoken(cell, look.words) for cell in line.cells) for line in table.lines
        )
        self._marked: set[str] = set()

    @property
    def ticked(self) -> tuple[str, ...]:
        """Keys of the ticked rows."""
        return tuple(line.key for line in self._table.lines if line.key in self._marked)

    def tick(self, index: _Index, on: bool | None = None) -> None:
        """Set, take away, or (None) turn the tick of one row; a row that is off gets none."""
        line = self._table.lines[index.row()]
        if line.off or not self._table.marks:
            return
        wanted = line.key not in self._marked if on is None else on
        (self._marked.add if wanted else self._marked.discard)(line.key)
        first = self.index(index.row(), 0)
        self.dataChanged.emit(first, first)
        self.changed.emit()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self._table.lines)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self._table.columns)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> object:
        line = self._table.lines[index.row()]
        match role:
            case _Role.DisplayRole:
                return self._cells[index.row()][index.column()]
            case _Role.ToolTipRole:
                why = spoken(line.off, self._look.words)
                return why or self._cells[index.row()][index.column()] or None
            case _Role.UserRole:
                return line
            case _Role.TextAlignmentRole:
                right = self._table.columns[index.column()].right
                side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
                return side | _MIDDLE
            case _Role.ForegroundRole:
                return self._ink(line)
            case _Role.CheckStateRole if self._table.marks and index.column() == 0:
                marked = line.key in self._marked
                return Qt.CheckState.Checked if marked else Qt.CheckState.Unchecked
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self._table.columns[section]
        if role == _Role.DisplayRole:
            return spoken(column.words, self._look.words)
        if role == _Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | _MIDDLE
        return None

    def _ink(self, line: Line) -> QColor:
        colour = self._look.colour
        if line.off:
            return QColor(colour.ink_muted)
        inks = {
            Tone.DANGER: colour.danger,
            Tone.WARNING: colour.warning,
            Tone.SUCCESS: colour.success,
        }
        return QColor(inks.get(line.tone, colour.ink))


class RowView(QTableView):
    """Up and Down move, Space ticks, Ctrl+A ticks all that are seen. `chosen` on double click."""

    chosen = Signal()

    def __init__(self, look: Look, table: Table) -> None:
        super().__init__()
        _ = look.words
        self._shares = tuple(column.share for column in table.columns)
        self.rows = RowModel(look, table)
        self.rows.setParent(self)
        self._seen = QSortFilterProxyModel(self)
        self._seen.setSourceModel(self.rows)
        self._seen.setFilterKeyColumn(_ALL_COLUMNS)
        self._seen.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setModel(self._seen)
        self.setObjectName("rows")
        self.setAccessibleName(_("Rows"))
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._row_px, self._two_lines_px = look.px(_ROW_PX), look.px(_TWO_LINES_PX)
        self._rights = tuple(column.right for column in table.columns)
        self._needed_px = [self._widest_px(look, c) for c in range(len(table.columns))]
        self._shape_header(look)
        self.doubleClicked.connect(self.chosen)
        self.selectRow(0)

    @property
    def key(self) -> str:
        """Of the current row; "": none."""
        line = self.currentIndex().data(_Role.UserRole)
        return line.key if isinstance(line, Line) else ""

    @property
    def is_off(self) -> bool:
        """Nothing can be done with the current row."""
        line = self.currentIndex().data(_Role.UserRole)
        return not isinstance(line, Line) or bool(line.off)

    def filter(self, text: str) -> None:
        """Leave the rows that hold this text; the first of them becomes the current one."""
        self._seen.setFilterFixedString(text)
        if not self.currentIndex().isValid():
            self.selectRow(0)

    def tick_all(self) -> None:
        """All that are seen; when all of them are ticked, none."""
        seen = [self._seen.mapToSource(self._seen.index(r, 0)) for r in range(self._count)]
        before = set(self.rows.ticked)
        for index in seen:
            self.rows.tick(index, on=True)
        if set(self.rows.ticked) == before:
            for index in seen:
                self.rows.tick(index, on=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.rows.tick(self._seen.mapToSource(self.currentIndex()))
            return
        super().keyPressEvent(event)

    @property
    def _count(self) -> int:
        return self._seen.rowCount()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._share_out()

    def _shape_header(self, look: Look) -> None:
        header = self.horizontalHeader()
        header.setFixedHeight(look.px(_ROW_PX))
        header.setHighlightSections(False)
        header.setMinimumSectionSize(look.px(_LEAST_PX))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _share_out(self) -> None:
        """What each column needs, and what is left by their shares. Is there not enough, amounts
        keep all of theirs, because a cut amount reads as another one, and words get two lines."""
        keep = [need if right else 0 for need, right in self._pairs()]
        room = self.viewport().width() - sum(keep)
        words = [0 if right else need for need, right in self._pairs()]
        widths = shared_out(words, self._shares, max(0, room))
        for column, width in enumerate(widths):
            self.horizontalHeader().resizeSection(column, width + keep[column])
        narrow = any(width < need for width, need in zip(widths, words, strict=True))
        self.setWordWrap(narrow)
        row_px = self._two_lines_px if narrow else self._row_px
        self.verticalHeader().setDefaultSectionSize(row_px)

    def _pairs(self) -> list[tuple[int, bool]]:
        return list(zip(self._needed_px, self._rights, strict=True))

    def _widest_px(self, look: Look, column: int) -> int:
        font = QFont(look.font)
        font.setPixelSize(look.text_px(_TEXT_PX))
        font.setBold(True)
        metrics = QFontMetrics(font)
        texts = [str(self.rows.headerData(column, Qt.Orientation.Horizontal))]
        texts += [str(self.rows.index(r, column).data()) for r in range(self.rows.rowCount())]
        return max(map(metrics.horizontalAdvance, texts)) + 2 * look.px(_PADDING_PX)


def shared_out(needs: Sequence[int], shares: Sequence[int], room: int) -> list[int]:
    """Widths of columns, `room` in all: a column that needs nothing gets nothing; one that needs
    less than its share of what is left keeps to its need while others have too little.

    >>> shared_out([50, 300, 100], [1, 1, 1], 600)
    [100, 350, 150]
    >>> shared_out([50, 300, 0, 400], [1, 1, 1, 1], 450)
    [50, 200, 0, 200]
    """
    open_ones = [place for place, need in enumerate(needs) if need]
    spare = room - sum(needs)
    if spare >= 0:
        parts = sum(shares[place] for place in open_ones)
        return [need + (spare * shares[c] // parts if need else 0) for c, need in enumerate(needs)]
    widths = [0] * len(needs)
    while open_ones:
        parts = sum(shares[place] for place in open_ones)
        small = [p for p in open_ones if needs[p] * parts <= room * shares[p]]
        for place in small or open_ones:
            widths[place] = needs[place] if small else room * shares[place] // parts
        if not small:
            break
        room -= sum(widths[place] for place in small)
        open_ones = [place for place in open_ones if place not in small]
    return widths
