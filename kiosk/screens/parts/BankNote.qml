import QtQuick

// A banknote, drawn so plainly that it is no particular one.
Rectangle {
    height: 58
    radius: 4
    color: Theme.c.split_subsidy
    border { color: Theme.c.surface; width: 3 }
    Rectangle {
        anchors.centerIn: parent
        width: 34; height: 34; radius: 17
        color: "#FFFFFF"
        opacity: 0.85
    }
    Rectangle { x: 12; y: 12; width: 14; height: 6; radius: 3; color: "#FFFFFF"; opacity: 0.85 }
    Rectangle {
        x: parent.width - 26; y: parent.height - 18
        width: 14; height: 6; radius: 3
        color: "#FFFFFF"
        opacity: 0.85
    }
}
