import QtQuick
import QtQuick.Layouts
import Zhenfu.Core

// In calm mode four options at a time, and a button that shows the next ones; else all of them.
BigButton {
    property var options: []
    property int first: 0
    readonly property int most: 4
    readonly property bool turns: Theme.all.calm && options.length > most
    readonly property var shown: turns ? options.slice(first, first + most) : options

    onOptionsChanged: if (first >= options.length) first = 0
    objectName: "more_options"
    visible: turns
    primary: false
    repeats: true
    glyph: "chevron-down"
    text: qsTr("Show more")
    note: qsTr("%1 to %2 of %3").arg(first + 1).arg(Math.min(first + most, options.length))
        .arg(options.length)
    Layout.fillWidth: true
    onChosen: first = first + most < options.length ? first + most : 0
}
