import QtQuick

// The one number of a page, with what it is.
Column {
    id: big
    property string words
    property string number
    spacing: 0
    Label {
        width: big.width
        text: big.words
        font.pixelSize: Theme.t.body_l
        color: Theme.c.ink_muted
        horizontalAlignment: Text.AlignHCenter
    }
    Balanced {
        objectName: "big_value"
        width: big.width
        text: big.number
        strong: true
        font.pixelSize: text.length > 12 ? Theme.t.title : Theme.t.display
        color: Theme.c.primary
        horizontalAlignment: Text.AlignHCenter
    }
}
