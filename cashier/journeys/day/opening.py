"""The drawer at the moment of money: it springs open, or a page says how else to come by it.

What a reader would get wrong: what is booked stays booked; the page keeps nobody from going on, it
only makes sure that cash is not left beside a drawer that stayed shut.
"""

from __future__ import annotations

from cashier.journeys.work import AtWork
from cashier.steps.sheet import Action, Pressed, WorkSheet
from core.journeys.drawer import WhyOpened, open_drawer
from core.phrase import Phrase, Yuan, said
from core.ports import DeviceTrouble, Done, Unknown

_NONE_HERE = frozenset({"no_drawer", "not_fitted"})
_WHAT: dict[WhyOpened, Phrase] = {
    WhyOpened.CASH_TAKEN: said("Put into the drawer"),
    WhyOpened.CASH_HANDED_OUT: said("Hand out from the drawer"),
}


async def open_for(at: AtWork, why: WhyOpened, amount_fen: int = 0) -> None:
    """Until it stands open, or the cashier goes on with its key. `amount_fen`: what is booked."""
    while True:
        match await open_drawer(why, at.operator.operator):
            case Done():
                return
            case DeviceTrouble(_, reason) if reason in _NONE_HERE:
                return
            case DeviceTrouble(_, reason):
                trouble = reason
            case Unknown():
                trouble = "drawer_unsure"
        if await shut_sheet(at, why, amount_fen, trouble) != Pressed("again"):
            return


def shut_sheet(at: AtWork, why: WhyOpened, amount_fen: int, trouble: str) -> WorkSheet:
    """Why it stayed shut, and what belongs into it or out of it."""
    booked = said("The money is booked. Open the drawer with its key.")
    counting = said("Open the drawer with its key, then count.")
    return WorkSheet(
        title=said("The drawer did not open"),
        patient=at.patient,
        trouble=trouble,
        text=booked if why in _WHAT else counting,
        big_label=_WHAT.get(why, ""),
        big_value=Yuan(amount_fen) if why in _WHAT else "",
        actions=(
            Action("done", said("Go on")),
            Action("again", said("Open it again"), key="Ctrl+O"),
        ),
    )
