import QtQuick
import QtQuick.Window
import Zhenfu.Core
import "parts"

// The kiosk's window: one screen at a time, drawn for 1080x1920 and scaled to the panel as a whole.
// A Loader is changed by source = "", view, source = url: other ways leak (architecture.md).
Window {
    id: window
    width: 1080
    height: 1920
    visible: true
    color: Theme.c.bg
    title: qsTr("Hospital self-service")

    Item {
        id: stage
        objectName: "stage"
        width: 1080
        height: 1920
        anchors.centerIn: parent
        scale: Math.min(window.width / width, window.height / height)
        Loader {
            id: loader
            objectName: "loader"
            property var view: ({})
            property int ticket: 0
            property string screen: ""
            anchors.fill: parent
        }
        PointHandler {
            enabled: !sheet.open
            onActiveChanged: if (active) Ui.touch()
        }
        // The technicians' corner: it takes no press from what lies under it.
        Item {
            objectName: "corner"
            width: 160
            height: 160
            TapHandler {
                longPressThreshold: 3
                gesturePolicy: TapHandler.ReleaseWithinBounds
                onLongPressed: Ui.call_maintenance()
            }
        }
        IdleSheet {
            id: sheet
            warn: loader.view.warn === true
            total: loader.view.seconds_total || 0
            onLeaving: Ui.say(loader.ticket, "leave", "")
        }
    }
    Connections {
        target: Ui
        function onShown() {
            loader.source = ""
            loader.view = Ui.view
            loader.ticket = Ui.ticket
            loader.screen = Ui.screen
            loader.source = Qt.resolvedUrl(Ui.screen + ".qml")
        }
        function onView_changed() {
            loader.view = Ui.view
            if (loader.item)
                loader.item.view = Ui.view
        }
    }
}
