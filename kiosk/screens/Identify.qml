import QtQuick
import QtQuick.Layouts
import "parts"

Page {
    id: page
    // In large type a banner, many ways and the button leave no room for the drawing.
    readonly property bool crowded: view.face || view.ways.length > 3 || view.banner !== ""
    Heading { title: page.view.title; hint: page.view.hint; total: page.view.seconds_total }
    Banner { view: page.view }
    MachineMap {
        visible: !(Theme.large && page.crowded)
        lit: page.view.parts
    }
    ColumnLayout {
        spacing: 16
        Layout.fillWidth: true
        Repeater {
            model: page.view.ways
            InfoRow {
                required property var modelData
                glyph: modelData.icon
                label: modelData.label
                value: modelData.value
            }
        }
    }
    Item { Layout.fillHeight: true; Layout.maximumHeight: 400 }
    body: BigButton {
        objectName: "face"
        visible: page.view.face
        primary: false
        glyph: "face-id"
        text: qsTr("Know me by my face")
        Layout.fillWidth: true
        onChosen: page.say("face")
    }
}
