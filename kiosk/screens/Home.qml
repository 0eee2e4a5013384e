import QtQuick
import QtQuick.Layouts
import Zhenfu.Core
import "parts"

// Eight groups of services, and the hint that a card or code can simply be shown.
Item {
    id: page
    property var view: parent.view
    property int ticket: parent.ticket
    anchors.fill: parent
    Component.onCompleted: {
        view = parent.view
        ticket = parent.ticket
    }

    TopBar { id: top; width: parent.width }
    Hero {
        id: hero
        anchors { top: top.bottom; left: parent.left; right: parent.right }
        height: Theme.reach + 36 - top.height
        showAnything: page.view.show_anything
    }
    GridLayout {
        anchors {
            top: parent.top; topMargin: Theme.reach
            left: parent.left; right: parent.right; leftMargin: 48; rightMargin: 48
            bottom: foot.top; bottomMargin: 4
        }
        columns: 2
        rowSpacing: 16
        columnSpacing: 16
        uniformCellWidths: true
        uniformCellHeights: true
        Repeater {
            model: page.view.tiles
            ServiceTile {
                required property var modelData
                service: modelData
                Layout.fillWidth: true
                Layout.fillHeight: true
                onChosen: Ui.say(page.ticket, "choose", service.id)
            }
        }
    }
    RowLayout {
        id: foot
        anchors {
            left: parent.left
            right: parent.right
            leftMargin: 56
            rightMargin: 56
            bottom: dock.top
        }
        height: Math.max(64, Math.max(where.implicitHeight, line.implicitHeight) + 16)
        spacing: 32
        Label {
            id: where
            visible: !Theme.large
            text: Ui.place
            font.pixelSize: Theme.t.caption
            color: Theme.c.ink_muted
            Layout.fillWidth: true
        }
        Label {
            id: line
            visible: Ui.serviceLine !== ""
            text: qsTr("Service line %1").arg(Ui.serviceLine)
            font.pixelSize: Theme.t.caption
            color: Theme.c.ink_muted
            horizontalAlignment: Text.AlignRight
            Layout.fillWidth: !where.visible
            Layout.maximumWidth: where.visible ? 560 : -1
        }
    }
    Dock { id: dock; anchors { left: parent.left; right: parent.right; bottom: parent.bottom } }
}
