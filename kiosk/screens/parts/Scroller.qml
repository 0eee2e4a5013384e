import QtQuick
import QtQuick.Layouts

// A long content turned by two big buttons; a finger may also drag it. Buttons appear only when
// there is more than fits; what is cut at the end fades into the `ground`.
ColumnLayout {
    id: scroller
    default property alias content: column.data
    property real rowSpacing: 0
    property color ground: Theme.c.surface
    property alias contentHeight: column.height
    readonly property bool tooLong: column.height > scroller.height + 1
    readonly property real end: Math.max(0, column.height - flick.height)

    property bool seen: false
    readonly property bool atEnd: flick.height > 0 && flick.contentY >= end - 1

    // the end was on the screen once; asked a moment later, when all rows have their height
    onAtEndChanged: Qt.callLater(look)
    onContentHeightChanged: Qt.callLater(look)
    Component.onCompleted: Qt.callLater(look)
    function look() {
        if (atEnd && contentHeight > 0)
            seen = true
    }
    function turn(share) {
        flick.contentY = Math.max(0, Math.min(end, flick.contentY + share * flick.height))
    }

    spacing: 16
    Item {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Flickable {
            id: flick
            objectName: "flick"
            anchors.fill: parent
            clip: true
            contentHeight: column.height
            contentWidth: width
            boundsBehavior: Flickable.StopAtBounds
            Column {
                id: column
                width: flick.width
                spacing: scroller.rowSpacing
            }
        }
        Rectangle {
            visible: scroller.tooLong && !scroller.atEnd
            anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
            height: 72
            gradient: Gradient {
                GradientStop { position: 0; color: Theme.clear(scroller.ground) }
                GradientStop { position: 1; color: scroller.ground }
            }
        }
    }
    RowLayout {
        visible: scroller.tooLong
        spacing: 24
        uniformCellSizes: true
        Layout.fillWidth: true
        PageButton {
            objectName: "page_up"
            glyph: "chevron-up"
            text: qsTr("Up")
            enabled: flick.contentY > 1
            onChosen: scroller.turn(-0.8)
        }
        PageButton {
            objectName: "page_down"
            glyph: "chevron-down"
            text: qsTr("More below")
            enabled: flick.contentY < scroller.end - 1
            onChosen: scroller.turn(0.8)
        }
    }
}
