"""A pad of Widgets to sign on, with finger, pen or mouse.

Feeds `ui/signature.py` and says `signed` with what became of it. What a reader would get wrong: Qt
makes mouse events of a touch or a pen that nobody took, so all three are taken here; and only the
first finger writes, because the ball of the hand lies on the pad as well.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from core.catalogue import Catalogue
from ui.icons import icon
from ui.signature import Demands, Fault, Ink, Signature
from ui.tokens import Modes, palette

_GAP_PX = 16
_TARGET_PX = 72
_INSET = 0.06
_BASELINE = 0.76
_DASHES = [6.0, 8.0]
_ICON_PX = 26
_TOUCHES = (QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate)
_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)


def fault_text(fault: Fault, _: Catalogue) -> str:
    """What the person is asked to do now."""
    match fault:
        case Fault.EMPTY:
            return _("Please sign in the white field")
        case Fault.TOO_FEW_STROKES | Fault.TOO_SHORT:
            return _("Please write your whole name, a little larger")


class Sheet(QWidget):
    """The field that is written on. `hint` stands there until something is written."""

    def __init__(self, ink: Ink) -> None:
        super().__init__()
        self._ink, self._colour = ink, palette(Modes())
        self._finger: int | None = None
        self.hint = ""
        self.setObjectName("sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.CrossCursor)
        ink.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(720, 300)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._ink.resize(self.width(), self.height())

    def event(self, event: QEvent) -> bool:
        match event:
            case QTouchEvent():
                self._touched(event)
            case QTabletEvent():
                self._written(event, event.position(), event.type() is QEvent.Type.TabletPress)
            case QMouseEvent() if event.type() in (*_PRESSES, QEvent.Type.MouseMove):
                self._written(event, event.position(), event.type() in _PRESSES)
            case QMouseEvent() if event.type() is QEvent.Type.MouseButtonRelease:
                self._ink.lift()
            case _:
                return super().event(event)
        event.accept()
        return True

    def _written(self, event: QMouseEvent | QTabletEvent, at: QPointF, begins: bool) -> None:
        if event.type() is QEvent.Type.TabletRelease:
            self._ink.lift()
        elif begins and event.button() is Qt.MouseButton.LeftButton:
            self._ink.press(at.x(), at.y(), event.timestamp())
        elif not begins:
            self._ink.move(at.x(), at.y(), event.timestamp())

    def _touched(self, event: QTouchEvent) -> None:
        if event.type() is QEvent.Type.TouchBegin:
            self._finger = event.points()[0].id()
        mine = next((point for point in event.points() if point.id() == self._finger), None)
        if event.type() not in _TOUCHES or mine is None:
            self._finger = None
            self._ink.lift()
            return
        at, now = mine.position(), event.timestamp()
        match mine.state():
            case mine.State.Pressed:
                self._ink.press(at.x(), at.y(), now)
            case mine.State.Updated:
                self._ink.move(at.x(), at.y(), now)
            case mine.State.Released:
                self._ink.lift()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        c = self._colour
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(c.line_strong), 2))
        painter.setBrush(QColor(c.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 12, 12)
        line = QPen(QColor(c.line_strong), 2)
        line.setDashPattern(_DASHES)
        painter.setPen(line)
        inset, low = self.width() * _INSET, self.height() * _BASELINE
        painter.drawLine(QPointF(inset, low), QPointF(self.width() - inset, low))
        if not self._ink.strokes:
            self._paint_hint(painter, low)
        self._ink.paint(painter, QColor(c.ink))

    def _paint_hint(self, painter: QPainter, low: float) -> None:
        font = self.font()
        font.setPixelSize(max(20, self.height() // 10))
        painter.setFont(font)
        painter.setPen(QColor(self._colour.ink_muted))
        room = QRectF(0, low - self.height() * 0.4, self.width(), self.height() * 0.36)
        painter.drawText(
            room, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, self.hint
        )


class SignaturePad(QWidget):
    """Heading, the field, and three buttons.

    `signed(Signature)`: pressed "done" and it may be taken; the pad is empty again by then, so that
    nothing of the person stays on it. `about`: what is signed, in the language of the moment.
    """

    signed = Signal(object)

    def __init__(self, catalogue: Catalogue, about: str, demands: Demands | None = None) -> None:
        super().__init__()
        self.ink = Ink(720, 300, demands)
        self._words = catalogue
        self._sheet = Sheet(self.ink)
        self._heading, self._about = QLabel(), QLabel()
        self._advice = QLabel()
        self._undo = self._button("undo", "quiet")
        self._clear = self._button("clear", "quiet")
        self._done = self._button("done", "primary")
        self._fault: Fault | None = None
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._lay_out()
        self._undo.clicked.connect(self.ink.undo)
        self._clear.clicked.connect(self.ink.clear)
        self._done.clicked.connect(self._on_done)
        self.ink.changed.connect(self._on_ink)
        self.set_words(catalogue, about)
        self._on_ink()

    def set_words(self, catalogue: Catalogue, about: str) -> None:
        """Another language, live; what is written stays."""
        self._words = _ = catalogue
        self._heading.setText(_("Your signature"))
        self._about.setText(about)
        self._sheet.hint = _("Please sign here")
        self._undo.setText(_("Undo the last stroke"))
        self._clear.setText(_("Write again"))
        self._done.setText(_("I have signed"))
        self._tell_fault(self._fault)
        self._sheet.update()

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(_GAP_PX * 2, _GAP_PX * 2, _GAP_PX * 2, _GAP_PX * 2)
        whole.setSpacing(_GAP_PX)
        for label, role in (
            (self._heading, "heading"),
            (self._about, "strong"),
            (self._advice, "warning"),
        ):
            label.setProperty("role", role)
            label.setWordWrap(True)
        self._advice.setObjectName("advice")
        self._advice.setMargin(_GAP_PX // 2)
        kept = self._advice.sizePolicy()
        # the field must not grow or shrink under a hand that writes
        kept.setRetainSizeWhenHidden(True)
        self._advice.setSizePolicy(kept)
        buttons = QHBoxLayout()
        buttons.setSpacing(_GAP_PX)
        buttons.addWidget(self._undo, 2)
        buttons.addWidget(self._clear, 2)
        buttons.addWidget(self._done, 3)
        whole.addWidget(self._heading)
        whole.addWidget(self._about)
        whole.addWidget(self._sheet, 1)
        whole.addWidget(self._advice)
        whole.addLayout(buttons)

    def _button(self, name: str, role: str) -> QPushButton:
        button = QPushButton()
        button.setObjectName(name)
        button.setProperty("role", role)
        button.setMinimumHeight(_TARGET_PX)
        colour = palette(Modes())
        picture, front = {
            "undo": ("arrow-left", colour.ink),
            "clear": ("eraser", colour.ink),
            "done": ("check", colour.on_primary),
        }[name]
        button.setIcon(icon(picture, front))
        button.setIconSize(QSize(_ICON_PX, _ICON_PX))
        return button

    def _on_ink(self) -> None:
        self._undo.setEnabled(self.ink.strokes > 0)
        self._clear.setEnabled(self.ink.strokes > 0)
        self._tell_fault(None)

    def _on_done(self) -> None:
        taken = self.ink.taken()
        if isinstance(taken, Signature):
            self.ink.clear()
            self.signed.emit(taken)
        else:
            self._tell_fault(taken)

    def _tell_fault(self, fault: Fault | None) -> None:
        self._fault = fault
        self._advice.setVisible(fault is not None)
        if fault is not None:
            self._advice.setText(fault_text(fault, self._words))
