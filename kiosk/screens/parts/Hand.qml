import QtQuick
import Zhenfu.Core

// The thing in the patient's hand, moving gently toward the lit part or out of it.
Item {
    id: hand
    property string kind   // "phone", "card", "card_up", "note"
    readonly property bool up: kind === "card_up"

    width: kind === "phone" ? 84 : 128
    height: 112
    Item {
        id: thing
        width: parent.width
        height: hand.kind === "phone" ? 112 : 82
        y: hand.up ? 8 : 0
        SequentialAnimation on y {
            running: !Ui.frozen && hand.visible
            loops: Animation.Infinite
            NumberAnimation {
                from: hand.up ? 16 : 0
                to: hand.up ? 0 : 16
                duration: Theme.m.pulse / 2
                easing.type: Easing.InOutCubic
            }
            PauseAnimation { duration: Theme.m.pulse / 4 }
            NumberAnimation {
                from: hand.up ? 0 : 16
                to: hand.up ? 16 : 0
                duration: Theme.m.pulse / 2
                easing.type: Easing.InOutCubic
            }
        }
        Rectangle {
            visible: hand.kind === "phone"
            anchors.fill: parent
            radius: 16
            color: "#16242E"
            border { color: Theme.contrast ? Theme.c.line_strong : "transparent"; width: 2 }
            Rectangle {
                anchors { fill: parent; margins: 7 }
                radius: 10
                color: "#FFFFFF"
                Icon {
                    anchors.centerIn: parent
                    name: "qrcode"
                    size: 62
                    stroke: 1.8
                    colour: "#0E2230"
                }
            }
        }
        BankNote {
            visible: hand.kind === "note"
            anchors { fill: parent; topMargin: 12; bottomMargin: 12 }
        }
        Rectangle {
            visible: hand.kind === "card" || hand.kind === "card_up"
            anchors.fill: parent
            radius: 12
            color: Theme.c.split_account
            border { color: Theme.c.surface; width: 3 }
            Rectangle { x: 16; y: 26; width: 30; height: 26; radius: 5; color: "#FFE3A3" }
            Rectangle {
                x: 60
                y: 30
                width: 48
                height: 6
                radius: 3
                color: "#FFFFFF"
                opacity: 0.85
            }
            Rectangle {
                x: 60
                y: 46
                width: 32
                height: 6
                radius: 3
                color: "#FFFFFF"
                opacity: 0.85
            }
        }
    }
    Icon {
        x: parent.width + 10
        y: 28
        name: hand.up ? "arrow-big-up-lines" : "arrow-big-down-lines"
        size: 60
        stroke: 2.2
        colour: Theme.c.guide
    }
}
