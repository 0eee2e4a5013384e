import QtQuick

// Text that wraps instead of being cut; sizes come from Theme.t alone.
Text {
    property bool strong: false
    font.family: Theme.font
    font.pixelSize: Theme.t.body
    font.weight: strong ? Font.Bold : Font.Normal
    color: Theme.c.ink
    wrapMode: Text.Wrap
    textFormat: Text.PlainText
    verticalAlignment: Text.AlignVCenter
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
