import QtQuick
import QtQuick.Layouts

Pressable {
    id: button
    property string glyph
    repeats: true
    implicitHeight: Theme.s.touch_min
    Layout.fillWidth: true
    background: Rectangle {
        radius: button.height / 2
        color: !button.enabled ? Theme.c.surface_alt
            : button.down ? Theme.c.primary_pressed : Theme.c.primary_tint
        border { color: button.enabled ? Theme.c.primary : Theme.c.line; width: 2 }
    }
    contentItem: Item {
        Row {
            anchors.centerIn: parent
            spacing: 14
            Icon {
                name: button.glyph
                size: 44
                stroke: 2.4
                colour: button.enabled ? Theme.c.primary : Theme.c.ink_muted
                anchors.verticalCenter: parent.verticalCenter
            }
            Label {
                text: button.text
                strong: true
                color: button.enabled ? Theme.c.primary : Theme.c.ink_muted
                anchors.verticalCenter: parent.verticalCenter
                Accessible.ignored: true
            }
        }
    }
}
