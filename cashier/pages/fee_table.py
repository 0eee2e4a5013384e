"""The fee table: one row a line, a rule between fee groups, ticks only while refunding.

`FeeModel` is pure data over `core.billing`; `FeeView` paints it. What a reader would get wrong:
amounts and totals are shown as the backend told them; nothing is added up here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from cashier.pages import words
from cashier.pages.buttons import TickBox
from cashier.pages.look import Look
from core.billing import Bill, InsuranceClass
from core.catalogue import Catalogue
from core.money import format_yuan

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_Role = Qt.ItemDataRole
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class Column(IntEnum):
    """From left to right."""

    TICK = 0
    NUMBER = 1
    DEPARTMENT = 2
    ITEM = 3
    CLASS = 4
    UNIT_PRICE = 5
    QUANTITY = 6
    AMOUNT = 7
    DOCTOR = 8


_WIDTHS = {
    Column.TICK: 48,
    Column.NUMBER: 48,
    Column.DEPARTMENT: 150,
    Column.CLASS: 72,
    Column.UNIT_PRICE: 104,
    Column.QUANTITY: 92,
    Column.AMOUNT: 120,
    Column.DOCTOR: 104,
}
_RIGHT = frozenset({Column.UNIT_PRICE, Column.QUANTITY, Column.AMOUNT})
_CENTRED = frozenset({Column.TICK, Column.NUMBER, Column.CLASS})
_BOLD = frozenset({Column.AMOUNT, Column.DEPARTMENT})
_STRONG_INK = frozenset({Column.ITEM, Column.AMOUNT, Column.DEPARTMENT})


@dataclass(frozen=True, slots=True)
class FeeRow:
    """One line as text, by column; department and doctor only stand in a group's first row."""

    line_id: str
    cells: tuple[str, ...]
    own_expense: bool
    first_of_group: bool


def fee_rows(look: Look, bills: tuple[Bill, ...]) -> tuple[FeeRow, ...]:
    """The lines of all bills in their order."""
    rows: list[FeeRow] = []
    for bill in bills:
        for index, line in enumerate(bill.lines):
            first = index == 0
            cells = (
                "",
                str(len(rows) + 1),
                look.text(bill.department) if first else "",
                look.text(line.name),
                words.class_tag(line.insurance_class, look.words),
                format_yuan(line.unit_price_fen),
                f"{line.quantity} {look.text(line.unit)}".strip(),
                format_yuan(line.amount_fen),
                look.text(bill.doctor) if first else "",
            )
            own = line.insurance_class is InsuranceClass.OWN
            rows.append(FeeRow(line.line_id, cells, own, first))
    return tuple(rows)


def headings(_: Catalogue) -> tuple[str, ...]:
    """By column."""
    return (
        "",
        _("No."),
        _("Department"),
        _("Item"),
        _("Class"),
        _("Unit price"),
        _("Quantity"),
        _("Amount"),
        _("Doctor"),
    )


class FeeModel(QAbstractTableModel):
    """Read-only rows; user data is the FeeRow."""

    def __init__(self, look: Look, bills: tuple[Bill, ...]) -> None:
        super().__init__()
        self.rows = fee_rows(look, bills)
        self._headings = headings(look.words)

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(Column)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> object:
        row, column = self.rows[index.row()], Column(index.column())
        match role:
            case _Role.DisplayRole:
                return row.cells[column]
            case _Role.ToolTipRole:
                return row.cells[column] or None
            case _Role.UserRole:
                return row
            case _Role.TextAlignmentRole:
                return alignment(column)
            case _Role.AccessibleTextRole:
                return f"{self._headings[column]} {row.cells[column]}".strip()
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _Role.DisplayRole:
            return self._headings[section]
        return alignment(Column(section)) if role == _Role.TextAlignmentRole else None


def alignment(column: Column) -> Qt.AlignmentFlag:
    """Money and quantities to the right, tags in the middle, words to the left."""
    if column in _RIGHT:
        return Qt.AlignmentFlag.AlignRight | _MIDDLE
    if column in _CENTRED:
        return Qt.AlignmentFlag.AlignHCenter | _MIDDLE
    return Qt.AlignmentFlag.AlignLeft | _MIDDLE


