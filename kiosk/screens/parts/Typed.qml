import QtQuick
import QtQuick.Layouts

// What was typed so far, and the letters that are not yet a word.
Rectangle {
    id: typed
    property string text
    property string composing: ""
    property string placeholder
    readonly property bool empty: text === "" && composing === ""
    implicitHeight: Math.max(Theme.large ? 128 : 120, words.implicitHeight + 16)
    radius: 20
    color: Theme.c.surface
    border { color: Theme.c.primary; width: 4 }
    Layout.fillWidth: true
    Row {
        id: words
        anchors.centerIn: parent
        spacing: 12
        Label {
            objectName: "typed_text"
            visible: text !== ""
            text: typed.empty ? typed.placeholder : typed.text
            strong: !typed.empty
            color: typed.empty ? Theme.c.ink_muted : Theme.c.ink
            font.pixelSize: typed.empty ? Theme.t.body
                : typed.text.length > 18 ? Theme.t.body_l : Theme.t.heading
            width: Math.min(implicitWidth, typed.width - 48
                - (pending.visible ? pending.width + 12 : 0))
            anchors.verticalCenter: parent.verticalCenter
        }
        Label {
            id: pending
            visible: text !== ""
            text: typed.composing
            font { pixelSize: Theme.t.title; underline: true }
            color: Theme.c.primary
            wrapMode: Text.NoWrap
            anchors.verticalCenter: parent.verticalCenter
        }
    }
}
