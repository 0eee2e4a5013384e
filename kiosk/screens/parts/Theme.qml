pragma Singleton
import QtQuick
import Zhenfu.Core

// One read per change from Python; every binding then reads plain values (ui.md 1.8).
QtObject {
    readonly property var all: Ui.tokens
    readonly property var c: all.colour
    readonly property var t: all.type
    readonly property var s: all.space
    readonly property var m: all.motion
    readonly property bool large: all.large
    readonly property bool contrast: all.contrast
    readonly property bool lowReach: all.low_reach
    readonly property string font: all.font
    readonly property bool zh: Ui.language === "zh"
    // on a lying panel what is read stands at the left, what is pressed at the right
    property bool wide: false
    readonly property int dock: large ? s.dock_large : s.dock
    readonly property int topBar: large ? s.top_bar_large : s.top_bar
    readonly property int reach: lowReach ? s.reach_low : s.reach
    readonly property int cardBorder: contrast ? 3 : 0

    function clear(colour) { return Qt.rgba(colour.r, colour.g, colour.b, 0) }
    function tint(tone) { return tone === "info" ? c.primary_tint : c[tone + "_tint"] }
    function strong(tone) { return tone === "info" ? c.primary : c[tone] }
    function onStrong(tone) { return tone === "info" ? c.on_primary : c["on_" + tone] }
}
