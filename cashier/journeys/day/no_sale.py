"""Open the drawer without a sale: to change a note, to fetch the float.

What a reader would get wrong: who opened it and why is on disk before it springs open.
"""

from __future__ import annotations

from cashier.journeys.work import AtWork
from cashier.steps.sheet import Action, Field, Pressed, WorkSheet
from core.journeys.drawer import WhyOpened, open_drawer
from core.page_parts import Strip, Tone
from core.phrase import said
from core.ports import DeviceTrouble, Done, DrawerSeen, Unknown
from core.steps.drawer import LookAtDrawer

_TITLE = said("Open the drawer without a sale")


def why_sheet(trouble: str = "") -> WorkSheet:
    """A reason is needed."""
    return WorkSheet(
        title=_TITLE,
        trouble=trouble,
        text=said("Each opening is written down with your number and the reason."),
        fields=(Field("why", said("Why it is opened"), most=100),),
        actions=(Action("open", said("Open the drawer")),),
    )


def open_sheet(seen: DrawerSeen | DeviceTrouble) -> WorkSheet:
    """As its switch says, where it has one."""
    match seen:
        case DrawerSeen(True):
            strip = Strip(Tone.WARNING, "lock-open", said("The drawer stands open"))
        case DrawerSeen(False):
            strip = Strip(Tone.SUCCESS, "lock", said("The drawer is closed"))
        case _:
            words = said("Nobody can tell whether the drawer stands open: look at it")
            strip = Strip(Tone.INFO, "lock-open", words)
    return WorkSheet(
        title=_TITLE,
        strip=strip,
        actions=(
            Action("done", said("Done")),
            Action("look", said("Look again"), key="Ctrl+O"),
        ),
    )


async def no_sale(at: AtWork) -> str:
    """Until it is closed, or somebody says so. `drawer_open` when it was left open."""
    trouble = ""
    while True:
        match await why_sheet(trouble):
            case Pressed() as pressed:
                why = pressed.value("why")
            case _:
                return ""
        match await open_drawer(WhyOpened.NO_SALE, at.operator.operator, why):
            case Done():
                break
            case DeviceTrouble(_, reason):
                trouble = reason
            case Unknown(reason):
                trouble = "drawer_unsure"
    while True:
        seen = await LookAtDrawer()
        match await open_sheet(seen):
            case Pressed("look"):
                continue
            case _:
                seen = await LookAtDrawer()
                return "drawer_open" if seen == DrawerSeen(True) else ""
