"""Refunds: tick the lines and say why; then a second person reviews the plan of routes.

What a reader would get wrong: the plan is the backend's. Nothing here adds up the ticked lines;
the amount is known when the plan comes back.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout

from cashier.pages import words
from cashier.pages.buttons import ActionButton, TwicePressed
from cashier.pages.fee_card import FeeCard, centre_column
from cashier.pages.look import Look
from cashier.pages.money_parts import amount_row
from cashier.pages.parts import (
    RIGHT,
    Elided,
    amount_label,
    card,
    key_cap,
    label,
    picture,
    rule,
    set_margins,
    wrapped,
)
from cashier.pages.paying import in_words, settlement_sheet
from cashier.pages.screen import SEPARATOR, Say, Screen, Sheet, field
from cashier.pages.waiting import trouble_banner
from cashier.steps import ChooseRefundLines, ReviewPlan
from core.billing import Refund

_ROUTE_ICONS = {
    "INSURANCE": "shield-check",
    "PREPAY_BALANCE": "wallet",
    "PREAUTH": "credit-card",
    "SCAN": "device-mobile",
    "CASH": "cash-banknote",
}


def choose_refund_lines(look: Look, step: ChooseRefundLines, say: Say) -> Screen:
    """Lines with ticks, a reason, and the request for a plan. Open until both are given."""
    _ = look.words
    bills, total_fen = step.settlement.bills, step.settlement.total_fen
    fees = FeeCard(look, _("Tick what is refunded"), bills, total_fen, ticks=True)
    side = settlement_sheet(look, step.settlement)
    if step.message:
        side.body.insertWidget(0, trouble_banner(look, step.message))
    side.body.addStretch()
    count = label("", "strong")
    count.setObjectName("ticked")
    side.foot.addWidget(count)
    reason = field(look, side.foot, "refund_reason", _("Reason of the refund"))
    reasons = _usual_reasons(look, side.foot)

    def _on_usual(text: str, *_clicked: object) -> None:
        """One item with a usual reason is one key: the current one, unless others are ticked."""
        reason.setText(text)
        fees.view.tick_current()

    for button, text in zip(reasons, _reasons(look), strict=True):
        button.clicked.connect(partial(_on_usual, text))
    request = ActionButton(look, "request_refund", _("Ask for the refund plan"), "Enter")
    side.foot.addWidget(request)

    def _on_changed() -> None:
        ticked = len(fees.view.ticked)
        of = len(fees.view.boxes)
        count.setText(_("{ticked} of {all} items ticked").format(ticked=ticked, all=of))
        request.setEnabled(bool(ticked and reason.text().strip()))

    for box in fees.view.boxes:
        box.toggled.connect(_on_changed)
    reason.textChanged.connect(_on_changed)
    _on_changed()
    request.clicked.connect(
        lambda: say("request", SEPARATOR.join((reason.text().strip(), *fees.view.ticked)))
    )
    return Screen(
        centre=centre_column(look, step.file.patient, fees),
        side=side,
        back="leave",
        focus=fees.view,
        primary=request,
        fields=(reason,),
        choices=tuple(reasons),
        fees=fees.view,
    )


def _reasons(look: Look) -> tuple[str, ...]:
    _ = look.words
    return (
        _("The doctor withdrew the order"),
        _("The examination was not done"),
        _("Charged by mistake"),
    )


def _usual_reasons(look: Look, into: QVBoxLayout) -> list[QPushButton]:
    buttons: list[QPushButton] = []
    for digit, text in enumerate(_reasons(look), start=1):
        button = QPushButton()
        button.setObjectName(f"reason_{digit}")
        button.setProperty("role", "quiet")
        button.setAccessibleName(text)
        button.setFixedHeight(look.px(40))
        row = QHBoxLayout(button)
        set_margins(row, look, 12, 2, 8)
        row.addWidget(Elided(text, ""), 1)
        row.addWidget(key_cap(look, f"Alt+{digit}"))
        into.addWidget(button)
        buttons.append(button)
    return buttons


def review_plan(look: Look, step: ReviewPlan, say: Say) -> Screen:
    """The routes first; then the second person's number, password and word."""
    _ = look.words
    refund = step.refund
    state = words.refund_state(refund.state, _)
    side = Sheet(look, _("Second person"), state, "chip_warn")
    if step.trouble:
        side.body.addWidget(trouble_banner(look, step.trouble))
    amount = QHBoxLayout()
    amount.addWidget(label(_("Goes back"), "strong"))
    amount.addStretch()
    amount.addWidget(amount_label(words.yuan(refund.total_fen), "due"))
    side.body.addLayout(amount)
    if not look.compact:
        add_routes(look, side.body, refund)
    side.body.addStretch()
    side.foot.addWidget(rule())
    operator = field(look, side.foot, "review_operator", _("Number of the second person"))
    password = field(look, side.foot, "review_password", _("Password"), password=True)
    first = _("Approve {amount}").format(amount=words.yuan(refund.total_fen))
    approve = TwicePressed(look, "approve", first, _("Yes, approve"), "Enter")
    refuse = ActionButton(look, "refuse", _("Refuse"), "Ctrl+R", role="quiet")
    refuse.answer_to("Ctrl+R")
    side.foot.addWidget(in_words(look, approve, refund.total_fen))
    side.foot.addWidget(approve)
    side.foot.addWidget(refuse)

    def _typed() -> str:
        return f"{operator.text().strip()}{SEPARATOR}{password.text()}"

    def _on_changed() -> None:
        complete = bool(operator.text().strip() and password.text())
        approve.disarm()
        approve.setEnabled(complete)
        refuse.setEnabled(complete)

    for line in (operator, password):
        line.textChanged.connect(_on_changed)
    _on_changed()
    approve.decided.connect(lambda: say("approve", _typed()))
    refuse.clicked.connect(lambda: say("refuse", _typed()))
    return Screen(
        centre=centre_column(look, step.file.patient, _plan_card(look, refund)),
        side=side,
        back="leave",
        focus=operator,
        primary=approve,
        fields=(operator, password),
    )


