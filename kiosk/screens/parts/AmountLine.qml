import QtQuick
import QtQuick.Layouts

// Words at the left, an amount at the right; with a colour it explains a part of the split bar.
RowLayout {
    id: line
    property string words
    property string note: ""
    property string amount
    property string tone: ""
    spacing: 16
    Layout.fillWidth: true
    Rectangle {
        visible: line.tone !== ""
        implicitWidth: 24
        implicitHeight: 24
        radius: 7
        color: line.tone === "" ? "transparent" : line.tone
    }
    Label {
        text: line.note === "" ? line.words : line.words + " " + line.note
        font.pixelSize: Theme.t.caption
        Layout.fillWidth: true
    }
    Label { text: line.amount; font.pixelSize: Theme.t.row }
}
