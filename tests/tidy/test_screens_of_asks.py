"""Every Ask of the kiosk is met in a story, and has one screen that gets plain words."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from core import steps
from core.catalogue import Catalogue
from core.flow import Ask
from kiosk.steps import ResultShown
from kiosk.steps.pages import AtMachine, Page
from kiosk.views import view_of
from tests.helpers import journey_stories as stories
from tests.helpers.all_stories import ALL
from tests.helpers.explore import Story
from tests.helpers.kinds import kinds_of
from tests.helpers.source import ROOT
from tests.helpers.variants import Variant

_PACKAGES = ("core.steps", "kiosk.steps")
_SCREENS = ROOT / "kiosk" / "screens"


@cache
def _shown_asks() -> dict[type[Ask[Any]], Ask[Any]]:
    """One Ask of each kind, as the stories show them."""
    nothing_due: tuple[Story, int, Variant] = (
        stories.PAY_BILL,
        1,
        Variant(steps.Bills, state="none"),
    )
    referred = (stories.PAY_BILL, 5, stories.WINDOW_ONLY)
    trouble = (stories.PAY_BILL, 5, stories.REFUSED)
    asks_shown: list[Ask[Any]] = []
    for story in ALL:
        asks_shown += story.run({})[1].asks
    for story, number, variant in (nothing_due, referred, trouble):
        asks_shown += story.run({number: variant})[1].asks
    return {type(ask): ask for ask in asks_shown}


_BASES = {ResultShown, Page, AtMachine}
_KIOSK_ASKS = sorted(
    (kind for kind in kinds_of(Ask) - _BASES if kind.__module__.startswith(_PACKAGES)),
    key=lambda kind: kind.__name__,
)


def test_the_stories_show_every_question_there_is() -> None:
    assert set(_shown_asks()) == set(_KIOSK_ASKS)


@pytest.mark.parametrize("kind", _KIOSK_ASKS, ids=[kind.__name__ for kind in _KIOSK_ASKS])
def test_every_question_of_the_kiosk_has_a_screen(kind: type[Ask[Any]]) -> None:
    screen, view = view_of(_shown_asks()[kind], Catalogue("en", ROOT))
    assert (_SCREENS / f"{screen}.qml").is_file(), f"{kind.__name__} needs {screen}.qml"
    assert _plain(view), f"{screen} is given more than plain words, numbers, lists and dicts"


def _plain(value: object) -> bool:
    match value:
        case dict():
            return all(isinstance(name, str) and _plain(one) for name, one in value.items())
        case list():
            return all(_plain(one) for one in value)
        case bool() | str():
            return True
        case int():
            return -(2**31) <= value < 2**31
    return False
