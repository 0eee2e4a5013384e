import QtQuick

Pressable {
    id: button
    property string glyph
    property bool on: false
    property bool isSwitch: false
    property bool alert: false
    readonly property string front: on ? (alert ? Theme.c.on_danger : Theme.c.on_primary)
        : alert ? Theme.c.danger : Theme.c.ink

    implicitHeight: Theme.dock - 24
    radius: 20
    Accessible.checkable: isSwitch
    Accessible.checked: on
    background: Rectangle {
        radius: button.radius
        color: button.on ? (button.alert ? Theme.c.danger : Theme.c.primary)
            : button.down ? Theme.c.primary_tint : "transparent"
    }
    contentItem: Item {
        Column {
            anchors.horizontalCenter: parent.horizontalCenter
            y: 16
            width: parent.width
            spacing: 4
            Icon {
                name: button.glyph
                size: 52
                stroke: 1.9
                colour: button.front
                anchors.horizontalCenter: parent.horizontalCenter
            }
            Label {
                text: button.text
                color: button.front
                font.pixelSize: Theme.t.caption
                lineHeight: 0.85
                strong: button.on && !Theme.large
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.Wrap
                Accessible.ignored: true
            }
        }
    }
}
