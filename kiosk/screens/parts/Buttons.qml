import QtQuick
import QtQuick.Layouts

// The presses of a page made of words, one below the other, each in the whole width.
ColumnLayout {
    id: column
    property var buttons: []
    property bool ready: true
    signal chosen(string word)
    visible: buttons.length > 0
    spacing: 24
    Layout.fillWidth: true
    Repeater {
        model: column.buttons
        BigButton {
            required property var modelData
            objectName: "press_" + modelData.word
            primary: modelData.main
            implicitHeight: Math.max(primary ? Theme.s.touch_primary : Theme.s.touch, inside)
            glyph: modelData.icon
            text: modelData.words
            enabled: column.ready
            Layout.fillWidth: true
            onChosen: column.chosen(modelData.word)
        }
    }
}
