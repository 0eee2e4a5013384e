import QtQuick

Image {
    property string name
    property string colour: Theme.c.ink
    property int size: 48
    property real stroke: 2
    source: name ? "image://icon/" + name + "/" + colour.substring(1) + "/" + stroke : ""
    sourceSize: Qt.size(size, size)
    width: size
    height: size
    Accessible.ignored: true
}
