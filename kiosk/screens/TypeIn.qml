import QtQuick
import "parts"

TypePage {}
