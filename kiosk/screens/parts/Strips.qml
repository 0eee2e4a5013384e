import QtQuick
import QtQuick.Layouts

// The sentences of a page that stand out.
ColumnLayout {
    id: column
    property var strips: []
    spacing: 16
    visible: strips.length > 0
    Repeater {
        model: column.strips
        Strip {
            required property var modelData
            tone: modelData.tone
            glyph: modelData.icon
            text: modelData.words
            radius: Theme.s.radius
        }
    }
}
