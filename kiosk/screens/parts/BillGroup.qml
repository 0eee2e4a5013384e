import QtQuick
import QtQuick.Layouts

// One visit: department and doctor on a tint, then its lines.
Column {
    id: visit
    property var group
    bottomPadding: 12
    Rectangle {
        width: parent.width
        height: head.implicitHeight + 20
        radius: 14
        color: Theme.c.primary_tint
        RowLayout {
            id: head
            anchors { left: parent.left; right: parent.right; leftMargin: 20; rightMargin: 20; verticalCenter: parent.verticalCenter }
            spacing: 16
            Icon { name: "stethoscope"; size: 40; colour: Theme.c.primary }
            GridLayout {
                columns: Theme.large || !Theme.zh ? 1 : 2
                rowSpacing: 0
                columnSpacing: 18
                Layout.fillWidth: true
                Label {
                    text: visit.group.department
                    strong: true
                    color: Theme.c.primary
                    font.pixelSize: Theme.t.row
                }
                Label {
                    text: visit.group.doctor + " · " + visit.group.issued
                    font.pixelSize: Theme.t.caption
                    color: Theme.c.ink_muted
                    Layout.fillWidth: true
                }
            }
            Label {
                text: visit.group.total
                strong: true
                color: Theme.c.primary
                font.pixelSize: Theme.t.row
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
