import QtQuick
import QtQuick.Layouts
import "parts"

// Look at this, then press. With `needs_all` the buttons wait until the end was seen.
Page {
    id: page
    readonly property bool filled: [view.qr, view.text, view.big_value].some(one => one !== "")
        || view.sections.length > 0
    readonly property int count: view.sections.reduce((sum, one) => sum + one.rows.length, 0)
    // little to say is said larger
    readonly property bool roomy: !Theme.large && count <= (view.qr === "" ? 6 : 3)
        && view.text.length < 200
    Heading { title: page.view.title; hint: page.view.hint; total: page.view.seconds_total }
    Notes { view: page.view; visible: filled && !inside.visible }
    Card {
        visible: page.filled
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.maximumHeight: content.contentHeight + 80
        Layout.verticalStretchFactor: 1000
        Scroller {
            id: content
            anchors { fill: parent; margins: 28 }
            rowSpacing: 20
            Notes {
                id: inside
                visible: filled && Theme.large && page.filled
                view: page.view
                width: parent.width
            }
            Code { code: page.view.qr; anchors.horizontalCenter: parent.horizontalCenter }
            BigNumber {
                visible: page.view.big_value !== ""
                width: parent.width
                words: page.view.big_label
                number: page.view.big_value
            }
            Label {
                visible: text !== ""
                width: parent.width
                text: page.view.text
                lineHeight: 1.1
                font.pixelSize: page.roomy ? Theme.t.body_l : Theme.t.body
            }
            Repeater {
                model: page.view.sections
                Column {
                    id: section
                    required property var modelData
                    width: parent.width
                    spacing: 12
                    Label {
                        visible: text !== ""
                        width: parent.width
                        text: section.modelData.title
                        strong: true
                        color: Theme.c.primary
                        font.pixelSize: Theme.t.body_l
                    }
                    InfoRows {
                        rows: section.modelData.rows
                        roomy: page.roomy
                        width: parent.width
                    }
                }
            }
        }
    }
    Item {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.verticalStretchFactor: 1
        // a plain question has a picture in place of a card
        Rectangle {
            visible: !page.filled && parent.height > height + 96
            anchors.centerIn: parent
            width: 260
            height: 260
            radius: 130
            color: Theme.c.primary_tint
            border { color: Theme.c.primary; width: Theme.contrast ? 3 : 0 }
            Icon {
                anchors.centerIn: parent
                name: page.view.icon || "help-circle"
                size: 150
                stroke: 1.6
                colour: Theme.c.primary
            }
        }
    }
    body: [
        Label {
            visible: page.view.needs_all && page.filled && !content.seen
            text: qsTr("Please read to the end first")
            color: Theme.c.ink_muted
            horizontalAlignment: Text.AlignHCenter
            Layout.fillWidth: true
        },
        Buttons {
            buttons: page.view.buttons
            ready: !page.view.needs_all || !page.filled || content.seen
            onChosen: (word) => page.say(word)
        }
    ]
}
