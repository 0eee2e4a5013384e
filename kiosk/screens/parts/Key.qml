import QtQuick
import QtQuick.Layouts

// A key: a sign, a word (`small`), or an icon with a word. `on`: the kind of keys in use.
Pressable {
    id: key
    property string glyph: ""
    property bool small: false
    property bool on: false
    property bool tinted: false
    readonly property string front: on ? Theme.c.on_primary
        : enabled ? (tinted ? Theme.c.primary : Theme.c.ink) : Theme.c.ink_muted
    repeats: true
    implicitWidth: Theme.s.touch_min
    implicitHeight: Theme.s.touch_min
    Layout.fillWidth: true
    Layout.fillHeight: true
    Layout.minimumHeight: Theme.s.touch_min
    Layout.minimumWidth: Theme.s.touch_min
    background: Card {
        fill: key.on ? Theme.c.primary : !key.enabled ? Theme.c.surface_alt
            : key.down || key.tinted ? Theme.c.primary_tint : Theme.c.surface
        outline: Theme.contrast || key.down ? Theme.c.primary : "transparent"
        shadow: key.enabled && !Theme.contrast
        radius: 20
    }
    contentItem: Item {
        Label {
            visible: key.glyph === ""
            anchors.centerIn: parent
            text: key.text
            strong: true
            color: key.front
            font.pixelSize: key.small ? Theme.t.body : key.tinted ? Theme.t.title : Theme.t.heading
            Accessible.ignored: true
        }
        Column {
            visible: key.glyph !== ""
            anchors.centerIn: parent
            Icon {
                name: key.glyph
                size: key.height < 116 ? 36 : 52
                colour: Theme.c.ink_muted
                anchors.horizontalCenter: parent.horizontalCenter
            }
            Label {
                text: key.text
                lineHeight: 0.9
                font.pixelSize: Theme.t.caption
                color: Theme.c.ink_muted
                anchors.horizontalCenter: parent.horizontalCenter
                Accessible.ignored: true
            }
        }
    }
}
