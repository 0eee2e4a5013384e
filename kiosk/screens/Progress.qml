import QtQuick
import QtQuick.Layouts
import "parts"

Page {
    id: page
    readonly property bool atMachine: view.parts.length > 0
    AmountBar {
        visible: page.view.amount !== ""
        words: page.view.amount_words
        amount: page.view.amount
    }
    Heading { visible: page.atMachine; title: page.view.title; hint: page.view.hint }
    MachineMap { visible: page.atMachine; lit: page.view.parts; hand: page.view.hand }
    Waiting { visible: !page.atMachine; title: page.view.title; hint: page.view.hint }
    aside: [
        Hints { steps: page.view.steps },
        Strip {
            visible: page.atMachine
            glyph: "hourglass"
            text: qsTr("The POS is waiting for your card")
        }
    ]
}
