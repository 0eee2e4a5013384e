"""A dense table of plain cells, with a tone's icon and colour where a verdict stands.

What a reader would get wrong: rows are as high as a finger on a touch screen only when they can
be chosen; lists that are only read stay dense.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from diagnostics.pages.look import Look
from diagnostics.pages.parts import tone_colour
from diagnostics.views import ICONS, Tone
from ui.tokens import FONT

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_ROW_PX = 36


@dataclass(frozen=True, slots=True)
class Cell:
    """`tone` None: plain ink."""

    text: str
    tone: Tone | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """`wide`: takes what the others leave; else as wide as its longest text.

    `fits`: texts it has room for although they do not stand in it, so that tables line up.
    """

    title: str
    wide: bool = False
    fits: tuple[str, ...] = ()


class Rows(QAbstractTableModel):
    """Cells row by row."""

    def __init__(
        self, look: Look, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]
    ) -> None:
        super().__init__()
        self._look, self._columns, self.rows = look, columns, rows

    def rowCount(self, parent: _Index = _ROOT) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        cell = self.rows[index.row()][index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return cell.text
            case Qt.ItemDataRole.DecorationRole if cell.tone:
                return self._look.icon(ICONS[cell.tone], tone_colour(self._look, cell.tone), 18)
            case Qt.ItemDataRole.ForegroundRole if cell.tone:
                return QColor(tone_colour(self._look, cell.tone))
            case Qt.ItemDataRole.FontRole if cell.tone:
                font = QFont(FONT)
                font.setPixelSize(self._look.text_px(15))
                font.setBold(True)
                return font
        return None

    def headerData(  # noqa: N802 - Qt's name
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


def table(
    look: Look,
    name: str,
    title: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    *,
    chosen: bool = False,
    whole: bool = False,
) -> QTableView:
    """`chosen`: a row can be picked. `whole`: as high as its rows, the page scrolls instead."""
    view = QTableView()
    view.setObjectName(name)
    view.setAccessibleName(title)
    model = Rows(look, columns, rows)
    model.setParent(view)
    view.setModel(model)
    view.setAlternatingRowColors(True)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    mode = QAbstractItemView.SelectionMode
    view.setSelectionMode(mode.SingleSelection if chosen else mode.NoSelection)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.verticalHeader().hide()
    row_px = look.target_px if chosen else look.px(_ROW_PX)
    view.verticalHeader().setDefaultSectionSize(row_px)
    view.verticalHeader().setMinimumSectionSize(row_px)
    _divide(look, view.horizontalHeader(), columns, rows)
    if whole:
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setFixedHeight(look.px(_ROW_PX) + row_px * len(rows) + 4)
        view.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.NoFocus)
    return view


def _divide(
    look: Look,
    header: QHeaderView,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
) -> None:
    """Wide columns take what the others leave, in equal parts."""
    header.setFixedHeight(look.px(_ROW_PX))
    header.setHighlightSections(False)
    header.setMinimumSectionSize(look.px(40))
    for index, one in enumerate(columns):
        mode = QHeaderView.ResizeMode.Stretch if one.wide else QHeaderView.ResizeMode.Fixed
        header.setSectionResizeMode(index, mode)
        if not one.wide:
            header.resizeSection(index, _width(look, header, index, one, rows))


def _width(
    look: Look,
    header: QHeaderView,
    index: int,
    one: Column,
    rows: Sequence[Sequence[Cell]],
) -> int:
    font = QFont(FONT)
    font.setPixelSize(look.text_px(15))
    font.setBold(True)
    header.setFont(font)
    metrics = header.fontMetrics()
    cells = [row[index] for row in rows]
    widths = [metrics.horizontalAdvance(cell.text) + (28 if cell.tone else 0) for cell in cells]
    fits = [metrics.horizontalAdvance(text) + 28 for text in one.fits]
    return max([metrics.horizontalAdvance(one.title), *widths, *fits]) + look.px(26)
