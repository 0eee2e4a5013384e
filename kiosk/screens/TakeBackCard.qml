import QtQuick
import QtQuick.Layouts
import "parts"

MapPage {
    id: page
    body: BigButton {
        objectName: "done"
        glyph: "check"
        text: qsTr("I have my card")
        Layout.fillWidth: true
        onChosen: page.say("done")
    }
}
