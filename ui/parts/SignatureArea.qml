import QtQuick

// A field to sign on. `ink` is ui/signature.py's Ink, `image://ink/` its InkProvider. The buttons
// (undo, clear, done) belong to the screen, which calls ink.undo() and ink.clear().
Item {
    id: area
    required property QtObject ink
    property int revision: 0
    onWidthChanged: ink.resize(width, height)
    onHeightChanged: ink.resize(width, height)
    Component.onCompleted: ink.resize(width, height)

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
