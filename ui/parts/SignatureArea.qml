import QtQuick

// White paper in every mode, with a line to write on and what is written. `ink` is ui/signature.py's Ink,
// `image://ink/` its InkProvider. Words and buttons (undo, clear, done) belong to the screen.
Rectangle {
    id: area
    required property QtObject ink
    property string hint: ""
    property font hintFont
    property real lineWidth: 3
    property int revision: 0
    onWidthChanged: ink.resize(width, height)
    onHeightChanged: ink.resize(width, height)
    Component.onCompleted: ink.resize(width, height)
    color: "#FFFFFF"

    Rectangle {
        id: line
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        anchors { leftMargin: 20 * height; rightMargin: 20 * height; bottomMargin: parent.height * 0.24 }
        height: area.lineWidth
        color: "#6B7F8E"
    }
    Text {
        visible: !area.ink.begun
        anchors { horizontalCenter: parent.horizontalCenter; bottom: line.top; bottomMargin: 3 * line.height }
        text: area.hint
        font: area.hintFont
        color: "#425665"
        Accessible.ignored: true
    }
    Image {
        objectName: "ink"
        anchors.fill: parent
        cache: false
        source: "image://ink/" + area.revision
    }
    MouseArea {
        anchors.fill: parent
        preventStealing: true
        onPressed: mouse => area.ink.press(mouse.x, mouse.y, Date.now())
        onPositionChanged: mouse => area.ink.move(mouse.x, mouse.y, Date.now())
        onReleased: area.ink.lift()
        onCanceled: area.ink.lift()
    }
    Connections {
        target: area.ink
        function onChanged() { area.revision += 1 }
    }
}
