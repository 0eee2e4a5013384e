"""Windows of plain QML, to compare the kiosk with: an empty one, and one with as much on it.

What a reader would get wrong: what is as much is counted on the kiosk's own page, seen items only.
What the kiosk makes beyond that, hidden items and what surrounds them, counts against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow

ICON = Path(__file__).resolve().parents[2] / "resources" / "icons" / "building-hospital.svg"
BARE = """
import QtQuick
import QtQuick.Window
Window {
    id: root; width: 1080; height: 1920; visible: true
    property bool other: false
    Loader { anchors.fill: parent; sourceComponent: root.other ? second : first }
    Component { id: first; Rectangle { color: area.pressed ? "grey" : "white"
        MouseArea { id: area; anchors.fill: parent } Text { text: "first" } } }
    Component { id: second; Rectangle { color: "black"; Text { text: "second"; color: "white" } } }
}
"""
_AS_MUCH = """
import QtQuick
import QtQuick.Window
import QtQuick.Layouts
import QtQuick.Controls.Basic
Window {
    id: root; width: 1080; height: 1920; visible: true
    property bool other: false
    Loader { anchors.fill: parent; sourceComponent: root.other ? second : first }
    component Sheet: Item {
        id: sheet
        property int texts; property int boxes; property int pictures; property int buttons
        Repeater { model: sheet.boxes; Rectangle {
            required property int index
            x: 20 + index % 6 * 176; y: 20 + Math.floor(index / 6) * 90; width: 160; height: 72
            radius: 20; border.width: 2; border.color: "grey"
            color: area.pressed ? "grey" : "white" } }
        Repeater { model: sheet.pictures; Image {
            required property int index
            x: 24 + index % 6 * 176; y: 24 + Math.floor(index / 6) * 140; width: 48; height: 48
            source: "@ICON@"; sourceSize: Qt.size(48, 48) } }
        Repeater { model: sheet.texts; Text {
            required property int index
            x: 80 + index % 4 * 250; y: 30 + Math.floor(index / 4) * 100; width: 230
            text: "自助机 A-03 " + index; font.family: "Noto Sans CJK SC"; font.pixelSize: 34
            wrapMode: Text.Wrap; textFormat: Text.PlainText } }
        Repeater { model: sheet.buttons; AbstractButton {
            required property int index
            x: 20 + index * 60; y: 1800; width: 56; height: 100 } }
        MouseArea { id: area; anchors.fill: parent; anchors.bottomMargin: 200 }
    }
    Component { id: first; Sheet { @FIRST@ } }
    Component { id: second; Sheet { @SECOND@ } }
}
"""


@dataclass(frozen=True, slots=True)
class Amount:
    """How much a page shows."""

    texts: int
    boxes: int
    pictures: int
    buttons: int


def amount_in(window: QQuickWindow) -> Amount:
    """What is seen in a window now."""
    seen = list(_seen(window.contentItem()))

    def count(base: str) -> int:
        return sum(item.inherits(base) for item in seen)

    return Amount(
        count("QQuickText"),
        count("QQuickRectangle"),
        count("QQuickImageBase"),
        count("QQuickAbstractButton"),
    )


def as_much(first: Amount, second: Amount) -> str:
    """QML of a window whose two pages show these amounts."""
    text = _AS_MUCH.replace("@ICON@", ICON.as_uri())
    for place, amount in (("@FIRST@", first), ("@SECOND@", second)):
        pairs = asdict(amount).items()
        text = text.replace(place, "; ".join(f"{name}: {number}" for name, number in pairs))
    return text


def open_plain(content: str) -> tuple[QQmlApplicationEngine, QQuickWindow]:
    """Keep both alive."""
    engine = QQmlApplicationEngine()
    engine.loadData(content.encode())
    window = engine.rootObjects()[0]
    assert isinstance(window, QQuickWindow)
    return engine, window


def _seen(below: QQuickItem) -> Iterator[QQuickItem]:
    if below.isVisible():
        yield below
        for child in below.childItems():
            yield from _seen(child)
