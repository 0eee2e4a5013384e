import QtQuick
import QtQuick.Layouts
import Zhenfu.Core
import "parts"

// Sign with a finger: what is signed above, the field and its buttons below.
Page {
    id: page
    property string fault: ""
    Heading { title: page.view.title; hint: page.view.hint; total: page.view.seconds_total }
    Banner { view: page.view }
    Card {
        visible: page.view.rows.length > 0
        Layout.fillWidth: true
        Layout.fillHeight: true
        Scroller {
            anchors { fill: parent; margins: 28 }
            InfoRows { rows: page.view.rows; width: parent.width }
        }
    }
    Item { visible: page.view.rows.length === 0; Layout.fillHeight: true }
    body: [
        SignField {
            id: field
            faulty: page.fault !== ""
            tall: page.view.rows.length === 0
            Layout.fillWidth: true
            onWritten: page.fault = ""
        },
        Label {
            objectName: "fault"
            text: page.fault === "" ? " " : page.fault
            strong: true
            color: Theme.c.danger
            horizontalAlignment: Text.AlignHCenter
            Layout.fillWidth: true
            Layout.topMargin: -8
            Layout.bottomMargin: -8
        },
        RowLayout {
            spacing: 24
            uniformCellSizes: true
            Layout.fillWidth: true
            BigButton {
                objectName: "again"
                primary: false
                glyph: "eraser"
                text: qsTr("Write again")
                enabled: field.begun
                Layout.fillWidth: true
                onChosen: Ui.ink.clear()
            }
            BigButton {
                objectName: "done"
                glyph: "check"
                text: qsTr("I have signed")
                enabled: field.begun
                Layout.fillWidth: true
                onChosen: {
                    const told = Ui.ink.told()
                    if (told === "")
                        page.fault = qsTr("Please write your whole name, a little larger")
                    else
                        page.say("signed", told)
                }
            }
        }
    ]
}
