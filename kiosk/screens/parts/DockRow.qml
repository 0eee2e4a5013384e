import QtQuick
import QtQuick.Layouts

// Dock buttons side by side, all of one width.
RowLayout {
    anchors { fill: parent; leftMargin: 12; rightMargin: 12; topMargin: 12; bottomMargin: 12 }
    spacing: 4
    uniformCellSizes: true
}