class _Cell(QStyledItemDelegate):
    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row, column = index.data(_Role.UserRole), Column(index.column())
        assert isinstance(row, FeeRow)
        room, state = option.rect, option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        colour = self._look.colour
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = self._look.stripe if index.row() % 2 else QColor(colour.surface)
        painter.fillRect(room, QColor(colour.primary_tint) if chosen else ground)
        if row.first_of_group and index.row():
            painter.setPen(QPen(QColor(colour.line_strong), 1))
            painter.drawLine(room.topLeft(), room.topRight())
        if chosen and index.column() == self._first_visible():
            painter.fillRect(QRect(room.x(), room.y(), 4, room.height()), QColor(colour.primary))
        if column is Column.CLASS:
            self._tag(painter, room, row)
        else:
            self._text(painter, room, column, row.cells[column])
        painter.restore()

    def _first_visible(self) -> int:
        view = self.parent()
        assert isinstance(view, QTableView)
        return Column.NUMBER if view.isColumnHidden(Column.TICK) else Column.TICK

    def _font(self, *, bold: bool, size: int = 16) -> QFont:
        view = self.parent()
        assert isinstance(view, QTableView)
        font = QFont(view.font())
        font.setPixelSize(self._look.text_px(size))
        font.setBold(bold)
        return font

    def _text(self, painter: QPainter, room: QRect, column: Column, text: str) -> None:
        colour = self._look.colour
        painter.setFont(self._font(bold=column in _BOLD))
        painter.setPen(QColor(colour.ink if column in _STRONG_INK else colour.ink_muted))
        margin = self._look.px(10)
        inner = room.adjusted(margin, 0, -margin, 0)
        mode = Qt.TextElideMode.ElideRight
        shown = painter.fontMetrics().elidedText(text, mode, inner.width())
        painter.drawText(inner, alignment(column), shown)

    def _tag(self, painter: QPainter, room: QRect, row: FeeRow) -> None:
        colour, text = self._look.colour, row.cells[Column.CLASS]
        painter.setFont(self._font(bold=row.own_expense, size=14))
        width = max(painter.fontMetrics().horizontalAdvance(text) + 14, self._look.px(30))
        height = painter.fontMetrics().height() + 2
        middle = room.center()
        box = QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)
        painter.setPen(QPen(QColor(colour.warning if row.own_expense else colour.line_strong), 1))
        painter.setBrush(QColor(colour.warning_tint if row.own_expense else colour.surface))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(QColor(colour.warning if row.own_expense else colour.ink_muted))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class FeeView(QTableView):
    """Up and Down move; Space ticks the row where ticks are offered."""

    def __init__(self, look: Look, bills: tuple[Bill, ...], *, ticks: bool = False) -> None:
        super().__init__()
        _ = look.words
        self._look = look
        self._ticks: dict[str, QCheckBox] = {}
        self.setObjectName("fees")
        self.setAccessibleName(_("Fees"))
        self._fees = FeeModel(look, bills)
        self._fees.setParent(self)
        self.setModel(self._fees)
        self.setItemDelegate(_Cell(look, self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumSize(0, 0)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(look.px(44))
        self._shape_columns()
        self.setColumnHidden(Column.TICK, not ticks)
        self.setColumnHidden(Column.DOCTOR, look.compact)
        if ticks:
            self._offer_ticks()
        if self._fees.rows:
            self.selectRow(0)

    @property
    def ticked(self) -> tuple[str, ...]:
        """Line ids in the order of the table."""
        return tuple(line_id for line_id, box in self._ticks.items() if box.isChecked())

    @property
    def boxes(self) -> tuple[QCheckBox, ...]:
        """The ticks, in the order of the table."""
        return tuple(self._ticks.values())

    def tick_current(self) -> None:
        """The current line, where nothing is ticked yet."""
        if not self.ticked and self.currentIndex().isValid():
            self.boxes[self.currentIndex().row()].setChecked(True)

    def tick_all(self) -> None:
        """All lines; none if all were ticked."""
        wanted = len(self.ticked) < len(self._ticks)
        for box in self._ticks.values():
            box.setChecked(wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Space and self._ticks and self.currentIndex().isValid():
            if not event.isAutoRepeat():
                self.boxes[self.currentIndex().row()].toggle()
            return
        super().keyPressEvent(event)

    def _shape_columns(self) -> None:
        header = self.horizontalHeader()
        header.setFixedHeight(self._look.px(40))
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(self._look.px(40))
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, max(self._look.px(width), self._needed_px(column)))
        header.setSectionResizeMode(Column.ITEM, QHeaderView.ResizeMode.Stretch)

    def _needed_px(self, column: Column) -> int:
        """Amounts are never cut: a cut amount reads as another one."""
        if column not in _RIGHT:
            return 0
        font = QFont(self._look.font)
        font.setPixelSize(self._look.text_px(16))
        font.setBold(True)
        metrics = QFontMetrics(font)
        heading = str(self._fees.headerData(column, Qt.Orientation.Horizontal))
        texts = (heading, *(row.cells[column] for row in self._fees.rows))
        widest = max(metrics.horizontalAdvance(text) for text in texts)
        return widest + 2 * self._look.px(10) + 4

    def _offer_ticks(self) -> None:
        for index, row in enumerate(self._fees.rows):
            box = TickBox(self._look)
            box.setObjectName(f"line_{row.line_id}")
            box.setAccessibleName(row.cells[Column.ITEM])
            # the table has the focus and ticks by Space; forty more Tab stops help nobody
            box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            holder = QWidget()
            holder.setAutoFillBackground(False)
            middle = QHBoxLayout(holder)
            middle.setContentsMargins(0, 0, 0, 0)
            middle.addWidget(box, alignment=Qt.AlignmentFlag.AlignCenter)
            self.setIndexWidget(self._fees.index(index, Column.TICK), holder)
            self._ticks[row.line_id] = box
