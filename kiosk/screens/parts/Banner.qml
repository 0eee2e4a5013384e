import QtQuick

// What went wrong a moment ago on this very question.
Strip {
    property var view
    visible: view.banner !== ""
    tone: "warning"
    glyph: "alert-triangle"
    text: view.banner
    note: view.banner_advice
    radius: Theme.s.radius
}
