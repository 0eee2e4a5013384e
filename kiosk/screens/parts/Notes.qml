import QtQuick
import QtQuick.Layouts

// What went wrong a moment ago, then the sentences that stand out.
ColumnLayout {
    id: notes
    property var view
    readonly property bool filled: view.banner !== "" || view.strips.length > 0
    spacing: 16
    Banner { view: notes.view }
    Strips { strips: notes.view.strips }
}
