"""The customer's screen: says what the window's copy says, and survives its cable."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cashier_examples import EXAMPLES, PLACE, Example, catalogue
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from cashier.app import Window
from cashier.customer import Customer
from cashier.views import Context, after, customer_view
from core.flow import Step
from core.money import format_yuan
from tests.terminal.terminal_bench import settings_of
from ui.customer_display import DEVICE
from ui.text import in_language

CHILD = Path(__file__).parent / "display_child.py"
GONE = {"state": "offline", "screen": "", "fills": False, "page": True}
_LOST = pytest.mark.expects_warnings("ui.customer_display", "terminal")


def _ask_child(what: str) -> object:
    command = [sys.executable, str(CHILD), what]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _up(screen: str) -> dict[str, str | bool]:
    return {"state": "ok", "screen": screen, "fills": True, "page": True}


@pytest.mark.slow
def test_screen_that_is_unplugged_and_comes_back_harms_nothing() -> None:
    assert _ask_child("plugging") == [
        GONE,  # not connected yet
        _up("b-second"),
        GONE,
        _up("b-second"),  # with another resolution
        _up("b-second"),  # which changes while it is shown
        GONE,
        _up("d-other"),  # another monitor in its place
        _up("d-other"),  # a third one joins
        GONE,  # its own is pulled: the third is not taken
        _up("d-other"),
        _up("d-other"),  # somebody tried to close it
        _up("d-other"),  # a hundred times in and out
        GONE,  # the main one is pulled: what is left is the operator's
    ]


@pytest.mark.slow
def test_everything_that_may_be_said_fits_on_every_screen() -> None:
    assert _ask_child("words") == []


@pytest.mark.slow
def test_patient_signs_on_it_and_nothing_of_the_writing_stays() -> None:
    assert _ask_child("signing") == {
        "takes_ink": True,
        "scribble": [0, True],  # one stroke is no name: said, and not sent
        "signed": [7, "ink", "PNG", 0],  # under the page's number, and the field is empty again
        "left": [0, False],
        "unplugged": False,
    }


@pytest.fixture(params=["zh", "en"])
def customer(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Customer]:
    """With a screen that is set, but not connected: what it would say is there all the same."""
    made = Customer(1, catalogue(str(request.param)), PLACE.window)
    yield made
    assert made.display is not None
    made.display.close()


def _said(customer: Customer) -> tuple[str, ...]:
    assert customer.display is not None
    names = ("place", "greeting", "amount", "facts", "advice")
    view = customer.display.view
    return (*(str(view.property(name)) for name in names), *view.property("signs"))


def _expected(example: Example, language: str) -> tuple[str, ...]:
    context = Context()
    steps: tuple[Step[object], ...] = (*example.before, example.step)
    for step in steps:
        context = after(context, step)
    view = customer_view(context, example.step, catalogue(language))
    amount = "" if view.amount_fen is None else f"¥{format_yuan(view.amount_fen)}"
    place = in_language(PLACE.window, language)
    return (place, view.greeting, amount, view.facts, view.advice, *view.signs)


def _show(customer: Customer, example: Example) -> None:
    for step in example.before:
        customer.show_step(1, step)
    customer.show_step(2, example.step)


@_LOST
def test_screen_says_what_the_view_says_and_nothing_else(customer: Customer) -> None:
    for example in EXAMPLES:
        _show(customer, example)
        language = "zh" if _said(customer)[0] == PLACE.window.zh else "en"
        assert _said(customer) == _expected(example, language), example.name


@_LOST
def test_full_name_is_never_on_it(customer: Customer) -> None:
    names = ("王建国", "阿卜杜热合曼", "李秀芳")
    for example in EXAMPLES:
        _show(customer, example)
        assert not [name for name in names if name in "".join(_said(customer))], example.name


@_LOST
def test_language_follows_at_once(customer: Customer) -> None:
    _show(customer, EXAMPLES[0])
    for language in ("en", "zh", "en"):
        customer.set_catalogue(catalogue(language))
        assert _said(customer) == _expected(EXAMPLES[0], language)


@_LOST
def test_screen_takes_neither_keys_nor_pointer(customer: Customer) -> None:
    assert customer.display is not None
    view = customer.display.view
    assert view.flags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert view.cursor().shape() is Qt.CursorShape.BlankCursor


def test_window_without_a_second_screen_has_no_word_about_it(qapp: QApplication) -> None:
    customer = Customer(0, catalogue("en"), PLACE.window)
    _show(customer, EXAMPLES[0])
    assert (customer.display, customer.states()) == (None, ())


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path) -> Iterator[Window]:
    """The whole window, with a customer's screen that is not connected; taken down again."""
    made = Window(settings_of(tmp_path, "\n[display]\ncustomer_screen = 1\n"))
    made.start()
    yield made
    assert made.stop()
    made.page.removeEventFilter(made)  # it would end the tests' own event loop
    made.page.deleteLater()
    made._translator.remove()
    assert made.customer.display is not None
    made.customer.display.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@_LOST
def test_screen_that_is_not_connected_stands_in_the_status_bar(
    window: Window, qtbot: QtBot
) -> None:
    def told() -> str:
        found = window.page.findChild(QLabel, f"device_{DEVICE}")
        return found.text() if isinstance(found, QLabel) else ""

    qtbot.waitUntil(lambda: told().endswith("无应答"), timeout=10_000)
