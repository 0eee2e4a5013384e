import QtQuick
import Zhenfu.Core

// "Still there?": at least 20 s to answer, in the lower half, one press anywhere extends.
Item {
    id: sheet
    property int total: 0
    property bool warn: false
    readonly property bool open: warn && Ui.secondsLeft > 0 && Ui.secondsLeft <= 20 && total > 20
    readonly property bool modal: open
    signal leaving()

    function close() { Ui.extend() }

    anchors.fill: parent
    visible: open
    Accessible.role: Accessible.AlertMessage
    Accessible.name: qsTr("Do you need more time?")
    Rectangle { anchors.fill: parent; color: Theme.c.backdrop }
    MouseArea { anchors.fill: parent; onClicked: Ui.extend() }
    Rectangle {
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        height: 920
        topLeftRadius: 44
        topRightRadius: 44
        color: Theme.c.surface
        border { color: Theme.c.line; width: Theme.contrast ? 3 : 0 }
        Column {
            anchors {
                horizontalCenter: parent.horizontalCenter
                top: parent.top
                topMargin: 64
            }
            width: Math.min(parent.width - 96, 1200)
            spacing: 28
            CountRing { anchors.horizontalCenter: parent.horizontalCenter; total: 20 }
            Label {
                text: qsTr("Do you need more time?")
                strong: true
                font.pixelSize: Theme.t.heading
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                Accessible.ignored: true
            }
            Label {
                text: qsTr("To protect your privacy, this page will close soon")
                color: Theme.c.ink_muted
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
            }
        }
        Column {
            anchors {
                horizontalCenter: parent.horizontalCenter
                bottom: parent.bottom
                bottomMargin: 64
            }
            width: Math.min(parent.width - 96, 1200)
            spacing: 24
            BigButton {
                objectName: "idle_more"
                width: parent.width
                glyph: "clock"
                text: qsTr("Yes, go on")
                onChosen: Ui.extend()
            }
            BigButton {
                objectName: "idle_leave"
                width: parent.width
                primary: false
                glyph: "door-exit"
                text: qsTr("No, leave and clear")
                onChosen: sheet.leaving()
            }
        }
    }
}
