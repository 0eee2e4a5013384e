import QtQuick
import QtQuick.Layouts

// Ten digits, delete and clear, in the order of a telephone; holds what was typed.
GridLayout {
    id: pad
    property string digits: ""
    property int longest: 11

    function type(digit) {
        if (digits.length < longest)
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
        objectName: "key_clear"
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
