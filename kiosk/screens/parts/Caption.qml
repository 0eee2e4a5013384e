import QtQuick
import Zhenfu.Core

// The sentence that is being read aloud, in the place of the top bar, where nothing is pressed.
Rectangle {
    id: strip
    objectName: "caption_strip"
    visible: Ui.caption !== ""
    color: Theme.c.primary_tint
    Accessible.role: Accessible.StaticText
    Accessible.name: Ui.caption
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.contrast ? 4 : 2
        color: Theme.c.primary
    }
    Icon {
        id: mark
        anchors { left: parent.left; leftMargin: 48; verticalCenter: parent.verticalCenter }
        name: Ui.voiceOut ? "volume-off" : "volume"
        size: 56
        colour: Theme.c.primary
    }
    Label {
        objectName: "caption"
        anchors {
            left: mark.right; right: parent.right; top: parent.top; bottom: parent.bottom
            leftMargin: 24; rightMargin: 48; topMargin: 4; bottomMargin: 6
        }
        text: Ui.caption
        strong: true
        lineHeight: 0.9
        fontSizeMode: Text.Fit
        minimumPixelSize: Theme.t.caption
        font.pixelSize: Theme.t.body
        verticalAlignment: Text.AlignVCenter
        Accessible.ignored: true
    }
}
