import QtQuick
import QtQuick.Layouts
import "parts"

Page {
    id: page
    Heading { title: page.view.title; hint: page.view.hint; total: page.view.seconds_total }
    Card {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Scroller {
            anchors { fill: parent; margins: 36 }
            Label {
                width: parent.width
                text: page.view.text
                lineHeight: 1.1
                verticalAlignment: Text.AlignTop
            }
        }
    }
    body: BigButton {
        objectName: "accept"
        glyph: "check"
        text: qsTr("I have read this and accept it")
        Layout.fillWidth: true
        onChosen: page.say("accept")
    }
}
