import QtQuick
import QtQuick.Layouts
import Zhenfu.Core

// The one instruction of a screen, a sentence below it, and how long there is.
RowLayout {
    id: heading
    property string title
    property string hint
    property int total: 0
    property bool ring: true
    property string tone: Theme.c.ink

    spacing: 24
    Layout.fillWidth: true
    ColumnLayout {
        spacing: 4
        Layout.fillWidth: true
        Balanced {
            objectName: "title"
            text: heading.title
            strong: true
            color: heading.tone
            lineHeight: 0.92
            font.pixelSize: text.length > (Theme.zh ? 15 : 36) ? Theme.t.title : Theme.t.heading
            Layout.fillWidth: true
        }
        Balanced {
            objectName: "hint"
            visible: text !== ""
            text: heading.hint
            color: Theme.c.ink_muted
            lineHeight: 0.95
            Layout.fillWidth: true
        }
    }
    CountRing {
        visible: heading.ring && Ui.secondsLeft > 0
        total: heading.total
        Layout.alignment: Qt.AlignTop
    }
}
