import QtQuick
import QtQuick.Layouts

// A question that is answered at the machine, not on the screen: the part to use, how, and what
// went wrong with the last try.
Page {
    id: page
    Heading { title: page.view.title; hint: page.view.hint; total: page.view.seconds_total }
    MachineMap { lit: page.view.parts; hand: page.view.hand }
    Hints { steps: page.view.steps }
    Banner { view: page.view }
    Item { Layout.fillHeight: true; Layout.maximumHeight: 400 }
}
