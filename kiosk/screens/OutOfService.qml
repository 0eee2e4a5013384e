import QtQuick
import QtQuick.Layouts
import Zhenfu.Core
import "parts"

Page {
    id: page
    Waiting { title: page.view.title; hint: page.view.hint; glyph: "alert-triangle"; still: true }
    Strip {
        tone: "warning"
        glyph: "info-circle"
        text: page.view.advice
        note: Ui.serviceLine === "" ? "" : qsTr("Service line %1").arg(Ui.serviceLine)
    }
    Label {
        text: qsTr("For staff: %1").arg(page.view.code)
        font.pixelSize: Theme.t.caption
        color: Theme.c.ink_muted
        horizontalAlignment: Text.AlignHCenter
        Layout.fillWidth: true
    }
}
