import QtQuick
import QtQuick.Layouts

// Icon, what, how much or where; the value wraps below when both are long.
Rectangle {
    id: line
    property string glyph
    property string label
    property string value
    property string note: ""
    property string tone: "info"

    implicitHeight: Math.max(88, words.implicitHeight + 28)
    radius: Theme.s.radius_s
    color: Theme.c.surface
    border { color: Theme.c.line; width: Theme.contrast ? 2 : 0 }
    Layout.fillWidth: true
    Accessible.role: Accessible.StaticText
    Accessible.name: label + ": " + value + (note === "" ? "" : ", " + note)
    RowLayout {
        id: words
        anchors {
            left: parent.left
            right: parent.right
            leftMargin: 28
            rightMargin: 28
            verticalCenter: parent.verticalCenter
        }
        spacing: 20
        Icon { name: line.glyph; size: 44; colour: Theme.strong(line.tone) }
        ColumnLayout {
            spacing: 0
            Layout.fillWidth: true
            Layout.minimumWidth: Math.min(what.implicitWidth, line.width * 0.38)
            Label {
                id: what
                text: line.label
                color: Theme.c.ink_muted
                lineHeight: 0.95
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            Label {
                visible: text !== ""
                text: line.note
                color: Theme.c.ink_muted
                font.pixelSize: Theme.t.caption
                lineHeight: 0.95
                Layout.fillWidth: true
                Accessible.ignored: true
            }
        }
        Label {
            text: line.value
            strong: true
            lineHeight: 0.95
            horizontalAlignment: Text.AlignRight
            Layout.fillWidth: true
            Layout.minimumWidth: Math.min(implicitWidth, line.width * 0.45)
            Layout.horizontalStretchFactor: 2
            Accessible.ignored: true
        }
    }
}
