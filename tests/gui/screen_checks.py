"""What must hold on every screen in every mode, measured on the items themselves.

Numbers are those of the design system: text of 28 px and more (36 in large mode), targets of 96 px,
margins of 48, no control in the top third, none above 800 in low reach, nothing cut, nothing on
top of something else. A lying panel is low as a whole: only its top bar stays free of controls.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont
from PySide6.QtQml import QQmlEngine, QQmlExpression
from PySide6.QtQuick import QQuickItem, QQuickWindow

from sandbox.player.qml import ancestors, scene_rect, visible
from ui.tokens import Modes, Space, type_scale

_NAME = re.compile(r"[a-z][a-z0-9_]*(?:_[A-Za-z0-9_-]+)?")
_MARGIN = Space().xl
_SLACK = 2.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """An item with its place in the window, cut to what its list lets through."""

    item: QQuickItem
    rect: QRectF
    words: str
    in_dock: bool
    in_list: bool
    sideways: bool


def defects(window: QQuickWindow, modes: Modes) -> list[str]:
    """Everything that is wrong on the screen that is shown now."""
    items = list(visible(window))
    texts = [_text(item) for item in items if _is_text(item)]
    buttons = [_button(item) for item in items if item.inherits("QQuickAbstractButton")]
    texts = [text for text in texts if text.words and not text.rect.isEmpty()]
    buttons = [button for button in buttons if not button.rect.isEmpty()]
    return [
        *_small_texts(texts, modes),
        *_cut_texts(texts),
        *_off_margins(texts, window.width()),
        *_collisions(texts),
        *_bad_targets(buttons, _reach(window, modes)),
        *_collisions(buttons),
        *_overfull(items),
    ]


def _is_text(item: QQuickItem) -> bool:
    return item.property("contentWidth") is not None and item.inherits("QQuickText")


def _text(item: QQuickItem) -> Drawn:
    words = str(item.property("text"))
    width = float(item.property("contentWidth"))
    height = float(item.property("contentHeight"))
    left = (item.width() - width) * _share(item, "horizontalAlignment", "Right")
    top = (item.height() - height) * _share(item, "verticalAlignment", "Bottom")
    rect = item.mapRectToScene(QRectF(left, top, width, height))
    return _drawn(item, rect, words)


def _share(item: QQuickItem, alignment: str, end: str) -> float:
    """0 left or top, 0.5 centre, 1 right or bottom; asked in QML, Python cannot read these
    enumerations."""
    middle = "Text.AlignHCenter" if end == "Right" else "Text.AlignVCenter"
    asked = f"{alignment} === Text.Align{end} ? 1 : {alignment} === {middle} ? 0.5 : 0"
    answer = QQmlExpression(QQmlEngine.contextForObject(item), item, asked).evaluate()
    return float(answer[0] if isinstance(answer, tuple) else answer)


def _button(item: QQuickItem) -> Drawn:
    return _drawn(item, scene_rect(item), str(item.objectName()))


def _drawn(item: QQuickItem, rect: QRectF, words: str) -> Drawn:
    in_dock = in_list = sideways = False
    for parent in ancestors(item):
        if parent.objectName() == "flick":
            in_list = True
            seen = scene_rect(parent)
            sideways = rect.left() < seen.left() - _SLACK or rect.right() > seen.right() + _SLACK
            rect = rect.intersected(seen)
        in_dock = in_dock or parent.objectName() == "dock"
    return Drawn(item, rect, words, in_dock, in_list, sideways)


def _small_texts(texts: list[Drawn], modes: Modes) -> Iterator[str]:
    floor = type_scale(modes).caption
    for text in texts:
        font = text.item.property("font")
        assert isinstance(font, QFont)
        if font.pixelSize() < floor:
            yield f"{font.pixelSize()} px is too small: {text.words}"


def _cut_texts(texts: list[Drawn]) -> Iterator[str]:
    for text in texts:
        item = text.item
        if item.property("truncated"):
            yield f"cut: {text.words}"
        if text.sideways:
            yield f"cut by the edge of its list: {text.words}"
        if item.property("contentWidth") > item.width() + _SLACK:
            yield f"wider than its place: {text.words}"
        if item.property("contentHeight") > item.height() + _SLACK and not text.in_list:
            yield f"higher than its place: {text.words}"


def _off_margins(texts: list[Drawn], width: int) -> Iterator[str]:
    for text in texts:
        if text.in_dock:
            continue
        if text.rect.left() < _MARGIN - _SLACK or text.rect.right() > width - _MARGIN + _SLACK:
            yield f"outside the margins: {text.words}"


def _collisions(drawn: list[Drawn]) -> Iterator[str]:
    """Pairs that cover each other; line boxes may touch, glyphs have room inside them."""
    shrunk = [(one, one.rect.adjusted(2, 8, -2, -8)) for one in drawn]
    for (one, place), (other, other_place) in combinations(shrunk, 2):
        if place.isValid() and other_place.isValid() and place.intersects(other_place):
            yield f"{one.words} covers {other.words}"


def _reach(window: QQuickWindow, modes: Modes) -> int:
    """Nothing is pressed above this."""
    space = Space()
    if window.width() > window.height():
        return space.top_bar_large if modes.large else space.top_bar
    return space.reach_low if modes.low_reach else space.reach


def _bad_targets(buttons: list[Drawn], reach: int) -> Iterator[str]:
    space = Space()
    for button in buttons:
        item, name = button.item, button.words
        if not _NAME.fullmatch(name):
            yield f"not a name for a control: {name!r} ({item.property('text')})"
        if item.width() < space.touch_min or item.height() < space.touch_min:
            yield f"{name} is {item.width():.0f}x{item.height():.0f}"
        if button.rect.top() < reach - _SLACK:
            yield f"{name} is out of reach at {button.rect.top():.0f}"
        if not item.property("text"):
            yield f"{name} has no words"


def _overfull(items: list[QQuickItem]) -> Iterator[str]:
    for column in items:
        if column.objectName() not in ("head", "body"):
            continue
        for child in column.childItems():
            low = child.y() + child.height()
            if child.isVisible() and low > column.height() + _SLACK:
                yield f"{column.objectName()} is {column.height():.0f}, but goes to {low:.0f}"
