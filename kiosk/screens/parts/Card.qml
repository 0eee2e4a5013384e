import QtQuick

// A surface with a pre-drawn soft shadow: the same with and without a GPU.
Item {
    id: card
    property color fill: Theme.c.surface
    property color outline: Theme.contrast ? Theme.c.line : "transparent"
    property int outlineWidth: 3
    property real radius: Theme.s.radius
    property bool shadow: !Theme.contrast

    BorderImage {
        visible: card.shadow
        anchors { fill: parent; margins: -28 }
        source: "../../../resources/images/shadow.png"
        border { left: 52; right: 52; top: 52; bottom: 52 }
    }
    Rectangle {
        anchors.fill: parent
        radius: card.radius
        color: card.fill
        border { color: card.outline; width: card.outline.a > 0 ? card.outlineWidth : 0 }
    }
}
