"""Makes `characters.txt` and `words.txt` anew, with pypinyin and jieba, which no product needs.

Run it in an environment of its own that has both and PySide6. See README.md beside it.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

import jieba
from pypinyin import lazy_pinyin
from pypinyin.constants import PINYIN_DICT
from PySide6.QtGui import QGuiApplication, QRawFont

HERE = Path(__file__).parent
WORDS = 12_000
FONT = "Noto Sans CJK SC"
_NOT_WORDS = ("nr", "nrt", "nrfg", "nz", "eng", "m", "t")


def plain(reading: str) -> str:
    """ "lǜ" -> "lv": the tone goes, the two dots become the key that types them."""
    parts = unicodedata.normalize("NFD", reading)
    kept = "".join(
        "v" if part == "\u0308" else part
        for part in parts
        if part in "\u0308" or not unicodedata.combining(part)
    )
    return kept.replace("uv", "v")


def is_syllable(reading: str) -> bool:
    """Can be typed, and is more than a hum."""
    return reading.isascii() and reading.isalpha() and any(sign in "aeiouv" for sign in reading)


def entries() -> list[tuple[str, int, str]]:
    """Word, count, kind, as jieba's dictionary has them."""
    lines = Path(jieba.__file__).with_name("dict.txt").read_text("utf-8").splitlines()
    return [(word, int(count), kind) for word, count, kind in map(str.split, lines)]


def main() -> None:
    """Write both files."""
    application = QGuiApplication(["make"])
    font = QRawFont.fromFont(application.font().__class__(FONT))
    often: Counter[str] = Counter()
    for word, count, _kind in entries():
        for sign in word:
            often[sign] += count
    known = {
        chr(code): list(dict.fromkeys(map(plain, readings.split(","))))
        for code, readings in PINYIN_DICT.items()
        if font.supportsCharacter(code)
    }
    ranked = sorted(known, key=lambda sign: (-often[sign], sign))
    lines = [
        f"{sign} {' '.join(good)}"
        for sign in ranked
        if (good := [one for one in known[sign] if is_syllable(one)])
    ]
    (HERE / "characters.txt").write_text("\n".join(lines) + "\n", "utf-8")
    words = [
        (word, count)
        for word, count, kind in entries()
        if 2 <= len(word) <= 4 and kind not in _NOT_WORDS and all(sign in known for sign in word)
    ]
    words.sort(key=lambda entry: -entry[1])
    lines = [f"{word} {' '.join(map(plain, lazy_pinyin(word)))}" for word, _count in words[:WORDS]]
    (HERE / "words.txt").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
