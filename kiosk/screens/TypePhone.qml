import QtQuick
import QtQuick.Layouts
import "parts"

Page {
    id: page
    readonly property string digits: pad.digits
    readonly property string grouped: [digits.slice(0, 3), digits.slice(3, 7), digits.slice(7)]
        .filter(group => group !== "").join(" ")

    fills: true
    Lead {
        glyph: "phone"
        title: page.view.title
        hint: page.view.hint
        total: page.view.seconds_total
    }
    body: [
        Typed {
            objectName: "typed"
            text: page.grouped
            placeholder: qsTr("Eleven digits")
        },
        Keypad { id: pad; longest: 11 },
        BigButton {
            objectName: "key_enter"
            glyph: "check"
            text: qsTr("Go on")
            enabled: page.digits.length === 11
            Layout.fillWidth: true
            onChosen: page.say("enter", page.digits)
        }
    ]
}
