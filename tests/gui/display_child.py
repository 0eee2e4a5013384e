"""A process with screens that come and go, for `test_customer_display.py`.

`python display_child.py plugging | words | signing`; prints one JSON document. It stands in a
process of its own because the screens of the offscreen platform belong to the whole process.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from tests.helpers.virtual_screens import VirtualScreen, plug, use

MAIN = VirtualScreen("a-main", 0, 0, 1920, 1080)
SECOND = VirtualScreen("b-second", 1920, 0, 1280, 1024)
THIRD = VirtualScreen("c-third", 3200, 0, 1024, 600)
SIZES = ((1920, 1080), (1366, 768), (1280, 1024), (1024, 600), (1080, 1920))

use(MAIN)

from cashier_examples import EXAMPLES, PLACE, Example, catalogue  # noqa: E402 - after the screens
from PySide6.QtQuick import QQuickWindow  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from cashier.customer import Customer  # noqa: E402
from cashier.steps.sheet import INK, Pressed, WorkSheet  # noqa: E402
from core.flow import Touch  # noqa: E402
from core.signing import drawn  # noqa: E402
from sandbox.player.qml import click, find, is_shown, visible  # noqa: E402
from tests.helpers.pad_hand import stroke  # noqa: E402
from ui.customer_display import CustomerDisplay  # noqa: E402
from ui.fonts import use_font  # noqa: E402

Told = dict[str, str | bool]


def _where(display: CustomerDisplay, page: QWidget) -> Told:
    """What can be seen where."""
    QApplication.processEvents()
    seen = display.view.isVisible()
    screen = display.view.screen() if seen else None
    place = display.view.geometry()
    return {
        "state": display.state,
        "screen": screen.name() if screen else "",
        "fills": screen is not None and place == screen.geometry(),
        "page": page.isVisible() and page.isActiveWindow(),
    }


def plugging() -> list[Told]:
    """Plug and unplug; after each, where the customer's picture stands."""
    page = QWidget()
    page.setGeometry(0, 0, 1920, 1080)
    page.show()
    page.activateWindow()
    display = CustomerDisplay(1)
    told = [_where(display, page)]
    larger = VirtualScreen(SECOND.name, 1920, 0, 1920, 1080)
    other = VirtualScreen("d-other", 1920, 0, 1280, 1024)
    for screens in (
        (MAIN, SECOND),
        (MAIN,),
        (MAIN, larger),
        (MAIN, SECOND),
        (MAIN,),
        (MAIN, other),
        (MAIN, other, THIRD),
        (MAIN, THIRD),
        (MAIN, other, THIRD),
    ):
        plug(screens)
        told.append(_where(display, page))
    display.view.close()
    told.append(_where(display, page))
    for _again in range(100):
        plug((MAIN, other))
        plug((MAIN,))
    for screens in ((MAIN, other), (other,)):
        plug(screens)
        told.append(_where(display, page))
    display.close()
    return told


def words() -> list[str]:
    """What is wrong on any screen, in any language, with anything that may be said."""
    return [
        f"{language} {width}x{height} {example.name}: {defect}"
        for width, height in SIZES
        for language in ("zh", "en")
        for example, window in _shown(language, width, height)
        for defect in _defects(window, width)
    ]


def _shown(language: str, width: int, height: int) -> Iterator[tuple[Example, QQuickWindow]]:
    plug((MAIN, VirtualScreen("b-second", 1920, 0, width, height)))
    customer = Customer(1, catalogue(language), PLACE.window)
    assert customer.display is not None
    for example in EXAMPLES:
        for step in example.before:
            customer.show_step(1, step)
        customer.show_step(2, example.step)
        customer.display.view.grabWindow()
        assert customer.display.view.width() == width
        yield example, customer.display.view
    customer.display.close()


def _defects(window: QQuickWindow, width: int) -> Iterator[str]:
    """Every text whole, large enough to be read from two steps away, and there at all."""
    smallest = 20 * width / 1920
    texts = [item for item in visible(window) if item.inherits("QQuickText")]
    if not texts:
        yield "nothing is said"
    for item in texts:
        said = str(item.property("text"))
        wide, high = float(item.property("contentWidth")), float(item.property("contentHeight"))
        if wide > item.width() + 1 or high > item.height() + 1:
            yield f"does not fit: {said}"
        if high < smallest:
            yield f"too small: {said}"


def signing() -> dict[str, object]:
    """What becomes of a signature, of a scribble, and of one whose page was left."""
    plug((MAIN, SECOND))
    customer = Customer(1, catalogue("en"), PLACE.window, touch=True)
    assert customer.display is not None
    display = customer.display
    heard: list[tuple[int, str, str]] = []
    customer.said.connect(lambda ticket, word, value: heard.append((ticket, word, value)))
    (sheet,) = (one.step for one in EXAMPLES if one.name == "later_pad")
    assert isinstance(sheet, WorkSheet)
    customer.show_step(7, sheet)
    view = display.view
    view.grabWindow()
    told: dict[str, object] = {"takes_ink": customer.takes_ink}
    stroke(view, 0.3)
    click(view, "done")
    told["scribble"] = (len(heard), bool(find(view, "fault").property("text")))
    stroke(view, 0.6)
    click(view, "done")
    ((ticket, word, value),) = heard
    answer = sheet.touched(Touch(word, value))
    assert isinstance(answer, Pressed)
    told["signed"] = (ticket, word, drawn(answer.value(INK)).png[1:4].decode(), display.ink.strokes)
    stroke(view, 0.5)
    customer.show_step(8, EXAMPLES[0].step)
    told["left"] = (display.ink.strokes, is_shown(view, "sheet"))
    plug((MAIN,))
    told["unplugged"] = customer.takes_ink
    display.close()
    return told


if __name__ == "__main__":
    use_font(QApplication([]), 16)
    plug((MAIN,))
    told = {"plugging": plugging, "words": words, "signing": signing}[sys.argv[1]]()
    sys.stdout.write(json.dumps(told, ensure_ascii=False))
    sys.stdout.flush()
    os._exit(0)
