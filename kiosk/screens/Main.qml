import QtQuick
import QtQuick.Window
import Zhenfu.Core
import "parts"

// The kiosk's window: one screen at a time, drawn for 1080x1920, or 2304x1296 where the panel lies,
// and scaled to the panel as a whole.
// The bars are kept: making them anew would be a third of a change of screen.
// A Loader is changed by source = "", view, source = url: other ways leak (architecture.md).
Window {
    id: window
    width: 1080
    height: 1920
    visible: true
    color: Theme.c.bg
    title: qsTr("Hospital self-service")

    Binding { target: Theme; property: "wide"; value: window.width > window.height }
    Item {
        id: stage
        objectName: "stage"
        width: Theme.wide ? 2304 : 1080
        height: Theme.wide ? 1296 : 1920
        anchors.centerIn: parent
        scale: Math.min(window.width / width, window.height / height)
        TopBar { width: parent.width }
        Loader {
            id: loader
            objectName: "loader"
            property var view: ({})
            property int ticket: 0
            property string screen: ""
            anchors.fill: parent
        }
        Dock {
            id: dock
            anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
            canBack: loader.view.can_back === true
            canLeave: loader.view.can_leave === true
            onSaid: (word) => Ui.say(loader.ticket, word, "")
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
            dock.forget()
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
