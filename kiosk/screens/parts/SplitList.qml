import QtQuick
import QtQuick.Layouts

// The total and who pays which part of it: a bar, words and numbers.
ColumnLayout {
    id: list
    property var view
    spacing: Theme.large ? 4 : 8
    RowLayout {
        spacing: 16
        Label { text: qsTr("Total"); font.pixelSize: Theme.t.row; color: Theme.c.ink_muted }
        Label {
            objectName: "total"
            text: list.view.total
            strong: true
            font.pixelSize: Theme.t.body
        }
        Label {
            text: list.view.items
            font.pixelSize: Theme.t.caption
            color: Theme.c.ink_muted
            horizontalAlignment: Text.AlignRight
            Layout.fillWidth: true
        }
    }
    SplitBar { parts: list.view.split; Layout.fillWidth: true }
    Repeater {
        model: list.view.split
        AmountLine {
            required property var modelData
            words: modelData.words
            amount: modelData.amount
            tone: Theme.c[modelData.tone]
        }
    }
}
