"""Who sits at the window: sign-in, an own password when that is due, and locking.

What a reader would get wrong: locking ends the session here at once, whatever the backend answers;
an open drawer stays open in its cashier's name, because it is cash and no session.
"""

from __future__ import annotations

from dataclasses import replace

from cashier.steps import Credentials, SignIn
from cashier.steps.sheet import Action, Field, FieldKind, Pressed, WorkSheet
from core.audit import AuditEvent
from core.phrase import said
from core.ports import DrawerSeen, NotSent, Refused, Unknown
from core.steps.drawer import LookAtDrawer
from core.steps.media import NoteAudit
from core.steps.window_day import ChooseOwnPassword, SignOutOperator
from core.window_steps import Operator, SignInOperator

_MOST_LETTERS = 200


async def sign_in(in_hand_fen: int = 0) -> Operator:
    """Until somebody is signed in. A drawer that was left open says so on the page, and so does
    cash that belongs to a patient."""
    trouble = await _left_open()
    given: Credentials | None = None
    while True:
        given = given or await SignIn(trouble, in_hand_fen)
        match await SignInOperator(given.operator, given.password):
            case Operator() as operator:
                facts = {"operator": operator.operator}
                await NoteAudit(AuditEvent.OPERATOR_SIGNED_IN, facts)
                return operator
            case Refused("password_expired"):
                given = await _choose_own(given)
                trouble = ""
            case Refused(reason) | NotSent(reason) | Unknown(reason):
                await NoteAudit(AuditEvent.OPERATOR_REFUSED, {"reason": reason})
                given, trouble = None, reason


async def sign_out() -> None:
    """Nobody sits here any more."""
    await SignOutOperator()


async def _left_open() -> str:
    """The code for the page, "" when nothing is known to stand open."""
    match await LookAtDrawer():
        case DrawerSeen(True):
            await NoteAudit(AuditEvent.DRAWER_LEFT_OPEN, {})
            return "drawer_open"
    return ""


def own_password_sheet(operator: str, trouble: str = "") -> WorkSheet:
    """Twice the same, so that a slip of the finger locks nobody out."""
    return WorkSheet(
        title=said("Choose a password of your own"),
        chip=operator,
        trouble=trouble,
        text=said(
            "This password was chosen by somebody else or is too old. At least 8 characters of "
            "three kinds: capital letters, small letters, digits, signs."
        ),
        fields=(
            Field("new", said("New password"), FieldKind.HIDDEN, most=_MOST_LETTERS),
            Field("again", said("The same again"), FieldKind.HIDDEN, most=_MOST_LETTERS),
        ),
        actions=(Action("choose", said("Choose")),),
    )


async def _choose_own(given: Credentials) -> Credentials | None:
    """What to sign in with; None: back to signing in."""
    trouble = ""
    while True:
        match await own_password_sheet(given.operator, trouble):
            case Pressed() as pressed:
                new = pressed.value("new")
            case _:
                return None
        if new != pressed.value("again"):
            trouble = "passwords_differ"
            continue
        match await ChooseOwnPassword(given.operator, given.password, new):
            case Refused(reason) | NotSent(reason) | Unknown(reason):
                trouble = reason
            case _:
                return replace(given, password=new)
