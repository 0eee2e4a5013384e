import QtQuick
import QtQuick.Layouts

// How much: an amount to press, or whole yuan typed.
Page {
    id: page
    readonly property string yuan: pad.digits
    // whole yuan are written, fen are said: two zeros more
    readonly property int fen: yuan === "" ? 0 : Number(yuan + "00")
    readonly property bool inside: fen >= view.min_fen && fen <= view.max_fen

    fills: true
    Lead { view: page.view }
    body: [
        RowLayout {
            visible: page.view.suggestions.length > 0
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
            placeholder: page.view.placeholder
        },
        Keypad { id: pad; longest: 6 },
        BigButton {
            objectName: "key_enter"
            glyph: "check"
            text: page.fen > 0 && !page.inside ? qsTr("Outside the limits") : page.view.button
            enabled: page.inside
            Layout.fillWidth: true
            onChosen: page.say("amount", page.yuan + "00")
        }
    ]
}
