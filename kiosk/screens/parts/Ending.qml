import QtQuick
import QtQuick.Layouts

// A good ending: what was done, the one number that matters, the details, what to take.
Page {
    id: page
    readonly property string tone: view.tone
    // much to say: the tick stands beside the number
    readonly property bool dense: view.rows.length > 4
        || view.rows.length > 0 && (Theme.large || view.buttons.length > 0)

    Heading {
        title: page.view.title
        hint: page.view.hint
        total: page.view.seconds_total
        tone: Theme.strong(page.tone)
    }
    Rectangle {
        radius: Theme.s.radius
        color: Theme.tint(page.tone)
        border { color: Theme.strong(page.tone); width: Theme.contrast ? 3 : 0 }
        Layout.fillWidth: true
        Layout.fillHeight: true
        Item {
            anchors { fill: parent; margins: 36 }
            id: panel
            readonly property real room: height - big.implicitHeight - 32
            Scroller {
                id: details
                ground: Theme.tint(page.tone)
                anchors { left: parent.left; right: parent.right; top: big.bottom; topMargin: 32 }
                height: Math.min(contentHeight, panel.room)
                Strips { strips: page.view.strips.slice(0, -1); width: parent.width }
                InfoRows {
                    rows: page.view.rows
                    tone: page.tone
                    roomy: !page.dense
                    width: parent.width
                }
            }
            GridLayout {
                id: big
                anchors { left: parent.left; right: parent.right }
                y: Math.max(0, (panel.room - details.height) / 2)
                columns: page.dense ? 2 : 1
                rowSpacing: 12
                columnSpacing: 32
                Rectangle {
                    implicitWidth: page.dense ? 120 : 220
                    implicitHeight: implicitWidth
                    radius: implicitWidth / 2
                    color: Theme.strong(page.tone)
                    Layout.alignment: Qt.AlignHCenter
                    Icon {
                        anchors.centerIn: parent
                        name: page.view.icon
                        size: parent.width * 0.6
                        stroke: 2.4
                        colour: Theme.onStrong(page.tone)
                    }
                }
                ColumnLayout {
                    visible: page.view.big_value !== ""
                    spacing: 0
                    Layout.fillWidth: true
                    Label {
                        text: page.view.big_label
                        font.pixelSize: Theme.t.body_l
                        horizontalAlignment: page.dense ? Text.AlignLeft : Text.AlignHCenter
                        Layout.fillWidth: true
                    }
                    Balanced {
                        objectName: "big_value"
                        text: page.view.big_value
                        strong: true
                        lineHeight: 0.9
                        font.pixelSize: Theme.large ? Theme.t.heading : Theme.t.display
                        color: Theme.strong(page.tone)
                        horizontalAlignment: page.dense ? Text.AlignLeft : Text.AlignHCenter
                        Layout.fillWidth: true
                    }
                }
            }
        }
    }
    aside: [
        Banner { view: page.view },
        Strips { strips: page.view.strips.slice(-1) }
    ]
    body: [
        Buttons { buttons: page.view.buttons; onChosen: (word) => page.say(word) },
        BigButton {
            objectName: "done"
            primary: !page.view.buttons.some((button) => button.main)
            glyph: "home"
            text: page.tone === "success" ? qsTr("Done") : qsTr("Finish")
            note: qsTr("Clear my details and go home")
            Layout.fillWidth: true
            onChosen: page.say("done")
        }
    ]
}
