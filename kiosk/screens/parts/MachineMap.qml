import QtQuick
import QtQuick.Layouts
import Zhenfu.Core

// The front of the machine below this screen as it is fitted, with the parts to use now lit and
// named. Where room is short only the rows of the lit parts are drawn.
Item {
    id: map
    property var lit: []
    property string hand: ""
    readonly property bool tight: height < 600
    readonly property bool placed: Ui.front.some(part => part.row >= 0)
    readonly property int columns: placed ? 3 : width > 1600 ? Math.max(1, Ui.front.length)
        : Ui.front.length > 6 ? 4 : 3
    readonly property var parts: Ui.front.map((part, index) => ({
        id: part.id,
        words: words[part.id],
        row: placed ? part.row : Math.floor(index / columns),
        column: placed ? part.column : index % columns
    }))
    readonly property var litRows: parts.filter(part => lit.indexOf(part.id) >= 0)
        .map(part => part.row)
    readonly property var shown: parts.filter(part => !tight || litRows.indexOf(part.row) >= 0)
    readonly property var rows: shown.map(part => part.row).sort()
        .filter((row, index, all) => all.indexOf(row) === index)
    readonly property var words: ({
        id: qsTr("ID reader"), card: qsTr("Card slot"), scan: qsTr("Scan window"),
        pos: qsTr("Bank POS"), dispense: qsTr("Card outlet"), print: qsTr("Slip outlet"),
        cash: qsTr("Banknote slot")
    })
    readonly property real cellHeight: (front.height - 24) / Math.max(1, rows.length)

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
                readonly property bool on: map.lit.indexOf(modelData.id) >= 0
                x: modelData.column * width
                y: 12 + map.rows.indexOf(modelData.row) * map.cellHeight
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
