import QtQuick
import QtQuick.Layouts
import Zhenfu.Core

// The instruction above a list or keypad: it fills the top third, where nothing is pressed. What
// went wrong a moment ago stands here in place of the hint. A long title becomes smaller.
Rectangle {
    id: lead
    property var view
    property string glyph: view.icon || "info-circle"
    readonly property bool trouble: view.banner !== ""
    readonly property bool small: height < (Theme.large ? 480 : 400)
    readonly property bool tight: small || height - hint.height < 180 + 2.7 * Theme.t.heading
    readonly property real aside: ring.visible ? ring.width + 28 : 0

    radius: Theme.s.radius
    color: trouble ? Theme.c.warning_tint : Theme.c.primary_tint
    border {
        color: trouble ? Theme.c.warning : Theme.c.line
        width: Theme.contrast || trouble ? 3 : 0
    }
    Layout.fillWidth: true
    Layout.fillHeight: true
    Icon {
        visible: !Theme.large && !lead.tight && title.contentHeight < title.height - 20
        anchors { left: parent.left; top: parent.top; margins: 40 }
        name: lead.trouble ? "alert-triangle" : lead.glyph
        size: 96
        stroke: 1.5
        colour: lead.trouble ? Theme.c.warning : Theme.c.primary
    }
    CountRing {
        id: ring
        visible: Ui.secondsLeft > 0
        anchors { right: parent.right; top: parent.top; margins: 28 }
        total: lead.view.seconds_total
    }
    Label {
        id: title
        objectName: "title"
        anchors {
            left: parent.left; right: parent.right; top: parent.top; bottom: hint.top
            leftMargin: 40
            rightMargin: 40 + (lead.tight ? lead.aside : 0)
            topMargin: lead.tight ? 12 : 150
            bottomMargin: 4
        }
        text: lead.view.title
        strong: true
        lineHeight: 0.92
        verticalAlignment: Text.AlignBottom
        fontSizeMode: Text.Fit
        minimumPixelSize: Theme.t.body
        font.pixelSize: Theme.t.heading
    }
    Label {
        id: hint
        objectName: "hint"
        anchors {
            left: parent.left; right: parent.right; bottom: parent.bottom
            leftMargin: 40; rightMargin: 40; bottomMargin: 24
        }
        text: lead.trouble ? lead.view.banner + "\n" + lead.view.banner_advice : lead.view.hint
        strong: lead.trouble
        color: lead.trouble ? Theme.c.warning : Theme.c.ink_muted
        lineHeight: 0.95
        font.pixelSize: lead.small && text.length > (Theme.zh ? 24 : 44) ? Theme.t.caption
            : Theme.t.body
    }
}
