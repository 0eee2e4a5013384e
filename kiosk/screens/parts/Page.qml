import QtQuick
import QtQuick.Layouts
import Zhenfu.Core

// The frame of every screen. `head` is read, `body` is pressed: a body that `fills` begins at the
// reach line (top third stays free of controls, low reach moves it down), any other stands at
// the bottom. View and ticket are kept as they were when the screen was loaded.
Item {
    id: page
    property var view: parent.view
    property int ticket: parent.ticket
    property bool fills: false
    property int gap: 24
    default property alias head: headColumn.data
    property alias body: bodyColumn.data
    property alias bar: stepBar
    readonly property real headTop: topBar.height + (stepBar.visible ? stepBar.height + 8 : 32)
    readonly property real bodyBottom: dock.y - 24

    function say(word, value) { Ui.say(ticket, word, value === undefined ? "" : value) }

    anchors.fill: parent
    Component.onCompleted: {
        view = parent.view
        ticket = parent.ticket
    }
    TopBar { id: topBar; width: parent.width }
    StepBar {
        id: stepBar
        y: topBar.height
        width: parent.width
        visible: page.view.step >= 0
        current: page.view.step
    }
    ColumnLayout {
        id: headColumn
        objectName: "head"
        x: 48
        y: page.headTop
        width: parent.width - 96
        height: (page.fills ? Theme.reach : bodyColumn.y) - page.gap - y
        spacing: page.gap
    }
    ColumnLayout {
        id: bodyColumn
        objectName: "body"
        x: 48
        y: page.fills ? Theme.reach
            : page.bodyBottom - implicitHeight + (implicitHeight > 0 ? 0 : page.gap)
        width: parent.width - 96
        height: Math.max(0, page.bodyBottom - y)
        spacing: page.gap
    }
    Dock {
        id: dock
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        canBack: page.view.can_back
        canLeave: page.view.can_leave
        onSaid: (word) => page.say(word)
    }
}
