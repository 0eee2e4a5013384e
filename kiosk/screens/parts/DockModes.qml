import QtQuick
import QtQuick.Layouts
import Zhenfu.Core

// Switches of modes in a row of the dock.
Repeater {
    id: row
    property var modes: []
    property bool shown: true
    model: modes
    DockButton {
        required property var modelData
        objectName: "dock_" + modelData.mode
        visible: row.shown
        Layout.fillWidth: true
        glyph: modelData.glyph
        isSwitch: true
        on: Theme.all[modelData.mode]
        text: modelData.words
        onChosen: Ui.toggle(modelData.mode)
    }
}
