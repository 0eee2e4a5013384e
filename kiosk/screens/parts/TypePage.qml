import QtQuick
import QtQuick.Layouts

// Type something: digits on a keypad, names and words on the keyboard.
Page {
    id: page
    readonly property bool digits: view.keys !== "name" && view.keys !== "text"
    property var pad: null
    readonly property string typed: pad ? pad.digits : ""
    readonly property bool fine: typed.trim().length >= view.least
        && (view.form === "" || new RegExp(view.form).test(typed))

    // 138 0000 0011 and 110105 19491231 002X, as people say them
    function grouped(text) {
        const ends = view.keys === "phone" ? [3, 7, 11] : view.keys === "id_number" ? [6, 14, 18]
            : [text.length]
        return ends.map((end, index) => text.slice(index === 0 ? 0 : ends[index - 1], end))
            .filter(group => group !== "").join(" ")
    }

    fills: true
    Lead { view: page.view }
    body: [
        Typed {
            objectName: "typed"
            text: page.view.hidden ? "●".repeat(page.typed.length) : page.grouped(page.typed)
            composing: page.digits || !page.pad ? "" : page.pad.letters
            placeholder: page.view.label
        },
        Loader {
            sourceComponent: page.digits ? keypad : keyboard
            Layout.fillWidth: true
            Layout.fillHeight: true
            onLoaded: page.pad = item
        },
        BigButton {
            objectName: "key_enter"
            glyph: "check"
            text: qsTr("Go on")
            enabled: page.fine
            Layout.fillWidth: true
            onChosen: page.say("enter", page.typed.trim())
        }
    ]
    Component {
        id: keypad
        Keypad { longest: page.view.most; lastX: page.view.keys === "id_number" }
    }
    Component {
        id: keyboard
        Keyboard {
            longest: page.view.most
            words: page.view.words
            names: page.view.keys === "name"
        }
    }
}
