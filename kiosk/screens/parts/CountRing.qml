import QtQuick
import QtQuick.Shapes
import Zhenfu.Core

// Seconds left: amber under 30, red under 10, and always the number itself.
Item {
    id: ring
    property int total: 60
    readonly property int seconds: Ui.secondsLeft
    readonly property int whole: Math.max(total, seconds, 1)
    readonly property string tone: seconds <= 10 ? Theme.c.danger
        : seconds <= 30 ? Theme.c.warning : Theme.c.primary
    readonly property real middle: width / 2

    implicitWidth: Theme.large ? 140 : 112
    implicitHeight: implicitWidth
    width: implicitWidth
    height: implicitHeight
    Accessible.role: Accessible.Clock
    Accessible.name: qsTr("%1 seconds left").arg(seconds)
    Shape {
        anchors.fill: parent
        ShapePath {
            strokeColor: Theme.c.line
            strokeWidth: 10
            fillColor: "transparent"
            PathAngleArc {
                centerX: ring.middle; centerY: ring.middle
                radiusX: ring.middle - 6; radiusY: ring.middle - 6
                sweepAngle: 360
            }
        }
        ShapePath {
            strokeColor: ring.tone
            strokeWidth: 10
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap
            PathAngleArc {
                centerX: ring.middle; centerY: ring.middle
                radiusX: ring.middle - 6; radiusY: ring.middle - 6
                startAngle: -90
                sweepAngle: 360 * ring.seconds / ring.whole
            }
        }
    }
    Column {
        anchors { centerIn: parent; verticalCenterOffset: Theme.large ? -3 : -2 }
        Label {
            text: ring.seconds
            strong: true
            lineHeight: 0.75
            font.pixelSize: Theme.t.body_l
            color: ring.tone
            anchors.horizontalCenter: parent.horizontalCenter
            Accessible.ignored: true
        }
        Label {
            text: qsTr("s")
            lineHeight: 0.75
            font.pixelSize: Theme.t.caption
            color: ring.tone
            anchors.horizontalCenter: parent.horizontalCenter
            Accessible.ignored: true
        }
    }
}
