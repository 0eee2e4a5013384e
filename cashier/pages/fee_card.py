"""The middle of the page: who is served, and the fee table with its head and foot."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cashier.pages import words
from cashier.pages.fee_table import FeeView
from cashier.pages.look import Look
from cashier.pages.parts import Elided, card, key_cap, label, picture, set_margins
from core.billing import Bill
from core.identity import Patient


class PatientStrip(QFrame):
    """Name, insurance, age, and the masked numbers as the backend sent them for a window."""

    def __init__(self, look: Look, patient: Patient) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setObjectName("patient")
        self.setAccessibleName(patient.display_name)
        self.setFixedHeight(look.px(104))
        row = QHBoxLayout(self)
        set_margins(row, look, 18, 12, 20)
        round_sign = QFrame()
        round_sign.setProperty("role", "round")
        round_sign.setFixedSize(look.px(68), look.px(68))
        inside = QHBoxLayout(round_sign)
        inside.setContentsMargins(look.px(14), look.px(14), look.px(14), look.px(14))
        inside.addWidget(picture(look, "user", look.colour.primary, 40))
        row.addWidget(round_sign)
        lines = QVBoxLayout()
        lines.setSpacing(look.px(2))
        lines.addLayout(self._first_line(look, patient))
        lines.addLayout(self._second_line(look, patient))
        row.addLayout(lines, 1)

    def _first_line(self, look: Look, patient: Patient) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(look.px(12))
        line.addWidget(Elided(patient.display_name, "name"))
        role = "chip" if patient.insurance else "chip_warn"
        line.addWidget(label(words.insurance(patient.insurance, look.words), role))
        for code in patient.identities:
            line.addWidget(label(words.identity(code, look.words), "chip_good"))
        line.addStretch(1)
        return line

    def _second_line(self, look: Look, patient: Patient) -> QHBoxLayout:
        _ = look.words
        line = QHBoxLayout()
        line.setSpacing(look.px(6))
        facts = (
            (_("Health card"), patient.card_number or _("none")),
            (_("ID card"), patient.display_id),
            (_("Phone"), patient.display_phone),
        )
        line.addWidget(label(words.person(patient, _), "muted"))
        line.addSpacing(look.px(4))
        for name, value in facts:
            if value:
                line.addWidget(label(name, "muted"))
                line.addWidget(Elided(value, ""))
                line.addSpacing(look.px(4))
        line.addStretch(1)
        return line


class FeeCard(QFrame):
    """`total_fen` None: nobody has told a total of these bills yet, only one of each group."""

    def __init__(
        self,
        look: Look,
        title: str,
        bills: tuple[Bill, ...],
        total_fen: int | None,
        *,
        ticks: bool = False,
    ) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.view = FeeView(look, bills, ticks=ticks)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, look.px(12), 1, 1)
        whole.setSpacing(look.px(10))
        whole.addLayout(self._head(look, title, bills, ticks=ticks))
        whole.addWidget(self.view, 1)
        whole.addWidget(self._foot(look, bills, total_fen))

    def _head(self, look: Look, title: str, bills: tuple[Bill, ...], *, ticks: bool) -> QHBoxLayout:
        _ = look.words
        count = sum(len(bill.lines) for bill in bills)
        summary = _("Groups {groups} · items {items}").format(groups=len(bills), items=count)
        row = QHBoxLayout()
        row.setContentsMargins(look.px(18), 0, look.px(18), 0)
        row.setSpacing(look.px(8))
        row.addWidget(label(title, "strong"))
        row.addWidget(Elided(summary, "muted"), 1)
        keys = [("↑↓", _("move"))]
        if ticks:
            keys += [(_("Space"), _("tick")), ("Ctrl+A", _("tick all"))]
        for key, meaning in keys:
            row.addWidget(key_cap(look, key))
            row.addWidget(label(meaning, "muted"))
        return row

    def _foot(self, look: Look, bills: tuple[Bill, ...], total_fen: int | None) -> QWidget:
        _ = look.words
        foot = QFrame()
        foot.setProperty("role", "foot")
        foot.setFixedHeight(look.px(54))
        row = QHBoxLayout(foot)
        set_margins(row, look, 18, 0, 24)
        groups = "    ".join(
            f"{look.text(bill.department)} {words.yuan(bill.total_fen)}" for bill in bills
        )
        row.addWidget(Elided(groups, ""), 1)
        if total_fen is not None:
            row.addWidget(label(_("Total")))
            row.addWidget(label(words.yuan(total_fen), "total"))
        return foot


def centre_column(look: Look, patient: Patient | None, *below: QWidget) -> QWidget:
    """The patient above, everything else below; the first of `below` takes the room."""
    column = QWidget()
    column.setProperty("role", "page")
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(look.px(14))
    if patient is not None:
        layout.addWidget(PatientStrip(look, patient))
    for index, widget in enumerate(below):
        layout.addWidget(widget, 0 if index else 1)
    return column


def notice_card(look: Look, icon: str, headline: str, advice: str) -> QFrame:
    """A card that only says something, in the middle of itself."""
    made = card()
    row = QVBoxLayout(made)
    set_margins(row, look, 24, 18, 6)
    row.addStretch()
    line = QHBoxLayout()
    line.setSpacing(look.px(12))
    line.addStretch()
    line.addWidget(picture(look, icon, look.colour.ink_muted, 28))
    line.addWidget(label(headline, "strong"))
    line.addStretch()
    row.addLayout(line)
    if advice:
        under = QHBoxLayout()
        under.addStretch()
        under.addWidget(label(advice, "muted"))
        under.addStretch()
        row.addLayout(under)
    row.addStretch()
    return made
