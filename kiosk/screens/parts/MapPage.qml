import QtQuick
import QtQuick.Layouts

// A question that is answered at the machine, not on the screen: the part to use, how, and what
// went wrong with the last try.
Page {
    id: page
    AmountBar {
        visible: page.view.amount !== ""
        words: qsTr("Amount")
        amount: page.view.amount
        total: page.view.seconds_total
    }
    Heading {
        title: page.view.title
        hint: page.view.hint
        total: page.view.seconds_total
        ring: page.view.amount === ""
    }
    MachineMap { lit: page.view.parts; hand: page.view.hand }
    aside: [
        Hints {
            visible: steps.length > 0 && !(Theme.large && page.view.banner)
            steps: page.view.steps
        },
        Banner { view: page.view },
        Item { visible: !Theme.wide; implicitHeight: 1; Layout.fillHeight: true }
    ]
    body: Buttons { buttons: page.view.buttons; onChosen: (word) => page.say(word) }
}
