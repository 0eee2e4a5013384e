import QtQuick
import QtQuick.Layouts
import "parts"

Page {
    id: page
    fills: true
    Lead {
        glyph: "calendar-plus"
        title: page.view.title
        hint: page.view.hint
        total: page.view.seconds_total
    }
    body: Scroller {
        rowSpacing: 20
        Layout.fillWidth: true
        Layout.fillHeight: true
        Repeater {
            model: page.view.doctors
            ListButton {
                required property var modelData
                objectName: "doctor_" + modelData.schedule_id
                width: parent.width
                glyph: "user"
                text: modelData.name + "  " + modelData.title
                note: modelData.place
                strongSide: modelData.fee
                side: modelData.remaining
                enabled: modelData.free
                onChosen: page.say("choose", modelData.schedule_id)
            }
        }
    }
}
