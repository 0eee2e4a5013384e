import QtQuick
import QtQuick.Layouts
import "parts"

Page {
    id: page
    fills: true
    Lead {
        glyph: "stethoscope"
        title: page.view.title
        hint: page.view.hint
        total: page.view.seconds_total
    }
    body: Scroller {
        rowSpacing: 20
        Layout.fillWidth: true
        Layout.fillHeight: true
        Repeater {
            model: page.view.departments
            ListButton {
                required property var modelData
                objectName: "department_" + modelData.code
                width: parent.width
                glyph: "stethoscope"
                text: modelData.name
                note: modelData.place
                side: modelData.doctors
                onChosen: page.say("choose", modelData.code)
            }
        }
    }
}