def add_routes(look: Look, into: QVBoxLayout, refund: Refund) -> None:
    """How much goes back by which route."""
    for part in refund.parts:
        icon = _ROUTE_ICONS.get(part.route, "receipt-refund")
        lead = picture(look, icon, look.colour.ink_muted, 22)
        name = words.route(part.route, look.words)
        amount_row(look, into, lead, name, part.amount_fen)


def _plan_card(look: Look, refund: Refund) -> QFrame:
    _ = look.words
    sheet = card()
    whole = QVBoxLayout(sheet)
    set_margins(whole, look, 30, 22, 16)
    title = QHBoxLayout()
    title.setSpacing(look.px(12))
    title.addWidget(picture(look, "receipt-refund", look.colour.primary, 34))
    title.addWidget(Elided(_("Plan of the refund"), "name"), 1)
    title.addWidget(label(words.yuan(refund.total_fen), "total"))
    whole.addLayout(title)
    explained = _("Every part goes back the way it came. Nothing moves before the approval.")
    whole.addWidget(wrapped(explained, "muted"))
    whole.addWidget(rule())
    grid = QGridLayout()
    grid.setHorizontalSpacing(look.px(18))
    grid.setVerticalSpacing(look.px(22))
    for row, part in enumerate(refund.parts):
        icon = _ROUTE_ICONS.get(part.route, "receipt-refund")
        grid.addWidget(picture(look, icon, look.colour.primary, 34), row, 0)
        grid.addWidget(Elided(words.route(part.route, _), "strong"), row, 1)
        grid.addWidget(Elided(part.label, "muted"), row, 2)
        grid.addWidget(label(words.yuan(part.amount_fen), "total", align=RIGHT), row, 3)
    grid.setColumnStretch(1, 2)
    grid.setColumnStretch(2, 1)
    whole.addLayout(grid)
    whole.addStretch()
    return sheet
