import QtQuick
import QtQuick.Layouts
import Zhenfu.Core

// Display only: whose machine, is the centre reachable, what time it is; or what is read aloud.
Rectangle {
    height: Theme.topBar
    color: Theme.c.surface
    Rectangle { anchors.bottom: parent.bottom; width: parent.width; height: 2; color: Theme.c.line }
    Caption { id: caption; anchors.fill: parent }
    RowLayout {
        visible: !caption.visible
        anchors { fill: parent; leftMargin: 48; rightMargin: 48; bottomMargin: 2 }
        spacing: 20
        Rectangle {
            implicitWidth: 80
            implicitHeight: 80
            radius: 22
            color: Theme.c.primary
            Icon {
                anchors.centerIn: parent
                name: "building-hospital"
                size: 54
                stroke: 1.8
                colour: Theme.c.on_primary
            }
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: -4
            Label {
                objectName: "hospital"
                text: Ui.hospital
                strong: true
                lineHeight: 0.86
                font.pixelSize: Theme.t.body
                Layout.fillWidth: true
            }
            Label {
                visible: !Theme.large && Theme.zh
                text: Ui.hospitalOther
                font.pixelSize: Theme.t.caption
                color: Theme.c.ink_muted
                Layout.fillWidth: true
            }
        }
        RowLayout {
            spacing: 10
            Icon {
                name: Ui.online ? "wifi" : "wifi-off"
                size: 40
                colour: Ui.online ? Theme.c.success : Theme.c.danger
            }
            Label {
                objectName: "online"
                text: Ui.online ? qsTr("Online") : qsTr("Offline")
                font.pixelSize: Theme.t.caption
                color: Ui.online ? Theme.c.success : Theme.c.danger
            }
        }
        Rectangle { implicitWidth: 2; implicitHeight: 64; color: Theme.c.line }
        ColumnLayout {
            spacing: -10
            Label {
                objectName: "clock"
                text: Ui.clock
                strong: true
                font.pixelSize: Theme.t.title
                Layout.alignment: Qt.AlignRight
            }
            Label {
                objectName: "date"
                text: Ui.date
                font.pixelSize: Theme.t.caption
                color: Theme.c.ink_muted
                Layout.alignment: Qt.AlignRight
            }
        }
    }
}
