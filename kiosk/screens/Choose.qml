import QtQuick
import QtQuick.Layouts
import "parts"

// One of several: a press chooses and goes on.
Page {
    id: page
    fills: true
    Lead { view: page.view }
    body: [
        Scroller {
            rowSpacing: 20
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
        Turns { id: turns; options: page.view.options }
    ]
}
