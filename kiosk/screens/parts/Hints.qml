import QtQuick
import QtQuick.Layouts

// Two or three short numbered sentences.
ColumnLayout {
    id: hints
    property var steps: []
    visible: steps.length > 0
    spacing: 16
    Layout.fillWidth: true
    Layout.leftMargin: 8
    Repeater {
        model: hints.steps
        RowLayout {
            id: line
            required property string modelData
            required property int index
            spacing: 20
            Layout.fillWidth: true
            Rectangle {
                implicitWidth: Theme.large ? 64 : 56
                implicitHeight: implicitWidth
                radius: implicitWidth / 2
                color: Theme.c.primary_tint
                Label {
                    anchors.centerIn: parent
                    text: line.index + 1
                    strong: true
                    color: Theme.c.primary
                    Accessible.ignored: true
                }
            }
            Label { text: line.modelData; Layout.fillWidth: true }
        }
    }
}
