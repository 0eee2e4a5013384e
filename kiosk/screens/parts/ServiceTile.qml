import QtQuick
import QtQuick.Layouts
import Zhenfu.Core

// One service: badge, name in both languages; out of service it says why.
Pressable {
    id: tile
    property var service
    readonly property string tone: enabled ? Theme.c["tile_" + service.id] : Theme.c.line_strong
    objectName: "tile_" + service.id
    text: service.title
    enabled: service.available
    Accessible.description: enabled ? second.text : service.why
    background: Card {
        fill: !tile.enabled ? Theme.c.surface_alt
            : tile.down ? Theme.c.primary_tint : Theme.c.surface
        outline: Theme.contrast ? Theme.c.line : tile.down ? tile.tone : "transparent"
        shadow: tile.enabled && !Theme.contrast
    }
    contentItem: Item {
        ColumnLayout {
            anchors { fill: parent; margins: Theme.large ? 28 : 36; rightMargin: 24 }
            spacing: 12
            Rectangle {
                visible: tile.enabled || !Theme.large
                implicitWidth: Theme.large || Theme.lowReach ? 96 : 124
                implicitHeight: implicitWidth
                radius: 32
                color: tile.tone
                Icon {
                    anchors.centerIn: parent
                    name: tile.service.icon
                    size: 78
                    stroke: 1.7
                    colour: Theme.c.on_primary
                }
            }
            Item { Layout.fillHeight: true }
            ColumnLayout {
                spacing: 2
                Layout.fillWidth: true
                Label {
                    text: tile.text
                    strong: true
                    lineHeight: 0.92
                    font.pixelSize: Theme.zh ? Theme.t.heading : Theme.t.title
                    color: tile.enabled ? Theme.c.ink : Theme.c.ink_muted
                    Layout.fillWidth: true
                    Accessible.ignored: true
                }
                Label {
                    id: second
                    visible: tile.enabled && !Theme.large
                    text: Ui.in_other_language(tile.service.source)
                    font.pixelSize: Theme.t.caption
                    color: Theme.c.ink_muted
                    Layout.fillWidth: true
                    Accessible.ignored: true
                }
                Label {
                    visible: !tile.enabled
                    text: tile.service.why
                    lineHeight: 0.95
                    font.pixelSize: Theme.t.caption
                    color: Theme.c.warning
                    Layout.fillWidth: true
                    Accessible.ignored: true
                }
            }
        }
    }
}
