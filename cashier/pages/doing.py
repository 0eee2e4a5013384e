"""What a window is doing while an Act runs, in words; every Act of a work has its own.

What a reader would get wrong: only what is written into the journal of this machine says nothing
but "One moment": it is over before anybody could read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cashier.pages.doing_books import DAY, DOUBTS, PAPERS
from cashier.pages.doing_money import LATER, PREFUND, REFUNDS, SETTLING
from cashier.pages.doing_people import PEOPLE, SPECIALS, VISITS
from core.catalogue import Catalogue
from core.flow import Act
from core.phrase import Said, spoken

WAITING: Mapping[type[Act[Any]], Said] = {
    **PEOPLE,
    **VISITS,
    **SPECIALS,
    **SETTLING,
    **PREFUND,
    **REFUNDS,
    **LATER,
    **DAY,
    **PAPERS,
    **DOUBTS,
}


def act(doing: Act[object], _: Catalogue) -> str:
    """What the machine is doing now."""
    waiting = WAITING.get(type(doing))
    return spoken(waiting, _) if waiting is not None else _("One moment")
