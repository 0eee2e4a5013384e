import QtQuick
import "parts"

AmountPage {}
