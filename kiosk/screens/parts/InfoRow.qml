import QtQuick
import QtQuick.Layouts

// Icon, what, how much or where; the value wraps when both are long. `roomy`: few rows stand on the
// page, so they are larger.
Rectangle {
    id: line
    property string glyph
    property string label
    property string value
    property string note: ""
    property string tone: "info"
    property bool roomy: false
    readonly property int size: roomy ? Theme.t.body_l : Theme.t.body

    implicitHeight: Math.max(roomy ? 116 : 88, words.implicitHeight + 28)
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
        Icon { name: line.glyph; size: line.roomy ? 52 : 44; colour: Theme.strong(line.tone) }
        ColumnLayout {
            spacing: 0
            Layout.fillWidth: true
            Layout.minimumWidth: Math.min(what.implicitWidth, line.width * 0.38)
            Balanced {
                id: what
                text: line.label
                font.pixelSize: line.size
                color: Theme.c.ink_muted
                lineHeight: 0.95
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            Balanced {
                visible: text !== ""
                text: line.note
                color: Theme.c.ink_muted
                font.pixelSize: Theme.t.caption
                lineHeight: 0.95
                Layout.fillWidth: true
                Accessible.ignored: true
            }
        }
        Balanced {
            text: line.value
            font.pixelSize: line.size
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
