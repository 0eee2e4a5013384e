import QtQuick
import QtQuick.Layouts
import Zhenfu.Core

// The front of the machine below this screen, with the parts to use now lit and named. Where
// room is short only the row of the lit parts is drawn.
Item {
    id: map
    property var lit: []
    property string hand: ""
    readonly property bool tight: height < 600
    readonly property var litRows: parts.map((part, index) => lit.indexOf(part.id) < 0
        ? -1 : Math.floor(index / columns))
    readonly property var shown: parts.filter((part, index) => !tight
        || litRows.indexOf(Math.floor(index / columns)) >= 0)
    readonly property int rows: Math.ceil(shown.length / columns)
    readonly property var parts: [
        { id: "id", words: qsTr("ID reader") },
        { id: "card", words: qsTr("Card slot") },
        { id: "scan", words: qsTr("Scan window") },
        { id: "pos", words: qsTr("Bank POS") },
        { id: "dispense", words: qsTr("Card outlet") },
        { id: "print", words: qsTr("Slip outlet") },
        { id: "cash", words: qsTr("Banknote slot") }
    ].filter(part => part.id !== "cash" || lit.indexOf("cash") >= 0)
    readonly property int columns: width > 1600 ? parts.length : parts.length > 6 ? 4 : 3
    readonly property real cellHeight: (front.height - 24) / Math.max(1, rows)

    implicitHeight: 660
    Layout.fillWidth: true
    Layout.fillHeight: true
    Layout.minimumHeight: 320
    Layout.maximumHeight: 1000
    Layout.verticalStretchFactor: 1000
    Accessible.role: Accessible.Graphic
    Accessible.name: qsTr("The part to use is marked on the machine below the screen")

    Rectangle {
        anchors.fill: parent
        radius: 32
        color: Theme.c.machine
        border { color: Theme.c.line; width: 2 }
    }
    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        width: 620
        height: screenWords.implicitHeight + 32
        bottomLeftRadius: 18
        bottomRightRadius: 18
        color: "#0E2230"
        border { color: Theme.contrast ? Theme.c.line : "transparent"; width: 2 }
        Rectangle {
            anchors { fill: parent; leftMargin: 14; rightMargin: 14; bottomMargin: 14 }
            color: Theme.contrast ? "#000000" : Theme.c.surface_alt
            Label {
                id: screenWords
                anchors.centerIn: parent
                text: qsTr("This screen")
                font.pixelSize: Theme.t.caption
                color: Theme.c.ink_muted
            }
        }
    }
    Rectangle {
        id: front
        anchors { fill: parent; margins: 16; topMargin: screenWords.implicitHeight + 52 }
        radius: 24
        color: Theme.c.surface
        border { color: Theme.c.line; width: 2 }
        Repeater {
            model: map.shown
            Item {
                id: cell
                required property var modelData
                required property int index
                readonly property bool on: map.lit.indexOf(modelData.id) >= 0
                x: (index % map.columns) * width
                y: 12 + Math.floor(index / map.columns) * map.cellHeight
                width: front.width / map.columns
                height: map.cellHeight
                scale: Math.max(1, Math.min(1.45, height / 300, width / (Theme.large ? 300 : 230)))
                Loader {
                    active: cell.on && map.hand !== "" && cell.height > 280
                    sourceComponent: Hand { kind: map.hand }
                    anchors {
                        horizontalCenter: parent.horizontalCenter
                        bottom: column.top
                        bottomMargin: 2
                    }
                }
                Column {
                    id: column
                    anchors {
                        centerIn: parent
                        verticalCenterOffset: map.hand !== "" && cell.height > 280 ? 52 : 0
                    }
                    Item {
                        width: part.width
                        height: part.height
                        anchors.horizontalCenter: parent.horizontalCenter
                        Rectangle {
                            visible: cell.on
                            anchors { fill: parent; margins: -11 }
                            radius: 32
                            color: "transparent"
                            border { color: Theme.c.guide; width: 8 }
                            SequentialAnimation on opacity {
                                running: cell.on && !Ui.frozen
                                loops: Animation.Infinite
                                NumberAnimation {
                                    from: 1
                                    to: 0.3
                                    duration: Theme.m.pulse / 2
                                    easing.type: Easing.InOutSine
                                }
                                NumberAnimation {
                                    from: 0.3
                                    to: 1
                                    duration: Theme.m.pulse / 2
                                    easing.type: Easing.InOutSine
                                }
                            }
                        }
                        MachinePart {
                            id: part
                            kind: cell.modelData.id
                            lit: cell.on
                            opacity: cell.on ? 1 : 0.45
                        }
                    }
                    Label {
                        topPadding: 14
                        text: cell.modelData.words
                        strong: cell.on
                        font.pixelSize: Theme.t.caption
                        color: cell.on ? Theme.c.ink : Theme.c.ink_muted
                        anchors.horizontalCenter: parent.horizontalCenter
                    }
                }
            }
        }
    }
}
