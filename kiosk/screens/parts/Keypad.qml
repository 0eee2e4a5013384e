import QtQuick
import QtQuick.Layouts

// Ten digits and delete, in the order of a telephone; holds what was typed. With `lastX` the place
// of "clear" is that of the X an ID number may end with.
GridLayout {
    id: pad
    property string digits: ""
    property int longest: 11
    property bool lastX: false

    function type(digit) {
        if (digits.length < longest && !digits.endsWith("X"))
            digits += digit
    }

    columns: 3
    rowSpacing: 16
    columnSpacing: 16
    uniformCellWidths: true
    uniformCellHeights: true
    Layout.fillWidth: true
    Layout.fillHeight: true
    Repeater {
        model: ["1", "2", "3", "4", "5", "6", "7", "8", "9"]
        Key {
            required property string modelData
            objectName: "key_" + modelData
            text: modelData
            onChosen: pad.type(modelData)
        }
    }
    Key {
        objectName: "key_X"
        visible: pad.lastX
        enabled: pad.digits.length === pad.longest - 1
        text: "X"
        onChosen: pad.type("X")
    }
    Key {
        objectName: "key_clear"
        visible: !pad.lastX
        text: qsTr("Clear")
        glyph: "eraser"
        onChosen: pad.digits = ""
    }
    Key { objectName: "key_0"; text: "0"; onChosen: pad.type("0") }
    Key {
        objectName: "key_delete"
        text: qsTr("Delete")
        glyph: "backspace"
        onChosen: pad.digits = pad.digits.slice(0, -1)
    }
}
