"""The pinyin dictionary for QML: letters in, candidates out as plain words and numbers.

Read at the first letter, because most patients type nothing.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject, Slot

from core.pinyin import Pinyin


class PinyinKeys(QObject):
    """See the module."""

    @Slot(str, list, bool, result=list)
    def candidates(self, letters: str, words: list[str], surname: bool) -> list[dict[str, object]]:
        """Each with `text` and how many `letters` it uses."""
        found = _dictionary().candidates(letters, words, surname=surname)
        return [{"text": one.text, "letters": one.letters} for one in found]


@cache
def _dictionary() -> Pinyin:
    return Pinyin()
