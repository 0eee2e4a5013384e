"""Every key of the page, where it works, and the list that F12 opens.

What a reader would get wrong: a key is shown only where it does something; `keys_of` is what the
left column lists for one step, `KEYS` is all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from cashier.pages.buttons import ActionButton
from cashier.pages.look import Look
from cashier.pages.parts import Elided, card, key_cap, label, picture, rule, set_margins
from cashier.pages.paying import PART_KEY
from cashier.steps import ChooseRefundLines, Desk, ReviewPlan, ServePatient, ShowOutcome, SignIn
from cashier.steps.sheet import WorkSheet
from core.billing import SettlementState
from core.catalogue import Catalogue
from core.flow import Ask, Step
from core.phrase import spoken
from core.steps import ConfirmQuote, ShowPaymentCode
from core.window_steps import Operator

WORK_KEYS = ("F3", "F6", "F7", "F11", "Ctrl+S", "Ctrl+I")
"""Keys that a work may have for itself (ui.md 3.6)."""


@dataclass(frozen=True, slots=True)
class Key:
    """`name` as on the keyboard; `where`: the steps in which it works, () for all."""

    name: str
    meaning: str
    where: tuple[type[Ask[Any]], ...] = ()


def all_keys(_: Catalogue) -> tuple[Key, ...]:
    """In the order of the list."""
    patient = (
        ServePatient,
        ConfirmQuote,
        ShowPaymentCode,
        ChooseRefundLines,
        ReviewPlan,
        WorkSheet,
    )
    return (
        Key("Enter", _("sign in"), (SignIn,)),
        Key("F1", _("scan or search"), (Desk,)),
        Key("F2", _("next of the queue"), (Desk,)),
        Key("Alt+1…9", _("one of the queue"), (Desk,)),
        Key("F4", _("refund of the newest"), (ServePatient,)),
        Key("F5", _("refresh the queue"), (Desk,)),
        Key("F8", _("settle"), (ServePatient,)),
        Key("1…9", _("choose payment"), (ConfirmQuote,)),
        Key(PART_KEY, _("a part in cash"), (ConfirmQuote,)),
        Key("Enter", _("amount in words"), (ConfirmQuote, ReviewPlan)),
        Key("Enter ×2", _("confirm"), (ConfirmQuote, ReviewPlan)),
        Key(_("Space"), _("tick an item"), (ChooseRefundLines,)),
        Key("Ctrl+A", _("tick all items"), (ChooseRefundLines,)),
        Key("Alt+1…3", _("usual reasons"), (ChooseRefundLines,)),
        Key("Enter", _("ask for the plan"), (ChooseRefundLines,)),
        Key("Ctrl+R", _("refuse the refund"), (ReviewPlan,)),
        Key("Enter", _("done"), (ShowOutcome,)),
        Key("F9", _("all work"), (Desk, ServePatient)),
        Key("Enter", _("next field, then go on"), (WorkSheet,)),
        Key("Ctrl+F", _("filter the rows"), (WorkSheet,)),
        Key("Esc", _("back"), patient),
        Key("Ctrl+D", _("maintenance"), (Desk,)),
        Key("Ctrl+L", _("Chinese / English")),
        Key("F10", _("lock"), (Desk,)),
        Key("F12", _("all keys")),
    )


def may_maintain(operator: Operator) -> bool:
    """Who may open the machine from a window."""
    return not {"technician", "supervisor"}.isdisjoint(operator.roles)


def keys_of(step: Step[Any], may_leave: bool, _: Catalogue) -> tuple[Key, ...]:
    """Those that do something in this step; `may_leave`: an Act that can be stopped."""
    stop = (Key("Esc", _("stop and reverse")),) if may_leave else ()
    return stop + _own_keys(step, _) + tuple(key for key in all_keys(_) if _works(key, step))


def _own_keys(step: Step[Any], _: Catalogue) -> tuple[Key, ...]:
    if not isinstance(step, Desk | ServePatient):
        return ()
    return tuple(Key(o.key, spoken(o.words, _)) for o in step.works if o.key and not o.off)


def _works(key: Key, step: Step[Any]) -> bool:
    if key.where and not isinstance(step, key.where):
        return False
    match step:
        case Desk(operator=operator) if key.name == "Ctrl+D":
            return may_maintain(operator)
        case Desk(queue=queue, works=works):
            shown = {"F2": bool(queue), "Alt+1…9": bool(queue), "F9": bool(works)}
            return shown.get(key.name, True)
        case ServePatient(file=file, works=works):
            settled = any(one.state is SettlementState.COMPLETED for one in file.settlements)
            shown = {"F4": settled, "F8": bool(file.bills), "F9": bool(works)}
            return shown.get(key.name, True)
        case ConfirmQuote(takes_part=takes_part) if key.name == PART_KEY:
            return takes_part
        case WorkSheet(table=table) if key.name == "Ctrl+F":
            return table is not None and bool(table.lines)
    return True


def key_rows(look: Look, keys: tuple[Key, ...], columns: int = 1) -> QGridLayout:
    """Caps and meanings, filled column by column."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(look.px(10))
    grid.setVerticalSpacing(look.px(7))
    rows = -(-len(keys) // columns)
    for index, key in enumerate(keys):
        column, row = divmod(index, rows)
        cap = QHBoxLayout()
        cap.addWidget(key_cap(look, key.name))
        cap.addStretch()
        grid.addLayout(cap, row, column * 2)
        grid.addWidget(Elided(key.meaning, ""), row, column * 2 + 1)
        grid.setColumnStretch(column * 2 + 1, 1)
    return grid


class KeyList(QFrame):
    """Lies over the page until it is closed; meanwhile no other key does anything."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        _ = look.words
        self.setObjectName("key_list")
        self.setProperty("role", "veil")
        self.setAccessibleName(_("All keys"))
        self.hide()
        around = QVBoxLayout(self)
        around.addStretch()
        middle = QHBoxLayout()
        middle.addStretch()
        sheet = card()
        sheet.setFixedWidth(look.px(900))
        whole = QVBoxLayout(sheet)
        set_margins(whole, look, 36, 28, 16)
        head = QHBoxLayout()
        head.setSpacing(look.px(12))
        head.addWidget(picture(look, "list", look.colour.primary, 30))
        head.addWidget(label(_("All keys"), "name"), 1)
        whole.addLayout(head)
        whole.addWidget(rule())
        whole.addLayout(key_rows(look, all_keys(look.words), columns=2))
        self.close_button = ActionButton(look, "close_keys", _("Close"), "Esc", role="quiet")
        whole.addWidget(self.close_button)
        middle.addWidget(sheet)
        middle.addStretch()
        around.addLayout(middle)
        around.addStretch()
