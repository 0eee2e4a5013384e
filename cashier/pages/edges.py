"""The edges of the page that stay: queue and keys on the left, the customer's screen, devices.

Each is drawn anew with every step. What a reader would get wrong: the queue is shown in all
states but can be taken from only while nobody is served.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from cashier.pages import words
from cashier.pages.buttons import RowButton
from cashier.pages.keys import Key, key_rows
from cashier.pages.look import Look
from cashier.pages.parts import (
    Elided,
    amount_label,
    clear,
    label,
    picture,
    rule,
    scrolled,
    set_margins,
    wrapped,
)
from cashier.views import CustomerView
from core.window_steps import QueueEntry
from ui.qr_image import qr_image

_HOT_KEYS, _CODE_PX = 9, 120


class QueueColumn(QFrame):
    """`rows`: those that may be taken now, in order."""

    def __init__(self, look: Look, take: Callable[[str], None]) -> None:
        super().__init__()
        self._look, self._take = look, take
        _ = look.words
        self.rows: tuple[QPushButton, ...] = ()
        self.setProperty("role", "card")
        self.setFixedWidth(look.px(300))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, look.px(14), 1, look.px(12))
        whole.setSpacing(look.px(6))
        head = QHBoxLayout()
        head.setContentsMargins(look.px(18), 0, look.px(18), 0)
        head.addWidget(label(_("Waiting"), "strong"))
        head.addStretch()
        self._count = label("", "chip")
        head.addWidget(self._count)
        whole.addLayout(head)
        content = QWidget()
        self._list = QVBoxLayout(content)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        whole.addWidget(scrolled(content), 1)
        whole.addWidget(rule())
        self._keys = QVBoxLayout()
        self._keys.setContentsMargins(look.px(18), look.px(6), look.px(10), 0)
        whole.addLayout(self._keys)

    def draw(
        self, queue: tuple[QueueEntry, ...], keys: tuple[Key, ...], patient_id: str, *, open_: bool
    ) -> None:
        """`patient_id`: whose rows are marked as being served; "" for none."""
        _ = self._look.words
        clear(self._list)
        clear(self._keys)
        self._count.setText(str(len(queue)))
        rows = []
        for index, entry in enumerate(queue, start=1):
            row = self._row(entry, f"Alt+{index}" if open_ and index <= _HOT_KEYS else "")
            row.setEnabled(open_)
            row.setProperty("now", bool(patient_id) and entry.patient_id == patient_id)
            self._list.addWidget(row)
            rows.append(row)
        if not queue:
            self._list.addWidget(wrapped("  " + _("Nobody is waiting"), "muted"))
        self._list.addStretch()
        self._keys.addLayout(key_rows(self._look, keys))
        self.rows = tuple(rows) if open_ else ()

    def _row(self, entry: QueueEntry, key: str) -> RowButton:
        _ = self._look.words
        amount = words.yuan(entry.amount_fen)
        if entry.kind == "REFUND":
            amount = _("back {amount}").format(amount=amount)
        row = RowButton(
            self._look,
            f"queue_{entry.number}",
            f"{entry.number}  {entry.display_name}",
            entry.summary,
            amount,
            key=key,
        )
        row.clicked.connect(lambda: self._take(entry.number))
        return row


class CustomerCopy(QFrame):
    """What the patient's screen says now, word for word."""

    def __init__(self, look: Look, window: str) -> None:
        super().__init__()
        self._look, self._window = look, window
        _ = look.words
        self.setProperty("role", "card")
        whole = QVBoxLayout(self)
        set_margins(whole, look, 18, 12, 8)
        self.setAccessibleName(_("Customer screen"))
        if not look.compact:
            head = QHBoxLayout()
            head.setSpacing(look.px(10))
            head.addWidget(label(_("Customer screen"), "strong"))
            head.addWidget(Elided(_("the patient sees this"), "muted"), 1)
            whole.addLayout(head)
        screen = QFrame()
        screen.setProperty("role", "copy")
        screen.setFixedHeight(look.px(180))
        self._lines = QVBoxLayout(screen)
        set_margins(self._lines, look, 20, 10, 0)
        whole.addWidget(screen)

    def draw(self, view: CustomerView) -> None:
        """Greeting, amount, facts, code, what to do."""
        clear(self._lines)
        head = QHBoxLayout()
        head.addWidget(Elided(view.greeting, "copy"), 1)
        head.addWidget(label(self._window, "copy"))
        self._lines.addLayout(head)
        if view.amount_fen is not None:
            self._lines.addWidget(amount_label(words.yuan(view.amount_fen), "copy_amount"))
        else:
            self._lines.addStretch()
        if view.facts:
            self._lines.addWidget(Elided(view.facts, "copy"))
        advice = wrapped(view.advice, "copy_advice")
        if view.code:
            beside = QHBoxLayout()
            beside.addWidget(advice, 1)
            beside.addWidget(_code(view.code, self._look.px(_CODE_PX)))
            self._lines.addLayout(beside)
        else:
            self._lines.addWidget(advice)
        if view.amount_fen is None:
            self._lines.addStretch()


def _code(text: str, side_px: int) -> QLabel:
    """A QR code, small; it can be scanned here, too, where there is no second screen."""
    drawn = QLabel()
    drawn.setObjectName("customer_code")
    drawn.setPixmap(QPixmap.fromImage(qr_image(text, side_px)))
    return drawn


class StatusBar(QFrame):
    """Each device with its state in words; colour never speaks alone."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("role", "status")
        self.setFixedHeight(look.px(46))
        self._row = QHBoxLayout(self)
        set_margins(self._row, look, 20, 0, 8)

    def draw(self, devices: Sequence[tuple[str, str]]) -> None:
        """(name, state) in the words of `core.ports.DeviceHealth`."""
        look, _ = self._look, self._look.words
        clear(self._row)
        self._row.addWidget(label(_("Devices"), "muted"))
        for name, state in devices:
            self._row.addSpacing(look.px(14))
            good = state == "ok"
            colour = look.colour.success if good else look.colour.warning
            icon = "circle-check" if good else "alert-triangle"
            self._row.addWidget(picture(look, icon, colour, 20))
            word = words.device(name, _)
            if not good:
                word = f"{word}: {words.device_state(state, _)}"
            said = Elided(word, "" if good else "alert")
            said.setObjectName(f"device_{name}")
            self._row.addWidget(said)
        self._row.addStretch(1)
