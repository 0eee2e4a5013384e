import QtQuick

// Who pays which part, as widths of one bar; words and numbers stand below it.
Row {
    id: bar
    property var parts: []
    readonly property real whole: parts.reduce((sum, part) => sum + part.weight, 0)
    height: 24
    spacing: 4
    Accessible.ignored: true
    Repeater {
        model: bar.parts.filter(part => part.weight > 0)
        Rectangle {
            required property var modelData
            width: Math.max(6, (bar.width - 12) * modelData.weight / bar.whole)
            height: bar.height
            radius: 7
            color: Theme.c[modelData.tone]
        }
    }
}
