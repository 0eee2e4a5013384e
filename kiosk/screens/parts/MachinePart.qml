import QtQuick

// One thing on the machine's front, drawn plainly; a person finds it by place, shape and name. Only
// the drawing of its kind is made.
Rectangle {
    id: part
    property string kind
    property bool lit: false

    width: 176
    height: 120
    radius: 22
    color: kind === "scan" || kind === "pos" ? Theme.c.machine_dark : Theme.c.surface_alt
    border {
        color: lit ? Theme.c.guide : Theme.c.line_strong
        width: lit ? 5 : 2
    }
    Loader {
        anchors.fill: parent
        sourceComponent: ({
            scan: glass, id: reader, card: slot, dispense: slot, cash: notes, pos: keys,
            print: slip
        })[part.kind]
    }
    Component {
        id: glass
        Item {
            Rectangle {
                anchors { fill: parent; margins: 20 }
                radius: 10
                color: Theme.c.machine_glass
                Rectangle {
                    x: 10
                    y: parent.height / 2 - 2
                    width: parent.width - 20
                    height: 5
                    radius: 2
                    color: "#FF5A4D"
                }
            }
        }
    }
    Component {
        id: reader
        Item {
            Icon {
                anchors.centerIn: parent
                name: "id"
                size: 92
                stroke: 1.6
                colour: Theme.c.primary
            }
        }
    }
    Component {
        id: slot
        Item {
            Rectangle {
                anchors.horizontalCenter: parent.horizontalCenter
                y: part.kind === "card" ? 28 : 78
                width: 132; height: 14; radius: 7
                color: Theme.contrast ? Theme.c.ink : Theme.c.machine_dark
            }
            Rectangle {
                anchors.horizontalCenter: parent.horizontalCenter
                y: part.kind === "card" ? 42 : 22
                width: 104; height: 56; radius: 8
                color: Theme.c.split_account
                Rectangle { x: 14; y: 16; width: 24; height: 20; radius: 4; color: "#FFE3A3" }
            }
        }
    }
    Component {
        id: notes
        Item {
            Rectangle {
                anchors.horizontalCenter: parent.horizontalCenter
                y: 24; width: 140; height: 14; radius: 7
                color: Theme.contrast ? Theme.c.ink : Theme.c.machine_dark
            }
            BankNote { anchors.horizontalCenter: parent.horizontalCenter; y: 38; width: 116 }
        }
    }
    Component {
        id: keys
        Item {
            Rectangle {
                x: 22; y: 16; width: 132; height: 40; radius: 6
                color: Theme.c.machine_glass
                Rectangle {
                    x: 12
                    y: 16
                    width: 70
                    height: 8
                    radius: 3
                    color: Theme.c.machine_paper
                    opacity: 0.8
                }
            }
            Grid {
                x: 40; y: 66
                columns: 4
                spacing: 8
                Repeater {
                    model: 8
                    Rectangle {
                        width: 18
                        height: 14
                        radius: 4
                        color: Theme.c.machine_paper
                        opacity: 0.75
                    }
                }
            }
        }
    }
    Component {
        id: slip
        Item {
            Rectangle {
                anchors.horizontalCenter: parent.horizontalCenter
                y: 22; width: 132; height: 14; radius: 7
                color: Theme.contrast ? Theme.c.ink : Theme.c.machine_dark
            }
            Rectangle {
                anchors.horizontalCenter: parent.horizontalCenter
                y: 32; width: 92; height: 72
                color: Theme.c.machine_paper
                border { color: Theme.c.line_strong; width: 2 }
                Column {
                    x: 12; y: 14; spacing: 9
                    Repeater {
                        model: 4
                        Rectangle {
                            required property int index
                            width: 66 - index * 10; height: 5; radius: 2
                            color: "#9AABB7"
                        }
                    }
                }
            }
        }
    }
}
