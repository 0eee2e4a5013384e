import QtQuick
import QtQuick.Layouts
import Zhenfu.Core

// The instruction above a list or keypad: it fills the top third, where nothing is pressed. What
// went wrong a moment ago stands here in place of the hint. A long title becomes smaller; a short
// one stands in the middle together with its picture.
Rectangle {
    id: lead
    property var view
    property string glyph: view.icon || "info-circle"
    readonly property bool trouble: view.banner !== ""
    readonly property bool small: height < (Theme.large ? 480 : 400)
    readonly property bool tight: small || height - hint.height < 180 + 2.7 * Theme.t.heading
    readonly property real aside: ring.visible ? ring.width + 28 : 0
    readonly property real block: badge.height + 24 + title.contentHeight + 4 + hint.height
    readonly property real rise: badge.visible ? Math.max(0, (height - block) / 2 - 24) : 0

    radius: Theme.s.radius
    color: trouble ? Theme.c.warning_tint : Theme.c.primary_tint
    border {
        color: trouble ? Theme.c.warning : Theme.c.line
        width: Theme.contrast || trouble ? 3 : 0
    }
    Layout.fillWidth: true
    Layout.fillHeight: true
    Rectangle {
        id: badge
        visible: !lead.tight && title.contentHeight < title.height - 20
        x: 40
        y: lead.height - 24 - lead.rise - lead.block
        width: 120
        height: 120
        radius: 36
        color: lead.trouble ? Theme.c.warning : Theme.c.primary
        Icon {
            anchors.centerIn: parent
            name: lead.trouble ? "alert-triangle" : lead.glyph
            size: 76
            stroke: 1.7
            colour: lead.trouble ? Theme.c.on_warning : Theme.c.on_primary
        }
    }
    CountRing {
        id: ring
        visible: Ui.secondsLeft > 0
        anchors { right: parent.right; top: parent.top; margins: 28 }
        total: lead.view.seconds_total
    }
    Balanced {
        id: title
        objectName: "title"
        anchors {
            left: parent.left; right: parent.right; top: parent.top; bottom: hint.top
            leftMargin: 40
            rightMargin: 40 + (lead.tight ? lead.aside : 0)
            topMargin: lead.tight ? 12 : 150
            bottomMargin: 4
        }
        transform: Translate { y: -lead.rise }
        text: lead.view.title
        strong: true
        lineHeight: 0.92
        verticalAlignment: Text.AlignBottom
        fontSizeMode: Text.Fit
        minimumPixelSize: Theme.t.body
        font.pixelSize: Theme.t.heading
    }
    Balanced {
        id: hint
        objectName: "hint"
        anchors {
            left: parent.left; right: parent.right; bottom: parent.bottom
            leftMargin: 40; rightMargin: 40; bottomMargin: 24
        }
        transform: Translate { y: -lead.rise }
        text: lead.trouble ? lead.view.banner + "\n" + lead.view.banner_advice : lead.view.hint
        strong: lead.trouble
        color: lead.trouble ? Theme.c.warning : Theme.c.ink_muted
        lineHeight: 0.95
        font.pixelSize: lead.small && text.length > (Theme.zh ? 24 : 44) ? Theme.t.caption
            : Theme.t.body
    }
}
