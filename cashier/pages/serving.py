"""One patient: open bills in the table, past settlements below, one thing to do on the right."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cashier.pages import words
from cashier.pages.buttons import ActionButton, RowButton
from cashier.pages.fee_card import FeeCard, centre_column, notice_card
from cashier.pages.look import Look
from cashier.pages.money_parts import amount_row
from cashier.pages.parts import card, key_cap, label, picture, rule, scrolled, set_margins, wrapped
from cashier.pages.screen import Say, Screen, Sheet
from cashier.pages.waiting import trouble_banner
from cashier.steps import ServePatient
from core.billing import Settlement, SettlementState
from core.phrase import date_words

_ROW = 70


def serve_patient(look: Look, step: ServePatient, say: Say) -> Screen:
    """Bills to settle (F8) and settlements to refund something of (F4)."""
    _ = look.words
    past = _past_rows(look, step.file.settlements, say)
    fees: FeeCard | None = None
    below: list[QWidget] = []
    if step.file.bills:
        fees = FeeCard(look, _("To be settled"), step.file.bills, None)
        below.append(fees)
    else:
        advice = _("Refunds of the last 30 days stand below.") if past else ""
        below.append(notice_card(look, "circle-check", _("Nothing is to be settled"), advice))
    if past:
        below.append(_past_card(look, past))
    button = ActionButton(look, "settle", _("Settle"), "F8")
    button.setEnabled(bool(step.file.bills))
    button.clicked.connect(lambda: say("settle", ""))
    return Screen(
        centre=centre_column(look, step.file.patient, *below),
        side=_side(look, step, button),
        back="leave",
        focus=fees.view if fees else next((row for row in past if row.isEnabled()), None),
        primary=button,
        past=tuple(row for row in past if row.isEnabled()),
        fees=fees.view if fees else None,
    )


def _side(look: Look, step: ServePatient, button: ActionButton) -> Sheet:
    _ = look.words
    count = len(step.file.bills)
    chip = _("{count} open").format(count=count) if count else _("none open")
    side = Sheet(look, _("Settlement"), chip, "chip" if count else "chip_good")
    if step.message:
        side.body.addWidget(trouble_banner(look, step.message))
    for bill in step.file.bills:
        lead = picture(look, "stethoscope", look.colour.ink_muted, 22)
        amount_row(look, side.body, lead, look.text(bill.department), bill.total_fen)
    side.body.addWidget(rule())
    if count:
        explained = _("Settling asks the insurance for the split first. Nothing is taken yet.")
        side.body.addWidget(wrapped(explained, "muted"))
    else:
        side.body.addWidget(wrapped(_("This patient owes nothing."), "muted"))
    side.body.addStretch()
    side.foot.addWidget(button)
    return side


def _past_rows(look: Look, settlements: tuple[Settlement, ...], say: Say) -> list[RowButton]:
    _ = look.words
    rows = []
    for one in settlements:
        departments = " · ".join(look.text(bill.department) for bill in one.bills)
        state = words.settlement_state(one.state, _)
        head = f"{date_words(one.settled_at, _.language)}  {state}".strip()
        total = words.yuan(one.total_fen)
        row = RowButton(look, f"refund_{one.settlement_id}", head, departments, total)
        row.setFixedHeight(look.px(_ROW))
        row.setEnabled(one.state is SettlementState.COMPLETED)
        row.clicked.connect(lambda _checked=False, i=one.settlement_id: say("refund", i))
        rows.append(row)
    return rows


def _past_card(look: Look, rows: list[RowButton]) -> QFrame:
    _ = look.words
    sheet = card()
    whole = QVBoxLayout(sheet)
    whole.setContentsMargins(1, look.px(10), 1, 1)
    whole.setSpacing(look.px(6))
    head = QHBoxLayout()
    set_margins(head, look, 18, 0, 8)
    head.addWidget(label(_("Settled in the last 30 days"), "strong"))
    head.addStretch()
    head.addWidget(key_cap(look, "F4"))
    head.addWidget(label(_("refund"), "muted"))
    whole.addLayout(head)
    content = QWidget()
    column = QVBoxLayout(content)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for row in rows:
        column.addWidget(row)
    column.addStretch()
    area = scrolled(content)
    area.setFixedHeight(look.px(_ROW) * min(len(rows), 3) + 2)
    whole.addWidget(area)
    return sheet
