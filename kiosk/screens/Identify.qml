import QtQuick
import QtQuick.Layouts
import "parts"

Page {
    id: page
    Heading { title: page.view.title; hint: page.view.hint; total: page.view.seconds_total }
    Banner { view: page.view }
    MachineMap { lit: page.view.parts }
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
}
