import QtQuick
import QtQuick.Layouts

// The one amount that is paid now; in large mode words and amount share a line.
GridLayout {
    id: due
    property string amount
    columns: Theme.large ? 2 : 1
    rowSpacing: 0
    Label {
        text: qsTr("To pay now")
        strong: true
        font.pixelSize: Theme.t.body
        horizontalAlignment: Theme.large ? Text.AlignLeft : Text.AlignRight
        Layout.fillWidth: true
    }
    Row {
        Layout.alignment: Qt.AlignRight
        Label {
            text: "¥"
            strong: true
            font.pixelSize: Theme.t.title
            color: Theme.c.primary
            anchors.baseline: number.baseline
            Accessible.ignored: true
        }
        Label {
            id: number
            objectName: "due"
            text: due.amount
            strong: true
            lineHeight: 0.9
            font.pixelSize: text.length > 8 || Theme.large ? Theme.t.heading : Theme.t.display
            color: Theme.c.primary
        }
    }
}
