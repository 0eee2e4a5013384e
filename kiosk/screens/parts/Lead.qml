import QtQuick
import QtQuick.Layouts
import Zhenfu.Core

// The instruction above a list or keypad: it fills the top third, where nothing is pressed.
Rectangle {
    id: lead
    property string title
    property string hint
    property string glyph
    property int total: 0

    radius: Theme.s.radius
    color: Theme.c.primary_tint
    border { color: Theme.c.line; width: Theme.contrast ? 3 : 0 }
    Layout.fillWidth: true
    Layout.fillHeight: true
    Icon {
        visible: !Theme.large && parent.height > 320
        anchors { left: parent.left; top: parent.top; margins: 40 }
        name: lead.glyph
        size: 96
        stroke: 1.5
        colour: Theme.c.primary
    }
    CountRing {
        visible: Ui.secondsLeft > 0
        anchors { right: parent.right; top: parent.top; margins: 28 }
        total: lead.total
    }
    ColumnLayout {
        anchors {
            left: parent.left; right: parent.right; bottom: parent.bottom
            leftMargin: 40; rightMargin: 40; bottomMargin: 32
        }
        spacing: 4
        Label {
            objectName: "title"
            text: lead.title
            strong: true
            lineHeight: 0.92
            font.pixelSize: Theme.t.heading
            Layout.fillWidth: true
            Layout.rightMargin: Theme.large ? 150 : 0
        }
        Label {
            objectName: "hint"
            text: lead.hint
            color: Theme.c.ink_muted
            lineHeight: 0.95
            Layout.fillWidth: true
        }
    }
}
