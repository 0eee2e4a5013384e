import QtQuick
import Zhenfu.Core

// What the hospital announces, one sentence after the other, each for ten seconds; promotion is
// not shown to somebody who reads large text.
Rectangle {
    id: notices
    objectName: "notices"
    property int place: 0
    readonly property var pages: {
        const told = Ui.announcements.filter(one => !(Theme.large && one.promotion))
        const all = []
        for (const one of told)
            for (const sentence of one.sentences)
                all.push({ title: one.title, text: sentence })
        if (Ui.waiting > 0)
            all.push({
                title: qsTr("People waiting to be called now: %1").arg(Ui.waiting),
                text: qsTr("Check in at this machine, then wait near the room.")
            })
        all.push({
            title: qsTr("Your privacy"),
            text: qsTr("Your details are cleared from this machine when you leave")
        })
        return all
    }
    // large text has no room for both at once: titles take turns with sentences
    readonly property var turns: {
        if (!Theme.large)
            return pages
        const all = []
        for (let index = 0; index < pages.length; index++) {
            if (index === 0 || pages[index - 1].title !== pages[index].title)
                all.push({ title: "", text: pages[index].title })
            all.push({ title: "", text: pages[index].text })
        }
        return all
    }
    readonly property var page: turns[place % turns.length]
    // title and sentence stand in the middle together
    readonly property real fall: title.visible
        ? Math.max(0, (height - title.height - text.contentHeight) / 2 - 10) : 0

    radius: 22
    color: Theme.c.hero_chip
    border { color: Theme.c.hero_line; width: 2 }
    Accessible.role: Accessible.StaticText
    Accessible.name: page.title + " " + page.text
    Timer {
        interval: 10000
        repeat: true
        running: notices.visible && !Ui.frozen
        onTriggered: notices.place = (notices.place + 1) % notices.turns.length
    }
    Icon {
        id: mark
        anchors { left: parent.left; leftMargin: 24; verticalCenter: parent.verticalCenter }
        name: "speakerphone"
        size: 52
        colour: Theme.c.on_hero
    }
    Label {
        id: title
        objectName: "notice_title"
        visible: notices.page.title !== ""
        anchors { left: text.left; right: text.right; top: parent.top; topMargin: 10 }
        transform: Translate { y: notices.fall }
        text: notices.page.title
        strong: true
        color: Theme.c.on_hero
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: Theme.t.caption
        elide: Text.ElideRight
        maximumLineCount: 1
        Accessible.ignored: true
    }
    Label {
        id: text
        objectName: "notice"
        anchors {
            left: mark.right
            right: parent.right
            top: parent.top
            bottom: parent.bottom
            leftMargin: 20
            rightMargin: 24
            topMargin: title.visible ? title.height + 10 : 6
            bottomMargin: 6
        }
        transform: Translate { y: notices.fall }
        verticalAlignment: title.visible ? Text.AlignTop : Text.AlignVCenter
        text: notices.page.text
        color: Theme.c.on_hero
        lineHeight: 0.92
        fontSizeMode: Text.Fit
        minimumPixelSize: Theme.t.caption
        font.pixelSize: Theme.t.body
        elide: Text.ElideRight
        Accessible.ignored: true
    }
}
