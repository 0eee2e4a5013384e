import QtQuick
import QtQuick.Layouts
import "parts"

Page {
    id: page
    // In large type a banner, many ways and the button leave no room for the drawing.
    readonly property bool crowded: view.face || view.ways.length > 3
        || view.banner !== "" && !Theme.zh
    Heading { title: page.view.title; hint: page.view.hint; total: page.view.seconds_total }
    Banner { view: page.view }
    MachineMap {
        visible: Theme.wide || !Theme.large || !page.crowded
        lit: page.view.parts
    }
    aside: [
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
                    tone: modelData.tone
                }
            }
        },
        Item { visible: !Theme.wide; implicitHeight: 1; Layout.fillHeight: true }
    ]
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
