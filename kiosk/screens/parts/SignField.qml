import QtQuick
import Zhenfu.Core
import "../../../ui/parts" as Shared

// White paper in every mode, with a line to write on.
Rectangle {
    id: field
    property bool faulty: false
    property bool tall: false
    readonly property bool begun: Ui.ink.begun
    signal written()

    implicitHeight: Theme.large ? 340 : tall ? 640 : 440
    radius: Theme.s.radius
    color: "#FFFFFF"
    border { color: faulty ? Theme.c.danger : Theme.c.line_strong; width: faulty ? 6 : 3 }
    Accessible.role: Accessible.EditableText
    Accessible.name: qsTr("Please sign here")
    Rectangle {
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        anchors { leftMargin: 60; rightMargin: 60; bottomMargin: parent.height * 0.24 }
        height: 3
        color: "#6B7F8E"
    }
    Label {
        visible: !field.begun
        anchors { horizontalCenter: parent.horizontalCenter; bottom: parent.bottom }
        anchors.bottomMargin: parent.height * 0.24 + 8
        text: qsTr("Please sign here")
        color: "#425665"
        font.pixelSize: Theme.t.body_l
        Accessible.ignored: true
    }
    Shared.SignatureArea {
        objectName: "sheet"
        anchors.fill: parent
        ink: Ui.ink
    }
    Connections {
        target: Ui.ink
        function onChanged() { field.written() }
    }
}
