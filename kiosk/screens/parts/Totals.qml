import QtQuick
import QtQuick.Layouts

// Always in sight below the lines: who pays which part, what is taken, what is due. In large mode
// only what is due; the parts then stand at the end of the lines.
Card {
    id: totals
    property var view
    implicitHeight: grid.implicitHeight + (Theme.large ? 28 : 44)
    Layout.fillWidth: true
    GridLayout {
        id: grid
        columns: Theme.wide ? 1 : 3
        anchors {
            left: parent.left
            right: parent.right
            leftMargin: 32
            rightMargin: 32
            verticalCenter: parent.verticalCenter
        }
        columnSpacing: 32
        rowSpacing: 16
        SplitList {
            visible: !Theme.large
            view: totals.view
            Layout.fillWidth: true
            Layout.preferredWidth: 540
            Layout.alignment: Qt.AlignTop
        }
        Rectangle {
            visible: !Theme.large
            implicitWidth: 2
            implicitHeight: 2
            color: Theme.c.line
            Layout.fillHeight: !Theme.wide
            Layout.fillWidth: Theme.wide
        }
        ColumnLayout {
            spacing: 4
            Layout.fillWidth: true
            Layout.preferredWidth: 380
            TakenList {
                visible: !Theme.large && taken.length > 0
                taken: totals.view.taken
                Layout.fillWidth: true
            }
            Due { amount: totals.view.due; Layout.fillWidth: true }
        }
    }
}
