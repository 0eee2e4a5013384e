"""Keys on the screen, for a kiosk without a keyboard: digits, or letters with digits.

What a reader would get wrong: keys never take the focus; they type into the line that has it, so
one pad serves every field of a page.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QLineEdit, QPushButton, QWidget

from diagnostics.pages.look import Look

DIGITS = ("123", "456", "789", "⌫0")
LETTERS = ("12345678", "90ABCDEF", "GHIJKLMN", "OPQRSTUV", "WXYZ-. ⌫")
_BACK = "⌫"


class KeyPad(QWidget):
    """`rows`: one character a key. `last`: the line that is typed into when none has the focus."""

    def __init__(self, look: Look, rows: tuple[str, ...], last: QLineEdit) -> None:
        super().__init__()
        self._last = last
        self.setObjectName("key_pad")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(look.px(6))
        for row, keys in enumerate(rows):
            for place, key in enumerate(keys):
                grid.addWidget(self._key(look, key), row, place)

    def _key(self, look: Look, key: str) -> QPushButton:
        _ = look.words
        names = {_BACK: _("Delete"), " ": _("Space")}
        made = QPushButton("␣" if key == " " else key)
        made.setObjectName(f"key_{'back' if key == _BACK else 'space' if key == ' ' else key}")
        made.setAccessibleName(names.get(key, key))
        made.setProperty("role", "quiet")
        made.setMinimumWidth(1)
        made.setFixedHeight(look.target_px)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setAutoRepeat(key == _BACK)
        made.clicked.connect(lambda: self._on_key(key))
        return made

    def _on_key(self, key: str) -> None:
        focus = QApplication.focusWidget()
        line = focus if isinstance(focus, QLineEdit) else self._last
        if key == _BACK:
            line.backspace()
        else:
            line.insert(key)


def typing(look: Look, rows: tuple[str, ...], last: QLineEdit) -> QWidget | None:
    """A pad where there is no keyboard; None at a desk."""
    return KeyPad(look, rows, last) if look.touch else None
