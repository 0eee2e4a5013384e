import QtQuick
import QtQuick.Layouts
import "parts"

// One of several: a press chooses and goes on.
Page {
    id: page
    readonly property bool roomy: !Theme.large && !Theme.lowReach && turns.shown.length <= 4

    fills: true
    Lead { view: page.view }
    body: [
        Scroller {
            rowSpacing: 20
            ground: Theme.c.bg
            Layout.fillWidth: true
            Layout.fillHeight: true
            Strips { strips: page.view.strips; width: parent.width }
            Repeater {
                model: turns.shown
                ListButton {
                    required property var modelData
                    objectName: "choose_" + modelData.key
                    width: parent.width
                    glyph: modelData.icon
                    text: modelData.words
                    note: modelData.note
                    side: modelData.side
                    roomy: page.roomy
                    enabled: modelData.free
                    onChosen: page.say("choose", modelData.key)
                }
            }
            Strip {
                visible: page.view.nothing !== ""
                width: parent.width
                glyph: "info-circle"
                text: page.view.nothing
                radius: Theme.s.radius
            }
        },
        Turns { id: turns; options: page.view.options },
        BigButton {
            objectName: "nothing_back"
            visible: page.view.nothing !== "" && page.view.can_back
            glyph: "arrow-left"
            text: qsTr("Back")
            Layout.fillWidth: true
            onChosen: page.say("back")
        }
    ]
}
