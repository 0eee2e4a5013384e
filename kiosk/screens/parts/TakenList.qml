import QtQuick
import QtQuick.Layouts

// What is taken from balance or hold without a further payment.
ColumnLayout {
    id: list
    property var taken: []
    visible: taken.length > 0
    spacing: 4
    Repeater {
        model: list.taken
        AmountLine {
            required property var modelData
            words: modelData.words
            note: modelData.note
            amount: modelData.amount
        }
    }
}
