import QtQuick
import QtQuick.Layouts

// Words of two or three lines break so that the lines are alike: no single sign stands alone on
// the last. What counts is the width of the text as one line, which neither wrapping nor the
// padding changes; each binding asks the metrics itself, or it would be part of a loop.
Label {
    id: label
    readonly property real natural: Math.ceil(metrics.advanceWidth) + 2
    readonly property real lines: width > 0 ? Math.ceil(metrics.advanceWidth / width) : 1
    readonly property real room: width - font.pixelSize * (Theme.zh ? 1.6 : 3)
    readonly property real spare: lines < 2 || lines > 3 || text.includes("\n") ? 0
        : Math.max(0, Math.floor(room - metrics.advanceWidth / lines))

    Layout.preferredWidth: Math.ceil(metrics.advanceWidth) + 2
    leftPadding: horizontalAlignment === Text.AlignRight ? spare
        : horizontalAlignment === Text.AlignHCenter ? spare / 2 : 0
    rightPadding: horizontalAlignment === Text.AlignRight ? 0 : spare - leftPadding
    TextMetrics { id: metrics; font: label.font; text: label.text }
}
