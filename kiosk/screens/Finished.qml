import QtQuick
import "parts"

Ending {}
