import QtQuick
import QtQuick.Layouts
import "parts"

// Any number of them: a press marks, the button says all marks at once.
Page {
    id: page
    property var marks: []
    readonly property var button: view.button
    readonly property bool roomy: !Theme.large && !Theme.lowReach && turns.shown.length <= 4

    function toggle(key) {
        marks = marks.indexOf(key) >= 0 ? marks.filter(one => one !== key) : marks.concat([key])
    }

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
                    objectName: "mark_" + modelData.key
                    width: parent.width
                    glyph: modelData.icon
                    text: modelData.words
                    note: modelData.note
                    side: modelData.side
                    roomy: page.roomy
                    enabled: modelData.free
                    marks: true
                    marked: page.marks.indexOf(modelData.key) >= 0
                    onChosen: page.toggle(modelData.key)
                }
            }
        },
        Turns { id: turns; options: page.view.options },
        BigButton {
            objectName: "press_" + page.button.word
            glyph: page.button.icon
            text: page.button.words
            note: qsTr("Marked: %1").arg(page.marks.length)
            primary: page.button.main
            enabled: page.marks.length >= page.view.least
            Layout.fillWidth: true
            onChosen: page.say(page.button.word, page.view.options.map(option => option.key)
                .filter(key => page.marks.indexOf(key) >= 0).join(" "))
        }
    ]
}
