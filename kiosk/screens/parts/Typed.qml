import QtQuick
import QtQuick.Layouts

// What was typed so far.
Rectangle {
    id: typed
    property string text
    property string placeholder
    implicitHeight: Theme.large ? 128 : 120
    radius: 20
    color: Theme.c.surface
    border { color: Theme.c.primary; width: 4 }
    Layout.fillWidth: true
    Label {
        anchors.centerIn: parent
        text: typed.text === "" ? typed.placeholder : typed.text
        strong: typed.text !== ""
        color: typed.text === "" ? Theme.c.ink_muted : Theme.c.ink
        font.pixelSize: typed.text === "" ? Theme.t.body : Theme.t.display
    }
}
