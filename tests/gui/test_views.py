"""Views are plain: every question has one, and nothing in it is more than words and numbers."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest
from examples import ACTS, GALLERY, STEPS

import core.steps
import kiosk.steps
import kiosk.steps.pages
from core.catalogue import Catalogue
from core.flow import Act, Ask
from core.steps import TakeBackCard, TakeCard
from kiosk.screens.view_parts import View
from kiosk.steps import ChooseService, ResultShown, ShowTrouble
from kiosk.steps.pages import Finished, Page
from kiosk.views import progress_view

ENGLISH = Catalogue("en", Path())


def _plain(value: object) -> bool:
    match value:
        case bool() | str():
            return True
        case int():
            return abs(value) < 2**31
        case list():
            return all(_plain(entry) for entry in value)
        case dict():
            return all(isinstance(key, str) and _plain(entry) for key, entry in value.items())
    return False


@pytest.mark.parametrize("name", list(GALLERY))
def test_view_is_made_of_plain_words(name: str) -> None:
    _screen, view = GALLERY[name](ENGLISH)
    assert [key for key, value in view.items() if not _plain(value)] == []


def test_every_question_has_an_example() -> None:
    asks = {
        kind
        for module in (core.steps, kiosk.steps)
        for _name, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, Ask) and kind not in (Ask, ResultShown)
    }
    assert asks <= {type(step) for step in STEPS.values()}


def test_every_class_of_page_has_an_example_and_the_screen_of_its_name() -> None:
    pages = {
        kind
        for _name, kind in inspect.getmembers(kiosk.steps.pages, inspect.isclass)
        if issubclass(kind, Page) and kind is not Page
    }
    screens = {GALLERY[name](ENGLISH)[0] for name in STEPS if isinstance(STEPS[name], Page)}
    assert screens == {kind.__name__ for kind in pages}


def test_every_act_has_words_of_its_own_screen() -> None:
    kinds = [
        kind
        for _name, kind in inspect.getmembers(core.steps, inspect.isclass)
        if issubclass(kind, Act) and kind is not Act
    ]
    unwaited = {core.steps.Intend, core.steps.Record}
    for kind in kinds:
        act = object.__new__(kind)
        if kind is core.steps.PlaceHoldAtPos:
            continue
        words = progress_view(act, ENGLISH)[1]["title"]
        assert (words == "One moment, please") == (kind in unwaited), kind.__name__


def test_pos_shows_the_amount_and_may_be_left() -> None:
    view = progress_view(ACTS["progress_pos"], ENGLISH)[1]
    assert (view["amount"], view["parts"], view["can_leave"]) == ("¥2,000.00", ["pos"], True)


def test_idle_warning_only_where_there_is_time_for_it() -> None:
    warned = {name for name in STEPS if GALLERY[name](ENGLISH)[1]["warn"]}
    endings = (ResultShown, Finished, ShowTrouble, ChooseService, TakeCard, TakeBackCard)
    assert not warned & {name for name, step in STEPS.items() if isinstance(step, endings)}
    assert warned == {name for name, step in STEPS.items() if (step.idle_ms or 0) >= 60_000}


def test_person_is_shown_masked() -> None:
    rows = GALLERY["confirm_person"](ENGLISH)[1]["rows"]
    assert isinstance(rows, list)
    assert [row["value"] for row in rows] == ["阿*****䶮", "0***************00", "199****0000"]


def test_amounts_are_written_as_the_backend_sent_them() -> None:
    view: View = GALLERY["quote_partly"](ENGLISH)[1]
    assert view["taken"] == [
        {"words": "Prepaid balance", "note": "", "amount": "¥80.00"},
        {"words": "Pre-authorisation", "note": "*1117", "amount": "¥50.00"},
    ]
