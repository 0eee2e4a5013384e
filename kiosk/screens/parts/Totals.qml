import QtQuick
import QtQuick.Layouts

// Total, the split by who pays, what is taken from balance or hold, and the amount due.
Card {
    id: totals
    property var view
    implicitHeight: grid.implicitHeight + 52
    Layout.fillWidth: true
    GridLayout {
        id: grid
        anchors { left: parent.left; right: parent.right; leftMargin: 32; rightMargin: 32; verticalCenter: parent.verticalCenter }
        columns: Theme.large ? 1 : 3
        columnSpacing: 32
        rowSpacing: 16
        ColumnLayout {
            spacing: Theme.large ? 4 : 8
            Layout.fillWidth: true
            Layout.preferredWidth: 560
            Layout.alignment: Qt.AlignTop
            RowLayout {
                spacing: 16
                Label { text: qsTr("Total"); font.pixelSize: Theme.t.row; color: Theme.c.ink_muted }
                Label { objectName: "total"; text: totals.view.total; strong: true; font.pixelSize: Theme.t.body }
                Label {
                    text: totals.view.items
                    font.pixelSize: Theme.t.caption
                    color: Theme.c.ink_muted
                    horizontalAlignment: Text.AlignRight
                    Layout.fillWidth: true
                }
            }
            SplitBar { parts: totals.view.split; Layout.fillWidth: true }
            Repeater {
                model: totals.view.split
                AmountLine {
                    required property var modelData
                    words: modelData.words
                    amount: modelData.amount
                    tone: Theme.c[modelData.tone]
                }
            }
        }
        Rectangle {
            implicitWidth: 2
            implicitHeight: 2
            color: Theme.c.line
            Layout.fillHeight: !Theme.large
            Layout.fillWidth: Theme.large
        }
        ColumnLayout {
            spacing: 4
            Layout.fillWidth: true
            Layout.preferredWidth: 360
            Repeater {
                model: totals.view.taken
                AmountLine {
                    required property var modelData
                    words: modelData.words
                    note: modelData.note
                    amount: modelData.amount
                }
            }
            GridLayout {
                columns: Theme.large ? 2 : 1
                rowSpacing: 0
                Layout.fillWidth: true
                Label {
                    text: qsTr("To pay now")
                    strong: true
                    font.pixelSize: Theme.t.body
                    Layout.alignment: Theme.large ? Qt.AlignVCenter : Qt.AlignRight
                    Layout.fillWidth: Theme.large
                }
                Row {
                    Layout.alignment: Qt.AlignRight
                    Label {
                        text: "¥"
                        strong: true
                        font.pixelSize: Theme.t.title
                        color: Theme.c.primary
                        anchors.baseline: due.baseline
                        Accessible.ignored: true
                    }
                    Label {
                        id: due
                        objectName: "due"
                        text: totals.view.due
                        strong: true
                        lineHeight: 0.9
                        font.pixelSize: due.text.length > 8 || Theme.large ? Theme.t.heading : Theme.t.display
                        color: Theme.c.primary
                    }
                }
            }
        }
    }
}
