"""How it ended, and what the machine is doing meanwhile.

What a reader would get wrong: the first line after trouble is always what became of the money;
"being checked" is a state of its own and never reads as failed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

from cashier.pages import doing, words
from cashier.pages.buttons import ActionButton
from cashier.pages.fee_card import centre_column
from cashier.pages.look import Look
from cashier.pages.parts import amount_label, banner, card, picture, rule, set_margins, wrapped
from cashier.pages.paying import settlement_sheet
from cashier.pages.refunding import add_routes
from cashier.pages.screen import Say, Screen, Sheet
from cashier.steps import ShowOutcome
from core.flow import Act
from core.steps import FollowSettlement
from core.wording import MONEY, wording

_MIDDLE = Qt.AlignmentFlag.AlignHCenter


@dataclass(frozen=True, slots=True)
class _Ending:
    icon: str
    colour: str
    headline: str
    happened: str
    advice: str


def show_outcome(look: Look, step: ShowOutcome, say: Say) -> Screen:
    """The end of a settlement or refund; Enter goes back to the desk."""
    _ = look.words
    done = ActionButton(look, "done", _("Done"), "Enter", icon="check")
    done.clicked.connect(lambda: say("done", ""))
    side = _side(look, step)
    side.body.addStretch()
    side.foot.addWidget(done)
    centre = centre_column(look, step.file.patient, _outcome_card(look, step))
    return Screen(centre, side, "done", focus=done, primary=done)


def progress(look: Look, act: Act[Any], may_leave: bool, say: Say) -> Sheet:
    """The right side while an Act runs: words, and "stop and reverse" where that is possible."""
    _ = look.words
    side = Sheet(look, _("At work"))
    side.setObjectName("progress")
    side.body.addStretch()
    side.body.addWidget(picture(look, "hourglass", look.colour.primary, 72), alignment=_MIDDLE)
    side.body.addWidget(wrapped(doing.act(act, _), "name", align=_MIDDLE))
    if isinstance(act, FollowSettlement):
        hint = _("The patient may have to confirm on the phone.")
        side.body.addWidget(wrapped(hint, "muted", align=_MIDDLE))
    side.body.addStretch()
    if may_leave:
        warning = _("Stopping asks for the money back. What was taken is returned.")
        side.foot.addWidget(wrapped(warning, "muted", align=_MIDDLE))
        stop = ActionButton(look, "stop", _("Stop and reverse"), "Esc", role="quiet")
        stop.clicked.connect(lambda: say("leave", ""))
        side.foot.addWidget(stop)
    return side


def _outcome_card(look: Look, step: ShowOutcome) -> QFrame:
    _ = look.words
    ending = _ending(look, step)
    sheet = card()
    sheet.setObjectName("outcome")
    sheet.setAccessibleName(ending.headline)
    whole = QVBoxLayout(sheet)
    set_margins(whole, look, 60, 30, 12)
    whole.addStretch(2)
    whole.addWidget(picture(look, ending.icon, ending.colour, 96), alignment=_MIDDLE)
    headline = wrapped(ending.headline, "headline", align=_MIDDLE)
    headline.setObjectName("headline")
    whole.addWidget(headline)
    for text in (ending.happened, ending.advice):
        if text:
            whole.addWidget(wrapped(text, "advice", align=_MIDDLE))
    if cash := _cash_line(look, step):
        whole.addWidget(wrapped(cash, "total", align=_MIDDLE))
    if step.case_id:
        case = _("Case number {case}").format(case=step.case_id)
        whole.addWidget(wrapped(case, "total", align=_MIDDLE))
    if not step.printed and not step.reason:
        owed = _("The slip could not be printed. It is kept and can be printed later.")
        whole.addWidget(banner(look, "warning", owed))
    whole.addStretch(3)
    return sheet


def _cash_line(look: Look, step: ShowOutcome) -> str:
    """What the operator does with cash now; "" where there is none."""
    _ = look.words
    if step.in_hand_fen:
        amount = words.yuan(step.in_hand_fen)
        if step.money == "being_checked":
            return _("Set the cash of {amount} aside until this is known.").format(amount=amount)
        return _("Give the cash of {amount} back to the patient.").format(amount=amount)
    if step.settlement is None or (cash := step.settlement.cash) is None:
        return ""
    if len(step.settlement.tenders) > 1 and not cash.change_fen:
        return _("In cash {amount}").format(amount=words.yuan(cash.to_take_fen))
    return _("Change {amount}").format(amount=words.yuan(cash.change_fen))


def _ending(look: Look, step: ShowOutcome) -> _Ending:
    """Money first."""
    _, c = look.words, look.colour
    if not step.reason:
        slip = _("Give the slip to the patient.") if step.printed else ""
        if step.refund is not None:
            state = words.refund_state(step.refund.state, _)
            if step.refund.state == "PAID":
                return _Ending("circle-check", c.success, state, "", slip)
            rest = _("The rest goes by bank transfer, or waits for its account.")
            return _Ending("hourglass", c.warning, state, rest, slip)
        return _Ending("circle-check", c.success, _("Settled"), "", slip)
    happened, advice = _(wording(step.reason).happened), words.advice(step.reason, _)
    money = _(MONEY[step.money]) if step.money in MONEY else ""
    if step.money == "being_checked":
        return _Ending("clock", c.warning, money, happened, advice)
    second = happened if money else ""
    return _Ending("alert-triangle", c.warning, money or happened, second, advice)


def _side(look: Look, step: ShowOutcome) -> Sheet:
    _ = look.words
    if step.settlement is not None:
        return settlement_sheet(look, step.settlement)
    if step.refund is None:
        side = Sheet(look, _("Settlement"))
        checked = step.money == "being_checked"
        text = _("A person checks what became of it.") if checked else _("Nothing was settled.")
        side.body.addWidget(wrapped(text, "muted"))
        return side
    refund = step.refund
    good = refund.state == "PAID"
    role = "chip_good" if good else "chip_warn"
    side = Sheet(look, _("Refund"), words.refund_state(refund.state, _), role)
    side.body.addWidget(amount_label(words.yuan(refund.total_fen), "due"))
    side.body.addWidget(rule())
    add_routes(look, side.body, refund)
    return side
