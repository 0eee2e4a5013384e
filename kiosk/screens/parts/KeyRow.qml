import QtQuick
import QtQuick.Layouts

// A row of the keyboard: wider than the page's margins, so that ten keys keep the least size.
RowLayout {
    spacing: 8
    Layout.fillWidth: true
    Layout.fillHeight: true
    Layout.leftMargin: -24
    Layout.rightMargin: -24
}
