import QtQuick

// Name, insurance class, quantity, amount; the name wraps, the numbers never do.
Item {
    id: row
    property var line
    readonly property real classMiddle: Theme.large ? 440 : 350
    readonly property real quantityRight: Theme.large ? 230 : 190
    height: name.implicitHeight + (Theme.large ? 12 : 2)
    Accessible.role: Accessible.StaticText
    Accessible.name: [line.name, line.insurance_class, line.quantity, line.amount].join(", ")
    Label {
        id: name
        anchors {
            left: parent.left
            leftMargin: 20
            right: parent.right
            rightMargin: row.classMiddle + 60
            verticalCenter: parent.verticalCenter
        }
        text: row.line.name
        font.pixelSize: Theme.t.row
        Accessible.ignored: true
    }
    Rectangle {
        id: tag
        anchors {
            horizontalCenter: parent.right
            horizontalCenterOffset: -row.classMiddle
            verticalCenter: parent.verticalCenter
        }
        width: Math.max(Theme.large ? 60 : 52, tagWords.implicitWidth + 20)
        height: Theme.large ? 48 : 38
        radius: 10
        color: row.line.own ? Theme.c.warning_tint : Theme.c.surface_alt
        border { color: row.line.own ? Theme.c.warning : Theme.c.line; width: row.line.own ? 2 : 1 }
        Label {
            id: tagWords
            anchors.centerIn: parent
            text: row.line.insurance_class
            lineHeight: 0.9
            font.pixelSize: Theme.t.caption
            color: row.line.own ? Theme.c.warning : Theme.c.ink_muted
            Accessible.ignored: true
        }
    }
    Label {
        anchors {
            right: parent.right
            rightMargin: row.quantityRight
            verticalCenter: parent.verticalCenter
        }
        text: row.line.quantity
        font.pixelSize: Theme.t.caption
        color: Theme.c.ink_muted
        Accessible.ignored: true
    }
    Label {
        anchors { right: parent.right; rightMargin: 20; verticalCenter: parent.verticalCenter }
        text: row.line.amount
        font.pixelSize: Theme.t.row
        Accessible.ignored: true
    }
}
