import QtQuick
import "parts"

Page {
    id: page
    Waiting { title: page.view.title; hint: page.view.hint }
}
