import QtQuick
import QtQuick.Layouts

// One choice of a list: name, place, and at the right what decides. With `marks` a press only
// marks; `roomy` buttons stand where few are.
Pressable {
    id: button
    property string glyph
    property string note: ""
    property string strongSide: ""
    property string side: ""
    property bool marks: false
    property bool marked: false
    property bool roomy: false
    readonly property string front: enabled ? Theme.c.ink : Theme.c.ink_muted

    implicitHeight: Math.max(roomy ? 176 : 136, words.implicitHeight + 36, sides.implicitHeight + 36)
    repeats: marks
    Accessible.checkable: marks
    Accessible.checked: marked
    Accessible.description: [note, strongSide, side].filter(text => text !== "").join(", ")
    background: Card {
        fill: !button.enabled ? Theme.c.surface_alt
            : button.down || button.marked ? Theme.c.primary_tint : Theme.c.surface
        outline: button.marked ? Theme.c.primary : Theme.contrast ? Theme.c.line
            : button.down ? Theme.c.primary : "transparent"
        shadow: button.enabled && !Theme.contrast
    }
    contentItem: Item {
        RowLayout {
            anchors { fill: parent; leftMargin: 28; rightMargin: 28 }
            spacing: 24
            Rectangle {
                visible: button.marks
                implicitWidth: 64
                implicitHeight: 64
                radius: 14
                color: button.marked ? Theme.c.primary : Theme.c.surface
                border { color: Theme.c.line_strong; width: button.marked ? 0 : 4 }
                Icon {
                    visible: button.marked
                    anchors.centerIn: parent
                    name: "check"
                    size: 48
                    stroke: 3
                    colour: Theme.c.on_primary
                }
            }
            Rectangle {
                implicitWidth: button.roomy ? 108 : 88
                implicitHeight: implicitWidth
                radius: 30
                color: button.enabled ? Theme.c.primary_tint : Theme.c.line
                Icon {
                    anchors.centerIn: parent
                    name: button.glyph
                    size: button.roomy ? 68 : 54
                    stroke: 1.8
                    colour: button.enabled ? Theme.c.primary : Theme.c.ink_muted
                }
            }
            ColumnLayout {
                id: words
                spacing: 0
                Layout.fillWidth: true
                Balanced {
                    text: button.text
                    strong: true
                    lineHeight: 0.95
                    font.pixelSize: button.roomy && text.length <= (Theme.zh ? 12 : 24)
                        ? Theme.t.title : Theme.t.body_l
                    color: button.front
                    Layout.fillWidth: true
                    Accessible.ignored: true
                }
                Balanced {
                    visible: text !== ""
                    text: button.note
                    lineHeight: 0.95
                    font.pixelSize: button.roomy ? Theme.t.body : Theme.t.caption
                    color: button.enabled ? Theme.c.ink_muted : Theme.c.warning
                    Layout.fillWidth: true
                    Accessible.ignored: true
                }
            }
            ColumnLayout {
                id: sides
                spacing: 0
                Layout.maximumWidth: 320
                Label {
                    visible: text !== ""
                    text: button.strongSide
                    strong: true
                    font.pixelSize: Theme.t.body_l
                    color: button.enabled ? Theme.c.primary : Theme.c.ink_muted
                    Layout.alignment: Qt.AlignRight
                    Accessible.ignored: true
                }
                Label {
                    visible: text !== ""
                    text: button.side
                    font.pixelSize: Theme.large ? Theme.t.caption : Theme.t.body
                    color: button.enabled ? Theme.c.ink : Theme.c.ink_muted
                    horizontalAlignment: Text.AlignRight
                    Layout.alignment: Qt.AlignRight
                    Layout.maximumWidth: 320
                    Accessible.ignored: true
                }
            }
        }
    }
}
