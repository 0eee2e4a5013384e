import QtQuick
import QtQuick.Layouts
import Zhenfu.Core

// One service: badge, and its name in both languages; out of service it says why. A long name
// becomes smaller, because eight of them share a screen.
Pressable {
    id: tile
    property var service
    readonly property string tone: enabled ? Theme.c["tile_" + service.id] : Theme.c.line_strong
    // name and second line stand in the middle together
    property real rise: 0
    readonly property bool wordy: Theme.zh ? Theme.large && text.length > 6 : text.length > 20
    readonly property bool both: enabled && !Theme.large && !Theme.lowReach
    function place() {
        rise = more.visible ? Math.max(0, (height - name.contentHeight - more.height) / 2 - 8) : 0
    }
    onHeightChanged: Qt.callLater(place)
    onServiceChanged: Qt.callLater(place)
    Component.onCompleted: Qt.callLater(place)
    objectName: "tile_" + service.id
    text: service.title
    enabled: service.available
    Accessible.description: enabled ? Ui.in_other_language(service.source) : service.why
    background: Card {
        fill: !tile.enabled ? Theme.c.surface_alt
            : tile.down ? Theme.c.primary_tint : Theme.c.surface
        outline: Theme.contrast ? Theme.c.line : tile.down ? tile.tone : "transparent"
        shadow: tile.enabled && !Theme.contrast
    }
    contentItem: Item {
        Rectangle {
            id: badge
            visible: tile.enabled || !Theme.large
            anchors { left: parent.left; leftMargin: 20; verticalCenter: parent.verticalCenter }
            width: Theme.large ? 84 : 104
            height: width
            radius: 30
            color: tile.tone
            Icon {
                anchors.centerIn: parent
                name: tile.service.icon
                size: Theme.large ? 56 : 72
                stroke: 1.7
                colour: Theme.c.on_primary
            }
        }
        Label {
            id: name
            anchors {
                left: badge.visible ? badge.right : parent.left
                right: parent.right
                leftMargin: 20
                rightMargin: 8
            }
            y: 8 - tile.rise
            height: parent.height - 16 - (more.visible ? more.height : 0)
            text: tile.text
            strong: true
            lineHeight: 0.9
            fontSizeMode: Text.Fit
            minimumPixelSize: Theme.t.caption
            font.pixelSize: tile.wordy ? Theme.t.body_l : Theme.t.title
            verticalAlignment: more.visible ? Text.AlignBottom : Text.AlignVCenter
            color: tile.enabled ? Theme.c.ink : Theme.c.ink_muted
            Accessible.ignored: true
            onContentHeightChanged: Qt.callLater(tile.place)
        }
        Label {
            id: more
            onHeightChanged: Qt.callLater(tile.place)
            visible: tile.both || !tile.enabled
            anchors {
                left: name.left
                right: parent.right
                bottom: parent.bottom
                rightMargin: 16
                bottomMargin: 8 + tile.rise
            }
            text: tile.enabled ? Ui.in_other_language(tile.service.source) : tile.service.why
            lineHeight: 0.9
            font.pixelSize: Theme.t.caption
            color: tile.enabled ? Theme.c.ink_muted : Theme.c.warning
            Accessible.ignored: true
        }
    }
}
