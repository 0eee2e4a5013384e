import QtQuick

// Where am I: done steps have a tick, the present one is solid, the words are always there.
Item {
    id: bar
    property int current: -1
    readonly property var steps: [qsTr("Identify"), qsTr("Check"), qsTr("Pay"), qsTr("Slip")]

    height: Theme.large ? 140 : 128
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("Step %1 of %2: %3").arg(current + 1).arg(steps.length)
        .arg(current < 0 ? "" : steps[current])
    Row {
        anchors { fill: parent; leftMargin: 48; rightMargin: 48 }
        Repeater {
            model: bar.current < 0 ? [] : bar.steps
            Item {
                id: step
                required property string modelData
                required property int index
                readonly property bool done: index < bar.current
                readonly property bool now: index === bar.current
                width: parent.width / bar.steps.length
                height: bar.height
                Rectangle {
                    visible: step.index > 0
                    width: parent.width - 84
                    height: 6
                    radius: 3
                    x: -width / 2
                    y: 43
                    color: step.done || step.now ? Theme.c.primary : Theme.c.line
                }
                Rectangle {
                    width: 60
                    height: 60
                    radius: 30
                    y: 16
                    anchors.horizontalCenter: parent.horizontalCenter
                    color: step.done || step.now ? Theme.c.primary : Theme.c.surface
                    border {
                        color: step.done || step.now ? Theme.c.primary : Theme.c.line_strong
                        width: 3
                    }
                    Icon {
                        visible: step.done
                        anchors.centerIn: parent
                        name: "check"
                        size: 40
                        stroke: 3
                        colour: Theme.c.on_primary
                    }
                    Label {
                        visible: !step.done
                        anchors.centerIn: parent
                        text: step.index + 1
                        strong: true
                        font.pixelSize: Theme.t.caption
                        color: step.now ? Theme.c.on_primary : Theme.c.ink_muted
                        Accessible.ignored: true
                    }
                }
                Label {
                    anchors.horizontalCenter: parent.horizontalCenter
                    y: 80
                    text: step.modelData
                    font.pixelSize: Theme.t.caption
                    strong: step.now
                    color: step.now ? Theme.c.primary : Theme.c.ink_muted
                    Accessible.ignored: true
                }
            }
        }
    }
}
