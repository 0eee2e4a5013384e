"""States without a patient: signing in, and the desk that waits for somebody."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cashier.pages import words
from cashier.pages.buttons import ActionButton
from cashier.pages.fee_card import centre_column
from cashier.pages.look import Look
from cashier.pages.parts import banner, card, label, picture, rule, set_margins, wrapped
from cashier.pages.screen import SEPARATOR, Say, Screen, Sheet, field
from cashier.steps import Desk, SignIn
from core.wording import wording

_MIDDLE = Qt.AlignmentFlag.AlignHCenter


def sign_in(look: Look, step: SignIn, say: Say) -> Screen:
    """Operator and password; the side stays empty so that nothing of a patient can stand there."""
    _ = look.words
    sheet = card()
    sheet.setFixedWidth(look.px(520))
    form = QVBoxLayout(sheet)
    set_margins(form, look, 40, 34, 12)
    title = QHBoxLayout()
    title.setSpacing(look.px(12))
    title.addWidget(picture(look, "login", look.colour.primary, 34))
    title.addWidget(label(_("Sign in at this window"), "name"), 1)
    form.addLayout(title)
    form.addSpacing(look.px(8))
    operator = field(look, form, "sign_in_operator", _("Operator number"))
    password = field(look, form, "sign_in_password", _("Password"), password=True)
    if step.trouble:
        form.addWidget(trouble_banner(look, step.trouble))
    if step.in_hand_fen:
        cash = _("Give the cash of {amount} back to the patient.")
        form.addWidget(banner(look, "warning", cash.format(amount=words.yuan(step.in_hand_fen))))
    form.addSpacing(look.px(8))
    button = ActionButton(look, "sign_in", _("Sign in"), "Enter")
    form.addWidget(button)

    def _on_clicked() -> None:
        say("sign_in", f"{operator.text().strip()}{SEPARATOR}{password.text()}")

    button.clicked.connect(_on_clicked)
    centre = QWidget()
    around = QVBoxLayout(centre)
    around.addStretch(2)
    across = QHBoxLayout()
    across.addStretch()
    across.addWidget(sheet)
    across.addStretch()
    around.addLayout(across)
    around.addStretch(3)
    side = Sheet(look, _("Settlement"))
    side.body.addWidget(wrapped(_("Sign in to serve patients."), "muted"))
    side.body.addStretch()
    return Screen(centre, side, "", operator, button, (operator, password))


def desk(look: Look, step: Desk, say: Say) -> Screen:
    """Nobody is served: anything may be scanned, laid on a reader, or taken from the queue."""
    _ = look.words
    centre = centre_column(look, None, _invitation(look, step.message))
    side = Sheet(look, _("Settlement"))
    side.body.addWidget(wrapped(_("Nobody is being served."), "muted"))
    side.body.addWidget(rule())
    side.body.addWidget(_shift_note(look, step))
    side.body.addStretch()
    return Screen(centre, side, "")


def trouble_banner(look: Look, reason: str) -> QFrame:
    """What happened and what to do now, in the words of `core.wording`."""
    _ = look.words
    happened = _(wording(reason).happened)
    joint = "。" if _.language == "zh" else ". "
    return banner(look, "warning", f"{happened.rstrip('。.')}{joint}{words.advice(reason, _)}")


def _invitation(look: Look, message: str) -> QFrame:
    _ = look.words
    sheet = card()
    whole = QVBoxLayout(sheet)
    set_margins(whole, look, 40, 34, 14)
    if message:
        whole.addWidget(trouble_banner(look, message))
    whole.addStretch(2)
    whole.addWidget(picture(look, "scan", look.colour.primary, 96), alignment=_MIDDLE)
    whole.addWidget(wrapped(_("Scan, insert or lay anything down"), "headline", align=_MIDDLE))
    hint = _("Nothing needs to be chosen first: the page opens by itself.")
    whole.addWidget(wrapped(hint, "advice", align=_MIDDLE))
    whole.addSpacing(look.px(30))
    media = QHBoxLayout()
    media.setSpacing(look.px(36))
    media.addStretch()
    for icon, name in (
        ("receipt", _("Any slip")),
        ("credit-card", _("Health card")),
        ("id", _("ID card")),
        ("qrcode", _("Insurance code")),
    ):
        one = QVBoxLayout()
        one.setSpacing(look.px(8))
        one.addWidget(picture(look, icon, look.colour.ink_muted, 52), alignment=_MIDDLE)
        one.addWidget(label(name, "muted"), alignment=_MIDDLE)
        media.addLayout(one)
    media.addStretch()
    whole.addLayout(media)
    whole.addStretch(3)
    return sheet


def _shift_note(look: Look, step: Desk) -> QWidget:
    _ = look.words
    since = step.operator.since[11:16]
    return wrapped(_("This shift began at {time}.").format(time=since), "muted")
