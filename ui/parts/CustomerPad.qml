import QtQuick

// What is signed, to be moved by the finger where it is long, and the field with its buttons: beside each
// other, on a standing screen one above the other. All words come from outside. `written`: a whole signature, as ui/signature.py tells it.
Item {
    id: pad
    required property real u
    required property var tokens
    required property var signs
    required property var words
    required property QtObject ink
    property bool faulty: false
    readonly property bool begun: ink.begun
    readonly property bool standing: height > width
    readonly property var c: tokens.colour
    signal written(string told)
    onSignsChanged: {
        faulty = false
        reading.contentY = 0
    }

    component Button: Rectangle {
        id: button
        property string words: ""
        property bool primary: false
        property bool on: pad.begun
        signal chosen()
        height: 110 * pad.u
        radius: 16 * pad.u
        color: !primary ? pad.c.surface : on ? pad.c.primary : pad.c.line
        border { width: Math.max(2, 3 * pad.u); color: primary ? color : pad.c.line_strong }
        Text {
            anchors { fill: parent; margins: 12 * pad.u }
            text: button.words
            color: button.primary && button.on ? pad.c.on_primary : button.on ? pad.c.ink : pad.c.ink_muted
            font { family: pad.tokens.font; pixelSize: 40 * pad.u; bold: button.primary }
            fontSizeMode: Text.Fit
            minimumPixelSize: 12
            wrapMode: Text.Wrap
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
        }
        MouseArea {
            anchors.fill: parent
            enabled: button.on
            onClicked: button.chosen()
        }
    }

    Flickable {
        id: reading
        objectName: "reading"
        width: parent.width * (pad.standing ? 1 : 0.4)
        height: parent.height * (pad.standing ? 0.5 : 1)
        contentHeight: lines.height
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        Column {
            id: lines
            width: reading.width - 24 * pad.u
            spacing: 16 * pad.u
            Repeater {
                model: pad.signs
                Text {
                    required property int index
                    required property string modelData
                    width: lines.width
                    text: modelData
                    color: pad.c.ink
                    font { family: pad.tokens.font; pixelSize: Math.max(20, (index === 0 ? 48 : 36) * pad.u); bold: index === 0 }
                    wrapMode: Text.Wrap
                }
            }
        }
        Rectangle { // how much there is below
            parent: reading
            visible: reading.contentHeight > reading.height
            anchors.right: parent.right
            y: reading.visibleArea.yPosition * reading.height
            width: 8 * pad.u
            height: reading.visibleArea.heightRatio * reading.height
            radius: width / 2
            color: pad.c.line_strong
        }
    }
    Item {
        anchors { right: parent.right; bottom: parent.bottom }
        width: pad.standing ? parent.width : parent.width - reading.width - 40 * pad.u
        height: pad.standing ? parent.height - reading.height - 24 * pad.u : parent.height
        SignatureArea {
            objectName: "sheet"
            anchors { left: parent.left; right: parent.right; top: parent.top; bottom: fault.top; bottomMargin: 8 * pad.u }
            ink: pad.ink
            hint: pad.words.here ?? ""
            hintFont { family: pad.tokens.font; pixelSize: 44 * pad.u }
            lineWidth: Math.max(2, 3 * pad.u)
            radius: 16 * pad.u
            border { width: lineWidth; color: pad.faulty ? pad.c.danger : pad.c.line_strong }
        }
        Text {
            id: fault
            objectName: "fault"
            anchors { left: parent.left; right: parent.right; bottom: buttons.top; bottomMargin: 8 * pad.u }
            height: 56 * pad.u
            text: pad.faulty ? pad.words.fault : ""
            color: pad.c.danger
            font { family: pad.tokens.font; pixelSize: 36 * pad.u; bold: true }
            fontSizeMode: Text.Fit
            minimumPixelSize: 12
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
        }
        Row {
            id: buttons
            anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
            spacing: 20 * pad.u
            Button {
                objectName: "undo"
                width: (parent.width - 2 * parent.spacing) * 0.3
                words: pad.words.undo ?? ""
                onChosen: pad.ink.undo()
            }
            Button {
                objectName: "again"
                width: (parent.width - 2 * parent.spacing) * 0.3
                words: pad.words.again ?? ""
                onChosen: pad.ink.clear()
            }
            Button {
                objectName: "done"
                width: (parent.width - 2 * parent.spacing) * 0.4
                words: pad.words.done ?? ""
                primary: true
                onChosen: {
                    const told = pad.ink.told()
                    pad.faulty = told === ""
                    if (told !== "")
                        pad.written(told)
                }
            }
        }
    }
    Connections {
        target: pad.ink
        function onChanged() { pad.faulty = false }
    }
}
