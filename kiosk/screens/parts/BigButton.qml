import QtQuick

// The button with one meaning: filled (primary), outlined (secondary), or plain while disabled.
Pressable {
    id: button
    property string glyph: ""
    property string note: ""
    property bool primary: true
    readonly property string front: !enabled ? Theme.c.ink_muted
        : primary ? Theme.c.on_primary : Theme.c.primary
    readonly property real inside: words.implicitHeight + 40

    implicitHeight: Math.max(Theme.s.touch_primary, inside)
    Accessible.description: note
    background: Rectangle {
        radius: button.radius
        color: !button.enabled ? Theme.c.surface_alt
            : button.primary ? (button.down ? Theme.c.primary_pressed : Theme.c.primary)
            : (button.down ? Theme.c.primary_tint : Theme.c.surface)
        border {
            color: button.enabled ? Theme.c.primary : Theme.c.line_strong
            width: button.primary && button.enabled ? 0 : 3
        }
    }
    contentItem: Item {
        Row {
            anchors.centerIn: parent
            spacing: 20
            Icon {
                id: mark
                visible: button.glyph !== ""
                name: button.glyph
                size: 56
                colour: button.front
                anchors.verticalCenter: parent.verticalCenter
            }
            Column {
                id: words
                anchors.verticalCenter: parent.verticalCenter
                readonly property real room: button.width - 48 - (mark.visible ? 76 : 0)
                Label {
                    text: button.text
                    strong: true
                    color: button.front
                    font.pixelSize: Theme.t.body_l
                    width: Math.min(implicitWidth, words.room)
                    Accessible.ignored: true
                }
                Label {
                    visible: text !== ""
                    text: button.note
                    color: button.front
                    font.pixelSize: Theme.t.caption
                    width: Math.min(implicitWidth, words.room)
                    Accessible.ignored: true
                }
            }
        }
    }
}
