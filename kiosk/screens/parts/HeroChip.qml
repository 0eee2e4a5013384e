import QtQuick
import QtQuick.Layouts

Rectangle {
    id: chip
    property string glyph
    property string text
    implicitHeight: 100
    radius: 22
    color: Theme.c.hero_chip
    border { color: Theme.c.hero_line; width: 2 }
    Layout.fillWidth: true
    Row {
        anchors.centerIn: parent
        spacing: 18
        Icon {
            name: chip.glyph
            size: 56
            stroke: 1.8
            colour: Theme.c.on_hero
            anchors.verticalCenter: parent.verticalCenter
        }
        Label {
            text: chip.text
            strong: true
            color: Theme.c.on_hero
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, chip.width - 130)
        }
    }
}
