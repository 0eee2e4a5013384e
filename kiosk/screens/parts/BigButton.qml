import QtQuick
import QtQuick.Layouts

// The button with one meaning: filled (primary), outlined (secondary), or plain while disabled.
// `stacked`: the picture stands above the words, for narrow buttons side by side.
Pressable {
    id: button
    property string glyph: ""
    property string note: ""
    property bool primary: true
    property bool stacked: false
    readonly property string front: !enabled ? Theme.c.ink_muted
        : primary ? Theme.c.on_primary : Theme.c.primary
    readonly property real inside: inner.implicitHeight + (stacked ? 32 : 40)

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
        GridLayout {
            id: inner
            anchors.centerIn: parent
            columns: button.stacked ? 1 : 2
            columnSpacing: 20
            rowSpacing: 4
            Icon {
                id: mark
                visible: button.glyph !== ""
                name: button.glyph
                size: 56
                colour: button.front
                Layout.alignment: Qt.AlignCenter
            }
            Column {
                id: words
                readonly property real room: button.width
                    - (button.stacked ? 32 : mark.visible ? 124 : 48)
                Layout.alignment: Qt.AlignVCenter
                Balanced {
                    text: button.text
                    strong: true
                    color: button.front
                    font.pixelSize: Theme.t.body_l
                    width: button.stacked ? words.room : Math.min(natural, words.room)
                    horizontalAlignment: button.stacked ? Text.AlignHCenter : Text.AlignLeft
                    Accessible.ignored: true
                }
                Label {
                    visible: text !== ""
                    text: button.note
                    color: button.front
                    font.pixelSize: Theme.t.caption
                    width: button.stacked ? words.room : Math.min(implicitWidth, words.room)
                    horizontalAlignment: button.stacked ? Text.AlignHCenter : Text.AlignLeft
                    Accessible.ignored: true
                }
            }
        }
    }
}
