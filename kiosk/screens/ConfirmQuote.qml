import QtQuick
import QtQuick.Layouts
import "parts"

// The bill is the confirmation: every line, who pays which part, what is due, how to pay it.
Page {
    id: page
    gap: 16
    side: 960
    PersonStrip { person: page.view.person; total: page.view.seconds_total }
    Banner { view: page.view }
    Strip {
        visible: !page.view.slip_possible
        tone: "warning"
        glyph: "printer-off"
        text: qsTr("No slip can be printed now. You can pay and get it at any window.")
        radius: Theme.s.radius
    }
    Card {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Scroller {
            anchors { fill: parent; margins: 12 }
            Repeater {
                model: page.view.groups
                BillGroup {
                    required property var modelData
                    width: parent.width
                    group: modelData
                }
            }
            Item { visible: Theme.large; width: 1; height: 16 }
            SplitList {
                visible: Theme.large
                view: page.view
                x: 20
                width: parent.width - 40
            }
            TakenList {
                visible: Theme.large && taken.length > 0
                taken: page.view.taken
                x: 20
                width: parent.width - 40
            }
        }
    }
    aside: Totals { view: page.view }
    body: [
        Label {
            visible: !page.view.nothing_due
            text: qsTr("Choose how to pay")
            strong: true
            font.pixelSize: Theme.t.body
            Layout.bottomMargin: -8
        },
        GridLayout {
            visible: !page.view.nothing_due
            columns: page.view.options.length
            columnSpacing: 24
            uniformCellWidths: true
            uniformCellHeights: true
            Layout.fillWidth: true
            Repeater {
                model: page.view.options
                BigButton {
                    required property var modelData
                    required property int index
                    objectName: "pay_" + modelData.kind
                    primary: index === 0
                    glyph: modelData.icon
                    text: modelData.words
                    note: modelData.note
                    stacked: page.view.options.length > 2
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    onChosen: page.say("pay", modelData.kind)
                }
            }
        },
        BigButton {
            objectName: "pay"
            visible: page.view.nothing_due
            glyph: "check"
            text: qsTr("Confirm and settle")
            note: qsTr("Nothing more is to be paid now")
            Layout.fillWidth: true
            onChosen: page.say("pay")
        }
    ]
}
