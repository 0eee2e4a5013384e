import QtQuick
import QtQuick.Layouts
import Zhenfu.Core

// The amount of this question, the same on every screen of it, and the time left.
Card {
    id: bar
    property string words
    property string amount
    property int total: 0

    implicitHeight: Theme.large ? 164 : 152
    Layout.fillWidth: true
    RowLayout {
        anchors { fill: parent; leftMargin: 36; rightMargin: 24 }
        spacing: 24
        Label { text: bar.words; color: Theme.c.ink_muted; Layout.maximumWidth: 300 }
        Label {
            objectName: "amount"
            text: bar.amount
            strong: true
            color: Theme.c.primary
            font.pixelSize: text.length > 10 ? Theme.t.title : Theme.t.display
            wrapMode: Text.NoWrap
            Layout.fillWidth: true
        }
        CountRing { visible: Ui.secondsLeft > 0; total: bar.total }
    }
}
