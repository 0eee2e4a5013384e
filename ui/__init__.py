"""What the modes share in Qt: tokens, text, icons, fonts, the QML bridge, the Widgets style."""
