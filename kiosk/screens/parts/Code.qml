import QtQuick

// A code for the person's phone: black on white in every mode, with its quiet zone.
Rectangle {
    property string code: ""
    visible: code !== ""
    width: 560
    height: 560
    radius: Theme.s.radius_s
    color: "#FFFFFF"
    border { color: Theme.c.line; width: 2 }
    Accessible.role: Accessible.Graphic
    Accessible.name: qsTr("A code to scan with your phone")
    Image {
        objectName: "qr"
        anchors { fill: parent; margins: 8 }
        source: parent.code === "" ? "" : "image://qr/" + parent.code
        sourceSize: Qt.size(width, height)
        smooth: false
        Accessible.ignored: true
    }
}
