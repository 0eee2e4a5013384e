"""The price list (S35): type a part of a name, look. Nobody has to say who they are.

What a reader would get wrong: the whole list is not shown without a search, because nobody finds
anything in a hundred rows.
"""

from __future__ import annotations

from typing import assert_never

from core.goods import Price
from core.look_up import Prices
from core.page_parts import Row, Section
from core.phrase import Phrase, said
from core.steps import Leave
from core.steps.look_up import FetchPrices
from kiosk.journeys.ending import Retry
from kiosk.journeys.look import Ended, look
from kiosk.journeys.service import Start
from kiosk.steps import Back, Typed
from kiosk.steps.pages import Button, Keys, Pressed, Show, TypeIn

_MOST_SIGNS = 20
_CLASSES = {
    "A": said("Within the insurance"),
    "B": said("Partly within the insurance"),
    "OWN": said("At your own expense"),
}
_ICONS = {"DRUG": "pill", "LAB": "vaccine", "EXAM": "report-medical", "GOODS": "package"}


async def prices(_start: Start) -> Retry | None:
    """Type, look, type again. The names of the list are words that the keyboard offers."""
    known = await look(FetchPrices(""))
    if isinstance(known, Ended):
        return known.end
    while True:
        match await type_search(known):
            case Typed(text):
                pass
            case Back() | Leave():
                return None
            case other:
                assert_never(other)
        found = await look(FetchPrices(text))
        if isinstance(found, Ended):
            return found.end
        match await price_page(text, found):
            case Pressed() | Back():
                continue
            case Leave():
                return None


def type_search(known: Prices) -> TypeIn:
    """A part of the name, by letters or by pinyin."""
    return TypeIn(
        title=said("Which price would you like to know?"),
        hint=said("Type a part of the name, such as ECG. You need no card for this."),
        icon="search",
        keys=Keys.TEXT,
        label=said("Name of the examination, medicine or service"),
        most=_MOST_SIGNS,
        words=tuple(item.name for item in known.items),
    )


def price_page(search: str, found: Prices) -> Show:
    """What fits, with its price for one unit."""
    rows = tuple(_row(item) for item in found.items)
    none = said("Nothing was found. Please type less of the name, or other words.")
    return Show(
        title=said("Prices of {search}", search=search),
        hint=said("Prices are those of today.") if rows else none,
        icon="search",
        sections=(Section("", rows),) if rows else (),
        buttons=(Button("again", said("Look for another one"), "search"),),
    )


def _row(item: Price) -> Row:
    note: Phrase = _CLASSES.get(item.insurance_class, "")
    price = said("¥{price} / {unit}", price=item.unit_price, unit=item.unit)
    return Row(_ICONS.get(item.kind, "stethoscope"), item.name, price, note=note)
