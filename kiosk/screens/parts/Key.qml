import QtQuick
import QtQuick.Layouts

Pressable {
    id: key
    property string glyph: ""
    repeats: true
    implicitHeight: Theme.s.touch_min
    Layout.fillWidth: true
    Layout.fillHeight: true
    Layout.minimumHeight: Theme.s.touch_min
    background: Card {
        fill: key.down ? Theme.c.primary_tint : Theme.c.surface
        outline: Theme.contrast || key.down ? Theme.c.primary : "transparent"
        radius: 20
    }
    contentItem: Item {
        Label {
            visible: key.glyph === ""
            anchors.centerIn: parent
            text: key.text
            strong: true
            font.pixelSize: Theme.t.heading
            Accessible.ignored: true
        }
        Column {
            visible: key.glyph !== ""
            anchors.centerIn: parent
            Icon {
                name: key.glyph
                size: 52
                colour: Theme.c.ink_muted
                anchors.horizontalCenter: parent.horizontalCenter
            }
            Label {
                text: key.text
                font.pixelSize: Theme.t.caption
                color: Theme.c.ink_muted
                anchors.horizontalCenter: parent.horizontalCenter
                Accessible.ignored: true
            }
        }
    }
}
