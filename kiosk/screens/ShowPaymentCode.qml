import QtQuick
import QtQuick.Layouts
import "parts"

Page {
    id: page
    AmountBar {
        words: qsTr("To pay now")
        amount: page.view.amount
        total: page.view.seconds_total
    }
    Heading { title: page.view.title; hint: page.view.hint; ring: false }
    MachineMap { lit: page.view.parts; hand: page.view.hand }
    aside: [
        Hints { steps: page.view.steps },
        Banner { view: page.view },
        Strip {
            visible: page.view.banner === ""
            glyph: "hourglass"
            text: qsTr("The scan window is ready and waits for your code")
        }
    ]
}
