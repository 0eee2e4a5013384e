import QtQuick
import QtQuick.Layouts
import Zhenfu.Core

// The greeting in both languages, what the hospital announces, and what may simply be shown.
Rectangle {
    id: hero
    property bool showAnything: true
    clip: true
    gradient: Gradient {
        orientation: Gradient.Horizontal
        GradientStop { position: 0; color: Theme.c.hero_from }
        GradientStop { position: 1; color: Theme.c.hero_to }
    }
    Rectangle {
        visible: !Theme.contrast
        x: 770; y: -130; width: 470; height: 470; radius: 235
        color: "#FFFFFF"
        opacity: 0.05
    }
    Rectangle {
        visible: !Theme.contrast
        x: 900; y: 150; width: 320; height: 320; radius: 160
        color: "#FFFFFF"
        opacity: 0.05
    }
    ColumnLayout {
        anchors { fill: parent; leftMargin: 56; rightMargin: 56; bottomMargin: 64 }
        anchors.topMargin: Theme.large ? 24 : 32
        spacing: 8
        Item { Layout.fillHeight: true; visible: Theme.lowReach }
        Label {
            text: qsTr("Hello, what would you like to do?")
            strong: true
            lineHeight: 0.92
            font.pixelSize: Theme.large ? Theme.t.title : Theme.t.heading
            color: Theme.c.on_hero
            Layout.fillWidth: true
        }
        Label {
            visible: !Theme.large && !hero.showAnything
            text: Ui.in_other_language("Hello, what would you like to do?")
            color: Theme.c.hero_muted
            Layout.fillWidth: true
        }
        Notices {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.minimumHeight: 120
            Layout.maximumHeight: Theme.large ? 200 : 172
            Layout.topMargin: 4
        }
        Item { Layout.fillHeight: true; Layout.maximumHeight: 1 }
        Label {
            visible: hero.showAnything
            text: qsTr("Or simply show a code or card, we find your bill")
            color: Theme.c.hero_muted
            lineHeight: 0.95
            font.pixelSize: Theme.large ? Theme.t.caption : Theme.t.body
            Layout.fillWidth: true
        }
        GridLayout {
            visible: hero.showAnything
            columns: Theme.wide ? 1 : 2
            rowSpacing: 24
            columnSpacing: 24
            uniformCellWidths: true
            Layout.fillWidth: true
            Layout.topMargin: 8
            HeroChip { glyph: "qrcode"; text: qsTr("Insurance code") }
            HeroChip { glyph: "credit-card"; text: qsTr("Health card") }
        }
    }
}
