import QtQuick
import QtQuick.Layouts
import "parts"

Page {
    id: page
    Heading { title: page.view.title; hint: page.view.hint; total: page.view.seconds_total }
    Rectangle {
        radius: Theme.s.radius
        color: Theme.c.primary_tint
        implicitHeight: rows.implicitHeight + 64
        Layout.fillWidth: true
        ColumnLayout {
            id: rows
            anchors {
                left: parent.left
                right: parent.right
                verticalCenter: parent.verticalCenter
                margins: 32
            }
            spacing: 16
            Repeater {
                model: page.view.rows
                InfoRow {
                    required property var modelData
                    implicitHeight: Theme.large ? 148 : 128
                    glyph: modelData.icon
                    label: modelData.label
                    value: modelData.value
                }
            }
        }
    }
    Strip {
        glyph: "info-circle"
        text: qsTr("Only parts are shown here, so that nobody can read along")
    }
    Item { Layout.fillHeight: true }
    body: [
        BigButton {
            objectName: "confirm"
            glyph: "check"
            text: qsTr("Yes, make my card")
            Layout.fillWidth: true
            onChosen: page.say("confirm")
        },
        BigButton {
            objectName: "in_full"
            primary: false
            glyph: "eye"
            text: qsTr("Show it in full for ten seconds")
            Layout.fillWidth: true
            onChosen: page.say("in_full")
        },
        BigButton {
            objectName: "deny"
            primary: false
            glyph: "arrow-left"
            text: qsTr("No, go back")
            Layout.fillWidth: true
            onChosen: page.say("back")
        }
    ]
}
