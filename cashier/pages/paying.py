"""The quote and the payment code: what is due, and the ways that are open to pay it.

What a reader would get wrong: choosing a way moves nothing. The first Enter shows the amount in
words, the second one says "pay"; with a way that needs a code, money moves at the scan after it.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from cashier.pages import words
from cashier.pages.buttons import ActionButton, PickButton, TwicePressed
from cashier.pages.fee_card import FeeCard, centre_column
from cashier.pages.look import Look
from cashier.pages.money_parts import TENDER_ICONS, add_split, add_tenders, amount_row
from cashier.pages.parts import (
    Elided,
    amount_label,
    banner,
    label,
    picture,
    rule,
    set_margins,
    wrapped,
)
from cashier.pages.screen import Say, Screen, Sheet
from cashier.pages.waiting import trouble_banner
from cashier.views import Context
from core.billing import Settlement, SettlementState, TenderKind
from core.money import yuan_in_words
from core.steps import ConfirmQuote, ShowPaymentCode
from core.wording import TENDERS, wording

PART_KEY = "0"
_MOST_HIGH, _MOST_LOW = 3, 4  # open ways on two lines each, on one line each; more stand in columns
_GOOD = frozenset({SettlementState.INSURED, SettlementState.COMPLETED, SettlementState.QUOTED})


def confirm_quote(look: Look, step: ConfirmQuote, say: Say) -> Screen:
    """The split, what is taken from where, what is due, and how it is paid."""
    _ = look.words
    settlement = step.settlement
    fees = FeeCard(look, _("This settlement"), settlement.bills, settlement.total_fen)
    side = settlement_sheet(look, settlement)
    if not step.slip_possible:
        text = _("No slip can be printed now. Paying works all the same.")
        side.body.insertWidget(0, banner(look, "warning", text))
    if step.trouble:
        side.body.insertWidget(0, trouble_banner(look, step.trouble))
    if step.takes_part:
        side.foot.addWidget(_part_button(look, step, say))
    elif step.part_off:
        side.foot.addWidget(_part_closed(look, step.part_off))
    due_row(look, side.foot, step.rest_fen)
    ways = _ways(look, settlement)
    open_ways = [(button, kind) for button, kind in ways if button.isEnabled()]
    _put_ways(look, side, [button for button, _kind in ways])
    commit = _commit(look, step)
    commit.setEnabled(bool(open_ways))
    # with nothing due it is the planned tenders that are taken, and they are the self-pay
    side.foot.addWidget(in_words(look, commit, step.rest_fen or settlement.self_pay_fen))
    side.foot.addWidget(commit)

    def _on_decided() -> None:
        chosen = next((kind for button, kind in open_ways if button.isChecked()), None)
        say("pay", chosen.value if chosen else "")

    def _on_armed(armed: bool) -> None:
        for button, _kind in ways:
            button.setVisible(button.isChecked() or not armed)

    commit.decided.connect(_on_decided)
    commit.armed.connect(_on_armed)
    for button, kind in open_ways:
        button.toggled.connect(commit.disarm)
        if kind is TenderKind.CASH:
            # the next page asks what is given, and confirms; a press here moves nothing
            button.clicked.connect(_on_decided)
    if open_ways:
        open_ways[0][0].setChecked(True)
    return Screen(
        centre=centre_column(look, step.patient, fees),
        side=side,
        back="leave",
        focus=fees.view,
        primary=commit,
        choices=tuple(button for button, _kind in open_ways),
        fees=fees.view,
    )


def show_payment_code(look: Look, step: ShowPaymentCode, context: Context, say: Say) -> Screen:
    """Waits for the scanner; Esc goes back to the quote."""
    _ = look.words
    below: list[QWidget] = []
    if (settlement := context.settlement) is not None:
        title = _("This settlement")
        below.append(FeeCard(look, title, settlement.bills, settlement.total_fen))
        side = settlement_sheet(look, settlement)
    else:
        side = Sheet(look, _("Settlement"))
    if step.trouble:
        side.body.insertWidget(0, trouble_banner(look, step.trouble))
    side.body.addStretch()
    _part_row(look, side.foot, context.part_cash_fen)
    due_row(look, side.foot, step.due_fen)
    side.foot.addWidget(_scan_now(look))
    back = ActionButton(look, "back", _("Another way to pay"), "Esc", role="quiet")
    back.clicked.connect(lambda: say("back", ""))
    side.foot.addWidget(back)
    return Screen(centre_column(look, context.patient, *below), side, "back", focus=back)


def settlement_sheet(look: Look, settlement: Settlement) -> Sheet:
    """Split and tenders of a settlement, as the backend sees it now."""
    _ = look.words
    role = "chip_good" if settlement.state in _GOOD else "chip_warn"
    side = Sheet(look, _("Settlement"), words.settlement_state(settlement.state, _), role)
    add_split(look, side.body, settlement)
    if settlement.tenders or settlement.hold is not None:
        side.body.addWidget(rule())
        add_tenders(look, side.body, settlement)
    return side


def due_row(look: Look, into: QVBoxLayout, due_fen: int) -> None:
    """What is to be taken now, large."""
    _ = look.words
    row = QHBoxLayout()
    row.addWidget(label(_("Due now"), "strong"))
    row.addStretch()
    due = amount_label(words.yuan(due_fen), "due")
    due.setObjectName("due")
    row.addWidget(due)
    into.addLayout(row)


def in_words(look: Look, button: TwicePressed, amount_fen: int) -> QFrame:
    """The amount in banking capitals, seen only while the button is armed."""
    _ = look.words
    box = QFrame()
    box.setProperty("role", "warning")
    box.setObjectName("amount_in_words")
    lines = QVBoxLayout(box)
    set_margins(lines, look, 12, 6, 0)
    lines.addWidget(wrapped(_("Amount in words. Press again to go on."), "muted"))
    lines.addWidget(wrapped(yuan_in_words(amount_fen), "in_words"))
    box.setVisible(False)
    button.armed.connect(box.setVisible)
    return box


def _part_row(look: Look, into: QVBoxLayout, part_fen: int) -> None:
    """Cash that was counted already; nothing without it."""
    _ = look.words
    if part_fen:
        lead = picture(look, TENDER_ICONS[TenderKind.CASH], look.colour.ink_muted, 22)
        note = _("not booked yet")
        amount_row(look, into, lead, _("In cash"), part_fen, note=f"· {note}")


def _part_button(look: Look, step: ConfirmQuote, say: Say) -> ActionButton:
    _ = look.words
    title = _("A part in cash")
    if step.part_cash_fen:
        title = _("{amount} in cash, change it").format(amount=words.yuan(step.part_cash_fen))
    button = ActionButton(look, "part_cash", title, PART_KEY, role="quiet")
    button.clicked.connect(lambda: say("part", ""))
    return button


def _part_closed(look: Look, reason: str) -> PickButton:
    """It stands there with the reason, so that nobody counts notes in vain."""
    _ = look.words
    icon, why = TENDER_ICONS[TenderKind.CASH], _(wording(reason).happened)
    title = _("A part in cash")
    return PickButton(look, "part_cash", icon, title, "", PART_KEY, reason=why, low=True)


def _commit(look: Look, step: ConfirmQuote) -> TwicePressed:
    _ = look.words
    if step.settlement.due_fen == 0:
        return TwicePressed(look, "commit", _("Confirm and settle"), _("Settle now"), "Enter")
    amount = words.yuan(step.rest_fen)
    first = _("Take {amount}").format(amount=amount)
    return TwicePressed(look, "commit", first, _("Again: {amount}").format(amount=amount), "Enter")


def _ways(look: Look, settlement: Settlement) -> list[tuple[PickButton, TenderKind | None]]:
    """A button for each way the backend named; only open ones get a digit."""
    _ = look.words
    if settlement.due_fen == 0:
        title, hint = _("Nothing more is due"), _("Everything is covered")
        return [(PickButton(look, "pay_none", "shield-check", title, hint, "1"), None)]
    ways: list[tuple[PickButton, TenderKind | None]] = []
    digit, opened = 0, sum(option.allowed for option in settlement.options)
    for option in settlement.options:
        digit += option.allowed
        why = _(wording(option.reason or "tender_not_allowed").happened)
        button = PickButton(
            look,
            f"pay_{option.kind.value}",
            TENDER_ICONS[option.kind],
            _(TENDERS[option.kind]),
            words.tender_hint(option, _),
            str(digit) if option.allowed else "",
            reason="" if option.allowed else why,
            low=not option.allowed or opened > _MOST_HIGH,
            bare=opened > _MOST_LOW and digit > 1,
        )
        ways.append((button, option.kind))
    return ways


def _put_ways(look: Look, side: Sheet, ways: list[PickButton]) -> None:
    """Open ways always stand, in two columns where they are many; closed ones scroll when there is
    no room for everything."""
    for button in ways:
        if not button.isEnabled():
            side.body.addWidget(button)
    side.body.addStretch()
    standing = [button for button in ways if button.isEnabled()]
    places = QGridLayout()
    places.setSpacing(look.px(6 if len(standing) > _MOST_HIGH else 10))
    side.foot.addLayout(places)
    if len(standing) <= _MOST_LOW:
        for row, button in enumerate(standing):
            places.addWidget(button, row, 0)
        return
    side.foot.setSpacing(look.px(5))
    places.addWidget(standing[0], 0, 0, 1, 2)
    for place, button in enumerate(standing[1:]):
        places.addWidget(button, 1 + place // 2, place % 2)
    chosen = Elided("", "muted")
    for button in standing:
        button.toggled.connect(partial(_tell_chosen, chosen, button))
    side.foot.addWidget(chosen)


def _tell_chosen(chosen: Elided, button: PickButton, checked: bool) -> None:
    """Where a way has no room for its own hint: whose agreement it is, what is left of it."""
    if checked:
        chosen.setText(button.accessibleDescription())


def _scan_now(look: Look) -> QFrame:
    _ = look.words
    box = QFrame()
    box.setProperty("role", "tint")
    row = QHBoxLayout(box)
    set_margins(row, look, 16, 14, 14)
    row.addWidget(picture(look, "scan", look.colour.primary, 52))
    texts = QVBoxLayout()
    texts.addWidget(wrapped(_("Scan the patient's payment code"), "strong"))
    texts.addWidget(wrapped(_("The scanner is waiting: WeChat, Alipay or UnionPay."), "muted"))
    row.addLayout(texts, 1)
    row.setAlignment(texts, Qt.AlignmentFlag.AlignVCenter)
    return box
