import QtQuick
import "parts"

MapPage {}
