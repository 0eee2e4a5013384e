"""Bars as a drawing for a page: lying ones for kinds, standing ones for hours. Pure.

What a reader would get wrong: every bar carries its number in words, so a chart is read without
its lengths and on paper of any printer; the lengths only help the eye.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.graphics.shapes import Drawing, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm

_FONT, _POINTS = "text", 8
_BLUE, _INK, _LINE = HexColor("#0A4F7C"), HexColor("#0E2230"), HexColor("#C9D3DA")
_ROW, _BAR, _LABEL, _ROOM = 7 * mm, 4.4 * mm, 44 * mm, 46 * mm
_HEIGHT, _FOOT, _HEAD = 48 * mm, 6 * mm, 6 * mm


@dataclass(frozen=True, slots=True)
class Bar:
    """`told`: the number as it is read."""

    label: str
    value: int
    told: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Under a heading. `standing`: side by side, as hours are; else one below the other."""

    heading: str
    bars: tuple[Bar, ...]
    standing: bool = False


def bars_drawing(chart: Bars, width: float) -> Drawing:
    """As wide as the page's text."""
    return _standing(chart, width) if chart.standing else _lying(chart, width)


def _lying(chart: Bars, width: float) -> Drawing:
    drawing = Drawing(width, _ROW * len(chart.bars))
    room, most = width - _LABEL - _ROOM, _most(chart)
    for place, bar in enumerate(reversed(chart.bars)):
        y, length = _ROW * place + (_ROW - _BAR) / 2, room * bar.value / most
        drawing.add(_text(0, y + 1 * mm, bar.label, "start"))
        drawing.add(_text(_LABEL + length + 2 * mm, y + 1 * mm, bar.told, "start"))
        if bar.value:
            drawing.add(_box(_LABEL, y, length, _BAR))
    return drawing


def _standing(chart: Bars, width: float) -> Drawing:
    drawing = Drawing(width, _FOOT + _HEIGHT + _HEAD)
    step, most = width / len(chart.bars), _most(chart)
    drawing.add(Rect(0, _FOOT - 0.3, width, 0.6, fillColor=_LINE, strokeColor=None))
    for place, bar in enumerate(chart.bars):
        middle, height = step * (place + 0.5), _HEIGHT * bar.value / most
        drawing.add(_text(middle, 1.5 * mm, bar.label, "middle"))
        if bar.value:
            drawing.add(_box(step * (place + 0.15), _FOOT, step * 0.7, height))
            drawing.add(_text(middle, _FOOT + height + 1 * mm, bar.told, "middle"))
    return drawing


def _most(chart: Bars) -> int:
    return max((bar.value for bar in chart.bars), default=0) or 1


def _box(x: float, y: float, width: float, height: float) -> Rect:
    return Rect(x, y, width, height, fillColor=_BLUE, strokeColor=None)


def _text(x: float, y: float, words: str, anchor: str) -> String:
    look = {"fontName": _FONT, "fontSize": _POINTS, "fillColor": _INK, "textAnchor": anchor}
    return String(x, y, words, **look)
