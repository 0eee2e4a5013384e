import QtQuick
import QtQuick.Layouts
import Zhenfu.Core
import "parts"

// Eight groups of services, and the hint that a card or code can simply be shown; on a lying panel
// the hint stands at the left of them.
Item {
    id: page
    property var view: parent.view
    property int ticket: parent.ticket
    anchors.fill: parent
    Component.onCompleted: {
        view = parent.view
        ticket = parent.ticket
    }

    Item { id: top; width: parent.width; height: Theme.topBar }
    Hero {
        id: hero
        anchors { top: top.bottom; left: parent.left }
        width: Theme.wide ? 832 : parent.width
        height: Theme.wide ? dock.y - top.height : Theme.reach + 36 - top.height
        showAnything: page.view.show_anything
    }
    GridLayout {
        anchors {
            top: parent.top; topMargin: Theme.wide ? top.height + 32 : Theme.reach
            left: parent.left; right: parent.right; rightMargin: 48
            leftMargin: Theme.wide ? hero.width + 48 : 48
            bottom: foot.top; bottomMargin: 4
        }
        columns: 2
        rowSpacing: 16
        columnSpacing: 16
        uniformCellWidths: true
        uniformCellHeights: true
        Repeater {
            model: page.view.tiles.length // a tile that changes is not made anew: a finger may be on it
            ServiceTile {
                required property int index
                service: page.view.tiles[index]
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
            leftMargin: Theme.wide ? hero.width + 56 : 56
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
    Item { id: dock; y: parent.height - height; width: parent.width; height: Theme.dock }
}
