import QtQuick
import QtQuick.Layouts
import Zhenfu.Core

// Always at the bottom, within seated reach: the way out, the modes, the bell.
Rectangle {
    id: dock
    objectName: "dock"
    property bool canBack: false
    property bool canLeave: false
    signal said(string word)

    height: Theme.dock
    color: Theme.c.surface
    Rectangle { width: parent.width; height: 2; color: Theme.c.line }
    RowLayout {
        anchors { fill: parent; leftMargin: 12; rightMargin: 12; topMargin: 12; bottomMargin: 12 }
        spacing: 4
        uniformCellSizes: true
        DockButton {
            objectName: "dock_back"
            visible: dock.canBack
            Layout.fillWidth: true
            glyph: "arrow-left"
            text: qsTr("Back")
            onChosen: dock.said("back")
        }
        DockButton {
            objectName: "dock_leave"
            visible: dock.canLeave
            Layout.fillWidth: true
            glyph: "door-exit"
            text: qsTr("Leave")
            onChosen: dock.said("leave")
        }
        DockButton {
            objectName: "dock_language"
            Layout.fillWidth: true
            glyph: "language"
            text: Theme.zh ? "English" : "中文"
            onChosen: Ui.switch_language()
        }
        DockButton {
            objectName: "dock_large"
            Layout.fillWidth: true
            glyph: "text-increase"
            isSwitch: true
            on: Theme.large
            text: qsTr("Large text")
            onChosen: Ui.toggle("large")
        }
        DockButton {
            objectName: "dock_contrast"
            Layout.fillWidth: true
            glyph: "contrast-2"
            isSwitch: true
            on: Theme.contrast
            text: qsTr("Contrast")
            onChosen: Ui.toggle("contrast")
        }
        DockButton {
            objectName: "dock_low_reach"
            Layout.fillWidth: true
            glyph: "accessible"
            isSwitch: true
            on: Theme.lowReach
            text: qsTr("Low reach")
            onChosen: Ui.toggle("low_reach")
        }
        DockButton {
            objectName: "dock_help"
            Layout.fillWidth: true
            glyph: "bell-ringing"
            alert: true
            on: Ui.helpComing
            text: Ui.helpComing ? qsTr("Staff told") : qsTr("Call staff")
            onChosen: Ui.call_help()
        }
    }
}
