import QtQuick

// Rows of what and how much; a row without a tone has that of the page.
Column {
    id: list
    property var rows: []
    property string tone: "info"
    property bool roomy: false
    spacing: 12
    Repeater {
        model: list.rows
        InfoRow {
            required property var modelData
            width: list.width
            glyph: modelData.icon
            label: modelData.label
            value: modelData.value
            note: modelData.note
            roomy: list.roomy
            tone: modelData.tone === "" ? list.tone : modelData.tone
        }
    }
}
