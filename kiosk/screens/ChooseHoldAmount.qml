import QtQuick
import QtQuick.Layouts
import "parts"

Page {
    id: page
    readonly property string yuan: pad.digits
    // whole yuan are written, fen are said: two zeros more
    readonly property int fen: yuan === "" ? 0 : Number(yuan + "00")
    readonly property bool inside: fen >= view.min_fen && fen <= view.max_fen

    fills: true
    Lead {
        glyph: "shield-lock"
        title: page.view.title
        hint: page.view.hint
        total: page.view.seconds_total
    }
    body: [
        RowLayout {
            spacing: 16
            uniformCellSizes: true
            Layout.fillWidth: true
            Repeater {
                model: page.view.suggestions
                BigButton {
                    required property var modelData
                    objectName: "amount_" + modelData.amount_fen
                    primary: false
                    implicitHeight: Theme.s.touch
                    text: modelData.words
                    Layout.fillWidth: true
                    onChosen: page.say("amount", String(modelData.amount_fen))
                }
            }
        },
        Typed {
            objectName: "typed"
            text: page.yuan === "" ? "" : "¥" + page.yuan
            placeholder: qsTr("Or type whole yuan")
        },
        Keypad { id: pad; longest: 6 },
        BigButton {
            objectName: "key_enter"
            glyph: "shield-lock"
            text: page.fen > 0 && !page.inside ? qsTr("Outside the limits") : qsTr("Put on hold")
            enabled: page.inside
            Layout.fillWidth: true
            onChosen: page.say("amount", page.yuan + "00")
        }
    ]
}
