import QtQuick
import Zhenfu.Core
import "../../../ui/parts" as Shared

Shared.SignatureArea {
    id: field
    objectName: "sheet"
    property bool faulty: false
    property bool tall: false
    readonly property bool begun: ink.begun
    signal written()

    ink: Ui.ink
    hint: qsTr("Please sign here")
    hintFont { family: Theme.font; pixelSize: Theme.t.body_l }
    implicitHeight: Theme.large ? 340 : tall ? 640 : 440
    radius: Theme.s.radius
    border { color: faulty ? Theme.c.danger : Theme.c.line_strong; width: faulty ? 6 : 3 }
    Accessible.role: Accessible.EditableText
    Accessible.name: hint
    Connections {
        target: field.ink
        function onChanged() { field.written() }
    }
}
