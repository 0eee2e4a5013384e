"""What every settlement shows: the split bar, its parts, what is taken from where.

Each function adds to a layout. All amounts are the backend's; widths of the bar are drawn, not
computed money.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QWidget

from cashier.pages import words
from cashier.pages.look import Look
from cashier.pages.parts import RIGHT, Elided, label, picture
from core.billing import Component, ComponentKind, Settlement, Tender, TenderKind, TenderState
from core.wording import COMPONENTS, TENDERS, WALLETS

TENDER_ICONS = {
    TenderKind.PREPAY_BALANCE: "wallet",
    TenderKind.PREAUTH: "credit-card",
    TenderKind.SCAN: "device-mobile",
    TenderKind.CASH: "cash-banknote",
    TenderKind.COMMERCIAL_DIRECT: "shield-check",
    TenderKind.DEPOSIT: "wallet",
    TenderKind.CREDIT_LINE: "credit-card",
    TenderKind.FAMILY_CREDIT_LINE: "credit-card",
    TenderKind.BOUND_DEBIT: "device-mobile",
    TenderKind.ONE_CODE: "device-mobile",
    TenderKind.BANK_CARD: "credit-card",
    TenderKind.REMOTE: "device-mobile",
}


def component_colour(look: Look, kind: ComponentKind) -> str:
    """The colour of a part in the bar and beside its name."""
    return {
        ComponentKind.INSURANCE_FUND: look.colour.split_fund,
        ComponentKind.PERSONAL_ACCOUNT: look.colour.split_account,
        ComponentKind.SUBSIDY: look.colour.split_subsidy,
        ComponentKind.SELF_PAY: look.colour.split_self,
        ComponentKind.MUTUAL_AID: look.colour.split_account,
        ComponentKind.HOSPITAL: look.colour.split_subsidy,
    }[kind]


class SplitBar(QWidget):
    """The parts of a total as one bar; the words stand below it."""

    def __init__(self, look: Look, parts: tuple[Component, ...]) -> None:
        super().__init__()
        self._look = look
        self._parts = [part for part in parts if part.amount_fen]
        self.setFixedHeight(look.px(14))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole_fen = sum(part.amount_fen for part in self._parts)
        gap, left = 3, 0.0
        room = self.width() - gap * (len(self._parts) - 1)
        for part in self._parts:
            width = max(room * part.amount_fen / whole_fen, 4)
            painter.setBrush(QColor(component_colour(self._look, part.kind)))
            painter.drawRoundedRect(QRectF(left, 0, width, self.height()), 4, 4)
            left += width + gap


def amount_row(
    look: Look, into: QBoxLayout, lead: QWidget, name: str, amount_fen: int, *, note: str = ""
) -> None:
    """Sign, name, note, amount on the right."""
    row = QHBoxLayout()
    row.setSpacing(look.px(10))
    row.addWidget(lead)
    row.addWidget(Elided(f"{name}  {note}".rstrip(), ""), 1)
    row.addWidget(label(words.yuan(amount_fen), "number", align=RIGHT))
    into.addLayout(row)


def add_split(look: Look, into: QBoxLayout, settlement: Settlement) -> None:
    """The bar and its parts; a part of nothing is left out, the patient's never."""
    into.addWidget(SplitBar(look, settlement.components))
    for part in settlement.components:
        if not part.amount_fen and part.kind is not ComponentKind.SELF_PAY:
            continue
        dot = QLabel()
        dot.setFixedSize(look.px(14), look.px(14))
        colour = component_colour(look, part.kind)
        dot.setStyleSheet(f"background: {colour}; border-radius: {look.px(4)}px;")
        amount_row(look, into, dot, look.words(COMPONENTS[part.kind]), part.amount_fen)


def add_tenders(look: Look, into: QBoxLayout, settlement: Settlement) -> None:
    """What is taken from where, and what stays on hold as the backend knows it now."""
    _ = look.words
    for one in settlement.tenders:
        lead = picture(look, TENDER_ICONS[one.kind], look.colour.ink_muted, 22)
        named = one.label if one.kind is TenderKind.SCAN else ""
        note = _state(look, one) if named else f"{one.label} {_state(look, one)}".lstrip()
        name = _(WALLETS.get(named, named)) if named else _(TENDERS[one.kind])
        amount_row(look, into, lead, name, one.amount_fen, note=note)
    if (hold := settlement.hold) is not None:
        lead = picture(look, "lock", look.colour.ink_muted, 22)
        name = _("Still frozen")
        amount_row(look, into, lead, name, hold.remaining_fen, note=hold.masked_card)


def _state(look: Look, tender: Tender) -> str:
    _ = look.words
    state = {
        TenderState.PLANNED: _("planned"),
        TenderState.PAYING: _("being taken"),
        TenderState.TAKEN: _("taken"),
        TenderState.RETURNED: _("returned"),
        TenderState.UNKNOWN: _("being checked"),
    }[tender.state]
    return f"· {state}"
