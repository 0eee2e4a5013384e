import QtQuick
import QtQuick.Layouts
import Zhenfu.Core

// Whose bill this is, masked, and how long there is.
Card {
    id: strip
    property var person
    property int total: 0
    implicitHeight: Math.max(words.implicitHeight + 28, Theme.large ? 164 : 124)
    Layout.fillWidth: true
    RowLayout {
        anchors { fill: parent; leftMargin: 28; rightMargin: 20 }
        spacing: 24
        Rectangle {
            implicitWidth: 84
            implicitHeight: 84
            radius: 42
            color: Theme.c.primary_tint
            Icon { anchors.centerIn: parent; name: "user"; size: 50; colour: Theme.c.primary }
        }
        ColumnLayout {
            id: words
            spacing: 0
            Layout.fillWidth: true
            Label {
                objectName: "person"
                text: strip.person.name
                strong: true
                font.pixelSize: Theme.t.body_l
                Layout.fillWidth: true
            }
            Label {
                text: strip.person.insurance + " · " + strip.person.id_number
                font.pixelSize: Theme.t.caption
                color: Theme.c.ink_muted
                Layout.fillWidth: true
            }
        }
        CountRing { visible: Ui.secondsLeft > 0; total: strip.total }
    }
}
