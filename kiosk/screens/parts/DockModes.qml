import QtQuick
import QtQuick.Layouts
import Zhenfu.Core

// Switches of modes in a row of the dock.
Repeater {
    property var modes: []
    model: modes
    DockButton {
        required property var modelData
        objectName: "dock_" + modelData.mode
        Layout.fillWidth: true
        glyph: modelData.glyph
        isSwitch: true
        on: Theme.all[modelData.mode]
        text: modelData.words
        onChosen: Ui.toggle(modelData.mode)
    }
}
