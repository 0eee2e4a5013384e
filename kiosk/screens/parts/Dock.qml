import QtQuick
import QtQuick.Layouts
import Zhenfu.Core

// Always at the bottom, within seated reach: the way out, the modes, the voice, the bell. Beside
// Back or Leave there is no room for all modes: the rarer ones stand on a shelf above then.
Rectangle {
    id: dock
    objectName: "dock"
    property bool canBack: false
    property bool canLeave: false
    property bool open: false
    readonly property bool folded: canBack || canLeave
    readonly property var others: [
        { mode: "contrast", glyph: "contrast-2", words: qsTr("Contrast") },
        { mode: "low_reach", glyph: "accessible", words: qsTr("Low reach") },
        { mode: "calm", glyph: "hourglass", words: qsTr("Calm") }
    ]
    signal said(string word)

    // What was open, held down or had the focus on the screen before.
    function forget() {
        open = false
        enabled = false
        enabled = true
    }

    function help_words() {
        switch (Ui.help) {
        case "calling": return qsTr("Calling staff")
        case "told": return qsTr("Staff told")
        case "failed": return qsTr("Nobody reached")
        }
        return qsTr("Call staff")
    }

    height: Theme.dock
    color: Theme.c.surface
    Rectangle { width: parent.width; height: 2; color: Theme.c.line }
    Item {
        objectName: "shelf"
        readonly property bool modal: visible
        function close() { dock.open = false }
        visible: dock.folded && dock.open
        width: parent.width
        y: -dock.y
        height: dock.y
        MouseArea { anchors.fill: parent; onClicked: dock.open = false }
        Rectangle {
            anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
            height: Theme.dock
            color: Theme.c.primary_tint
            Rectangle { width: parent.width; height: 4; color: Theme.c.primary }
            DockRow {
                DockModes { modes: dock.others }
                DockButton {
                    objectName: "shelf_close"
                    Layout.fillWidth: true
                    glyph: "chevron-down"
                    text: qsTr("Close")
                    onChosen: dock.open = false
                }
            }
        }
    }
    DockRow {
        DockButton {
            objectName: "dock_back"
            visible: dock.canBack
            Layout.fillWidth: true
            glyph: "arrow-left"
            text: qsTr("Back")
            onChosen: dock.said("back")
        }
        DockButton {
            objectName: "dock_leave"
            visible: dock.canLeave
            Layout.fillWidth: true
            glyph: "door-exit"
            text: qsTr("Leave")
            onChosen: dock.said("leave")
        }
        DockButton {
            objectName: "dock_language"
            Layout.fillWidth: true
            glyph: "language"
            text: Ui.nextLanguage
            onChosen: Ui.switch_language()
        }
        DockModes {
            modes: [{ mode: "large", glyph: "text-increase", words: qsTr("Large text") }]
        }
        DockModes { modes: dock.others; shown: !dock.folded }
        DockButton {
            objectName: "dock_read_aloud"
            Layout.fillWidth: true
            glyph: Ui.voiceOut ? "volume-off" : "volume"
            isSwitch: !Ui.voiceOut
            on: Theme.all.read_aloud
            text: Ui.voiceOut ? qsTr("No reading here") : qsTr("Read aloud")
            onChosen: Ui.voiceOut ? Ui.read() : Ui.toggle("read_aloud")
        }
        DockButton {
            objectName: "dock_others"
            visible: dock.folded
            Layout.fillWidth: true
            glyph: dock.open ? "chevron-down" : "chevron-up"
            on: Theme.contrast || Theme.lowReach || Theme.all.calm
            text: qsTr("Easier")
            onChosen: dock.open = !dock.open
        }
        DockButton {
            objectName: "dock_help"
            Layout.fillWidth: true
            glyph: "bell-ringing"
            alert: true
            on: Ui.help === "told"
            text: dock.help_words()
            onChosen: Ui.call_help()
        }
    }
}
