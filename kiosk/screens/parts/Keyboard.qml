import QtQuick
import QtQuick.Layouts
import Zhenfu.Core

// Letters that become Chinese words (pinyin), plain letters, or digits and signs; holds what was
// typed in `digits`, as the keypad does, and in `letters` what is not yet a word.
ColumnLayout {
    id: board
    property string digits: ""
    property string letters: ""
    property int longest: 40
    property var words: []
    property bool names: false
    property string kind: Theme.zh ? "pinyin" : "abc"
    property int first: 0
    readonly property var found: letters === "" ? [] : Ui.pinyin.candidates(letters, words,
        names && digits === "")
    readonly property var rows: kind === "signs"
        ? ["1234567890", "-.,/#@()"] : ["qwertyuiop", "asdfghjkl", "zxcvbnm"]
    readonly property var signs: ({
        "-": "dash", ".": "dot", ",": "comma", "/": "slash", "#": "number", "@": "at",
        "(": "open", ")": "close"
    })

    function type(sign) {
        if (kind === "pinyin") {
            if (letters.length < 24)
                letters += sign
        } else if (digits.length < longest)
            digits += kind === "abc" && (digits === "" || digits.endsWith(" "))
                ? sign.toUpperCase() : sign
        first = 0
    }
    function take(candidate) {
        if (digits.length + candidate.text.length <= longest)
            digits += candidate.text
        letters = letters.slice(candidate.letters)
        first = 0
    }
    function remove() {
        if (letters !== "")
            letters = letters.slice(0, -1)
        else
            digits = Array.from(digits).slice(0, -1).join("")  // a rare character is two units
        first = 0
    }
    function clear() { letters = ""; digits = "" }
    function use(kind) { letters = ""; board.kind = kind }

    spacing: 12
    Candidates {
        visible: board.kind === "pinyin"
        found: board.found
        first: board.first
        onTurned: (place) => board.first = place
        onTaken: (candidate) => board.take(candidate)
    }
    Repeater {
        model: board.rows
        KeyRow {
            id: line
            required property string modelData
            required property int index
            Repeater {
                model: line.modelData.split("")
                Key {
                    required property string modelData
                    objectName: "key_" + (board.signs[modelData] || modelData)
                    text: modelData
                    Layout.preferredWidth: 96
                    onChosen: board.type(modelData)
                }
            }
            Key {
                visible: line.index === board.rows.length - 1
                objectName: "key_delete"
                text: qsTr("Delete")
                glyph: "backspace"
                Layout.preferredWidth: 200
                onChosen: board.remove()
            }
        }
    }
    KeyRow {
        Repeater {
            model: [
                { kind: "pinyin", words: "拼音" },
                { kind: "abc", words: "ABC" },
                { kind: "signs", words: "123" }
            ]
            Key {
                required property var modelData
                objectName: "keys_" + modelData.kind
                text: modelData.words
                small: true
                on: board.kind === modelData.kind
                Layout.preferredWidth: 150
                onChosen: board.use(modelData.kind)
            }
        }
        Key {
            objectName: "key_middle"
            text: "·"
            small: true
            Layout.preferredWidth: 110
            onChosen: if (board.digits.length < board.longest) board.digits += "·"
        }
        Key {
            objectName: "key_space"
            text: qsTr("Space")
            small: true
            Layout.preferredWidth: 230
            onChosen: if (board.digits.length < board.longest) board.digits += " "
        }
        Key {
            objectName: "key_clear"
            text: qsTr("Clear")
            small: true
            Layout.preferredWidth: 190
            onChosen: board.clear()
        }
    }
}
