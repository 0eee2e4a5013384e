import QtQuick
import QtQuick.Controls.Basic

// Everything a finger can press: instant feedback, focus ring, a name for the voice guide.
// Use onChosen, not onClicked: a second press within Theme.m.rest is a trembling finger.
AbstractButton {
    id: button
    property real radius: Theme.s.radius
    property bool repeats: false
    signal chosen()

    focusPolicy: Qt.TabFocus
    implicitHeight: Theme.s.touch
    padding: 0
    scale: down ? 0.98 : 1
    onClicked: {
        if (rest.running)
            return
        if (!repeats)
            rest.start()
        chosen()
    }
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.onPressAction: clicked()

    Behavior on scale { NumberAnimation { duration: Theme.m.press } }
    onEnabledChanged: rest.stop()
    Timer { id: rest; interval: Theme.m.rest }
    Rectangle {
        anchors { fill: parent; margins: -8 }
        radius: button.radius + 8
        color: "transparent"
        border { color: Theme.c.focus; width: 6 }
        visible: button.visualFocus
    }
}
