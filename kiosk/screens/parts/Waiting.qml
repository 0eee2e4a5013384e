import QtQuick
import QtQuick.Layouts
import Zhenfu.Core

// The machine works: three dots that take turns, and what it does in words.
ColumnLayout {
    id: waiting
    property string title
    property string hint
    property string glyph: "hourglass"
    property bool still: false
    property int beat: 0

    spacing: 24
    Layout.fillWidth: true
    Layout.fillHeight: true
    Timer {
        interval: Theme.m.pulse / 2
        repeat: true
        running: waiting.visible && !waiting.still && !Ui.frozen
        onTriggered: waiting.beat = (waiting.beat + 1) % 3
    }
    Item { Layout.fillHeight: true }
    Rectangle {
        implicitWidth: 220
        implicitHeight: 220
        radius: 110
        color: Theme.c.primary_tint
        border { color: Theme.c.primary; width: Theme.contrast ? 3 : 0 }
        Layout.alignment: Qt.AlignHCenter
        Icon {
            anchors.centerIn: parent
            name: waiting.glyph
            size: 120
            stroke: 1.6
            colour: Theme.c.primary
        }
    }
    Row {
        visible: !waiting.still
        spacing: 20
        Layout.alignment: Qt.AlignHCenter
        Layout.topMargin: 8
        Repeater {
            model: 3
            Rectangle {
                required property int index
                width: 20
                height: 20
                radius: 10
                color: index === waiting.beat ? Theme.c.primary : Theme.c.line
            }
        }
    }
    Label {
        objectName: "title"
        text: waiting.title
        strong: true
        font.pixelSize: Theme.t.heading
        horizontalAlignment: Text.AlignHCenter
        Layout.fillWidth: true
    }
    Label {
        text: waiting.hint
        color: Theme.c.ink_muted
        horizontalAlignment: Text.AlignHCenter
        Layout.fillWidth: true
    }
    Item { Layout.fillHeight: true }
    Item { Layout.fillHeight: true }
}
