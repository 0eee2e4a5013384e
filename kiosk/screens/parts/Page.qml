import QtQuick
import QtQuick.Layouts
import Zhenfu.Core

// Every screen between the two bars that Main keeps. `head` is read, `body` is pressed: a body that
// `fills` begins at the reach line (top third stays free of controls, low reach moves it down), any
// other stands at the bottom. On a lying panel, which is low as a whole, the body stands at the
// right of the head, and above it the `aside`: the end of the head anywhere else. View and ticket
// are kept as they were when the screen was loaded.
Item {
    id: page
    property var view: parent.view
    property int ticket: parent.ticket
    property bool fills: false
    property int gap: 24
    property int side: fills ? 1376 : 784   // the body's width beside the head
    default property alias head: headColumn.data
    property alias aside: asideColumn.data
    property alias body: bodyColumn.data
    property alias bar: stepBar
    readonly property real headTop: Theme.topBar + (stepBar.visible ? stepBar.height + 8 : 32)
    readonly property real bodyBottom: height - Theme.dock - 24
    readonly property bool beside: Theme.wide
        && (fills || bodyColumn.implicitHeight + asideColumn.implicitHeight > 0)
    readonly property real besideTop: Theme.topBar + 32
    readonly property real bodyWidth: beside ? side : width - 96
    readonly property real bodyTop: beside ? besideTop : Theme.reach

    function say(word, value) { Ui.say(ticket, word, value === undefined ? "" : value) }

    anchors.fill: parent
    Component.onCompleted: {
        view = parent.view
        ticket = parent.ticket
    }
    StepBar {
        id: stepBar
        y: Theme.topBar
        width: page.beside ? headColumn.width + 96 : parent.width
        visible: page.view.step >= 0
        current: page.view.step
    }
    ColumnLayout {
        id: headColumn
        objectName: "head"
        x: 48
        y: page.headTop
        width: page.beside ? parent.width - 144 - page.bodyWidth : parent.width - 96
        height: page.beside ? page.bodyBottom - y
            : (page.fills ? page.bodyTop : bodyColumn.y) - page.gap - y
        spacing: page.gap
    }
    ColumnLayout {
        id: asideColumn
        objectName: "aside"
        parent: Theme.wide ? page : headColumn
        visible: children.length > 0
        x: bodyColumn.x
        y: page.besideTop
        width: page.bodyWidth
        spacing: page.gap
        // with nothing to show it takes no room
        Layout.topMargin: implicitHeight > 0 ? 0 : -page.gap
        Layout.maximumHeight: implicitHeight > 0 ? -1 : 0
    }
    ColumnLayout {
        id: bodyColumn
        objectName: "body"
        x: parent.width - 48 - width
        y: page.fills ? page.bodyTop
            : page.bodyBottom - implicitHeight + (implicitHeight > 0 ? 0 : page.gap)
        width: page.bodyWidth
        height: Math.max(0, page.bodyBottom - y)
        spacing: page.gap
    }
}
