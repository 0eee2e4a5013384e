import QtQuick
import QtQuick.Layouts

// The words that the typed letters may be, some at a time; `first` is the leftmost.
RowLayout {
    id: row
    property var found: []
    property int first: 0
    readonly property int most: Theme.large ? 14 : 18
    readonly property var shown: fitting(first)
    signal turned(int place)
    signal taken(var candidate)

    // as many as fit: each takes its signs and the gap beside it
    function fitting(from) {
        let signs = 0
        const fit = []
        for (let place = from; place < found.length && fit.length < 6; place++) {
            signs += Math.max(2, found[place].text.length) + 1
            if (fit.length > 0 && signs > most)
                break
            fit.push(found[place])
        }
        return fit
    }
    function back() {
        let place = first
        while (place > 0 && fitting(place - 1).length + place - 1 >= first)
            place--
        return place === first ? Math.max(0, first - 1) : place
    }

    spacing: 12
    Layout.fillWidth: true
    Layout.leftMargin: -24
    Layout.rightMargin: -24
    Layout.minimumHeight: 104
    Layout.maximumHeight: 104
    Repeater {
        model: row.shown
        Key {
            required property var modelData
            required property int index
            objectName: "pick_" + index
            text: modelData.text
            tinted: true
            Layout.preferredWidth: 96 + 44 * (modelData.text.length - 1)
            Layout.fillWidth: false
            onChosen: row.taken(modelData)
        }
    }
    Item { Layout.fillWidth: true; Layout.fillHeight: true }
    Key {
        objectName: "page_left"
        visible: row.found.length > row.shown.length
        enabled: row.first > 0
        text: qsTr("Before")
        glyph: "chevron-up"
        Layout.preferredWidth: 120
        Layout.fillWidth: false
        onChosen: row.turned(row.back())
    }
    Key {
        objectName: "page_right"
        visible: row.found.length > row.shown.length
        enabled: row.first + row.shown.length < row.found.length
        text: qsTr("More")
        glyph: "chevron-down"
        Layout.preferredWidth: 120
        Layout.fillWidth: false
        onChosen: row.turned(row.first + row.shown.length)
    }
}
