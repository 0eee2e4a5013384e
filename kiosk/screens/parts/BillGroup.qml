import QtQuick
import QtQuick.Layouts

// One visit: department and doctor on a tint, then its lines.
Column {
    id: visit
    property var group
    readonly property bool oneLine: Theme.zh && !Theme.large
    bottomPadding: 6
    Rectangle {
        width: parent.width
        height: head.implicitHeight + 14
        radius: 14
        color: Theme.c.primary_tint
        RowLayout {
            id: head
            anchors {
                left: parent.left
                right: parent.right
                leftMargin: 20
                rightMargin: 20
                verticalCenter: parent.verticalCenter
            }
            spacing: 16
            Icon { name: "stethoscope"; size: 40; colour: Theme.c.primary }
            GridLayout {
                columns: visit.oneLine ? 2 : 1
                rowSpacing: 0
                columnSpacing: 18
                Layout.fillWidth: true
                Label {
                    text: visit.group.department
                    strong: true
                    color: Theme.c.primary
                    font.pixelSize: Theme.t.row
                    Layout.fillWidth: !visit.oneLine
                }
                Label {
                    text: visit.group.doctor + (visit.oneLine ? " · " + visit.group.issued : "")
                    font.pixelSize: Theme.t.caption
                    color: Theme.c.ink_muted
                    Layout.fillWidth: true
                }
            }
            ColumnLayout {
                spacing: 0
                Label {
                    text: visit.group.total
                    strong: true
                    color: Theme.c.primary
                    font.pixelSize: Theme.t.row
                    Layout.alignment: Qt.AlignRight
                }
                Label {
                    visible: !visit.oneLine
                    text: visit.group.issued
                    font.pixelSize: Theme.t.caption
                    color: Theme.c.ink_muted
                    Layout.alignment: Qt.AlignRight
                }
            }
        }
    }
    Repeater {
        model: visit.group.lines
        BillLine {
            required property var modelData
            width: visit.width
            line: modelData
        }
    }
}
