import QtQuick
import QtQuick.Window

// What the patient reads at a window: greeting, amount, its parts, a code, and the one thing to do. Drawn for
// 1920x1080 and fitted to any screen by one unit; every text shrinks rather than being cut. All words
// come from outside (ui/customer_display.py): here is no text of its own and nothing that moves.
Window {
    id: display
    visible: false
    required property var tokens
    property string place: ""
    property string greeting: ""
    property string amount: ""
    property string facts: ""
    property string advice: ""
    property string code: ""
    property list<string> signs: []
    property var words: ({})
    required property QtObject ink
    signal written(string told)
    readonly property bool signing: signs.length > 0
    readonly property bool coded: code !== ""
    readonly property var c: tokens.colour
    readonly property real u: Math.min(width / 1920, height / 1080)
    readonly property real inset: 96 * u
    color: c.bg

    component Words: Text {
        property real px: 48
        color: display.c.ink
        font.family: display.tokens.font
        font.pixelSize: px * display.u
        fontSizeMode: Text.Fit
        minimumPixelSize: 20
        wrapMode: Text.Wrap
        verticalAlignment: Text.AlignVCenter
    }

    Words {
        id: greeting
        objectName: "greeting"
        x: display.inset
        y: 56 * display.u
        width: (display.width - 2 * display.inset) * 0.68
        height: 110 * display.u
        px: 72
        font.bold: true
        text: display.greeting
    }
    Words {
        objectName: "place"
        anchors { right: parent.right; rightMargin: display.inset; verticalCenter: greeting.verticalCenter }
        width: (display.width - 2 * display.inset) * 0.3
        height: greeting.height
        px: 48
        color: display.c.ink_muted
        horizontalAlignment: Text.AlignRight
        text: display.place
    }

    Rectangle {
        id: card
        visible: display.signing || display.amount !== "" || display.facts !== "" || display.coded
        anchors {
            left: parent.left; right: parent.right; top: greeting.bottom; bottom: band.top
            leftMargin: display.inset; rightMargin: display.inset
            topMargin: 40 * display.u; bottomMargin: 64 * display.u
        }
        radius: 32 * display.u
        color: display.c.surface
        border { width: Math.max(1, 2 * display.u); color: display.c.line }

        CustomerPad {
            visible: display.signing
            anchors { fill: parent; margins: 40 * display.u }
            u: standing ? 1.6 * display.u : display.u
            tokens: display.tokens
            signs: display.signs
            words: display.words
            ink: display.ink
            onWritten: told => display.written(told)
        }
        Column {
            visible: !display.signing
            anchors.centerIn: parent
            spacing: (display.coded ? 8 : 24) * display.u
            Image {
                objectName: "code"
                visible: display.coded
                width: (display.amount !== "" || display.facts !== "" ? 340 : 500) * display.u
                height: width
                anchors.horizontalCenter: parent.horizontalCenter
                sourceSize.width: Math.round(width)
                cache: false
                source: display.coded ? "image://qr/" + display.code : ""
            }
            Words {
                objectName: "amount"
                visible: display.amount !== ""
                width: card.width - 96 * display.u
                height: (display.coded ? 90 : 280) * display.u
                px: display.coded ? 80 : 220
                font.bold: true
                color: display.c.primary
                horizontalAlignment: Text.AlignHCenter
                text: display.amount
            }
            Rectangle {
                visible: display.amount !== "" && display.facts !== "" && !display.coded
                width: card.width - 192 * display.u
                height: Math.max(1, 2 * display.u)
                anchors.horizontalCenter: parent.horizontalCenter
                color: display.c.line
            }
            Words {
                objectName: "facts"
                visible: display.facts !== ""
                width: card.width - 96 * display.u
                height: (display.coded ? 70 : 120) * display.u
                px: display.coded ? 48 : display.amount !== "" ? 64 : 80
                horizontalAlignment: Text.AlignHCenter
                text: display.facts
            }
        }
    }

    // with nothing to pay, what to do is all there is, and stands in the middle
    Rectangle {
        id: band
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        height: display.signing ? 130 * display.u : card.visible ? 240 * display.u : display.height - greeting.y - greeting.height - 56 * display.u
        color: display.c.primary

        Words {
            objectName: "advice"
            anchors {
                fill: parent
                leftMargin: display.inset; rightMargin: display.inset
                topMargin: 24 * display.u; bottomMargin: 24 * display.u
            }
            px: display.signing ? 56 : card.visible ? 76 : 112
            font.bold: true
            color: display.c.on_primary
            horizontalAlignment: Text.AlignHCenter
            text: display.advice
        }
    }
}
