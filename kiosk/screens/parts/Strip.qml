import QtQuick
import QtQuick.Layouts

// The live strip: icon and words on a tint; colour never speaks alone.
Rectangle {
    id: strip
    property string tone: "info"
    property string glyph
    property string text
    property string note: ""

    implicitHeight: Math.max(88, words.implicitHeight + 36)
    radius: Math.min(44, height / 2)
    color: Theme.tint(tone)
    border { color: Theme.strong(tone); width: Theme.contrast ? 3 : 0 }
    Layout.fillWidth: true
    Accessible.role: Accessible.AlertMessage
    Accessible.name: note === "" ? text : text + " " + note
    RowLayout {
        anchors { fill: parent; leftMargin: 36; rightMargin: 36 }
        spacing: 20
        Icon { name: strip.glyph; size: 48; stroke: 2.2; colour: Theme.strong(strip.tone) }
        ColumnLayout {
            id: words
            spacing: 0
            Layout.fillWidth: true
            Balanced {
                text: strip.text
                strong: true
                lineHeight: 0.95
                color: Theme.strong(strip.tone)
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            Label {
                visible: text !== ""
                text: strip.note
                font.pixelSize: Theme.t.caption
                Layout.fillWidth: true
                Accessible.ignored: true
            }
        }
    }
}
