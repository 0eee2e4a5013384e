import QtQuick
import QtQuick.Layouts
import "parts"

// What became of the money first, then what happened, then what to do.
Page {
    id: page
    readonly property string tone: view.money_kind === "being_checked" ? "warning" : "danger"
    readonly property string moneyTone: view.money_kind === "being_checked" ? "warning" : "success"

    Heading {
        title: page.view.money
        total: page.view.seconds_total
        tone: Theme.strong(page.moneyTone)
    }
    Rectangle {
        radius: Theme.s.radius
        color: Theme.tint(page.tone)
        border { color: Theme.strong(page.tone); width: Theme.contrast ? 3 : 0 }
        Layout.fillWidth: true
        Layout.fillHeight: true
        ColumnLayout {
            anchors {
                left: parent.left
                right: parent.right
                verticalCenter: parent.verticalCenter
                margins: 48
            }
            spacing: 28
            Rectangle {
                implicitWidth: Theme.large ? 160 : 220
                implicitHeight: implicitWidth
                radius: implicitWidth / 2
                color: Theme.strong(page.tone)
                Layout.alignment: Qt.AlignHCenter
                Icon {
                    anchors.centerIn: parent
                    name: page.view.money_kind === "being_checked" ? "hourglass" : "x"
                    size: 124
                    stroke: 2.4
                    colour: Theme.onStrong(page.tone)
                }
            }
            Label {
                objectName: "happened"
                text: page.view.title
                strong: true
                lineHeight: 0.95
                font.pixelSize: Theme.t.title
                color: Theme.strong(page.tone)
                horizontalAlignment: Text.AlignHCenter
                Layout.fillWidth: true
            }
            Label {
                text: page.view.hint
                font.pixelSize: Theme.t.body_l
                horizontalAlignment: Text.AlignHCenter
                Layout.fillWidth: true
            }
            Label {
                visible: text !== ""
                text: page.view.detail
                horizontalAlignment: Text.AlignHCenter
                Layout.fillWidth: true
            }
            Label {
                objectName: "case_id"
                visible: page.view.case_id !== ""
                text: qsTr("Case number %1").arg(page.view.case_id)
                strong: true
                horizontalAlignment: Text.AlignHCenter
                Layout.fillWidth: true
            }
        }
    }
    Strip {
        visible: page.view.printed
        glyph: "printer"
        text: qsTr("Please take your slip below and keep it")
    }
    Label {
        text: qsTr("For staff: %1").arg(page.view.code)
        font.pixelSize: Theme.t.caption
        color: Theme.c.ink_muted
        Layout.fillWidth: true
    }
    body: [
        BigButton {
            objectName: "window"
            visible: page.view.window
            primary: false
            glyph: "map-pin"
            text: qsTr("Go on at a window")
            Layout.fillWidth: true
            onChosen: page.say("window")
        },
        RowLayout {
            spacing: 24
            uniformCellSizes: true
            Layout.fillWidth: true
            BigButton {
                objectName: "retry"
                visible: page.view.may_retry
                glyph: "refresh"
                text: qsTr("Try again")
                Layout.fillWidth: true
                onChosen: page.say("retry")
            }
            BigButton {
                objectName: "done"
                primary: !page.view.may_retry
                glyph: "home"
                text: qsTr("Finish")
                Layout.fillWidth: true
                onChosen: page.say("done")
            }
        }
    ]
}
