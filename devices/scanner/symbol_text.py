"""The text of a QR symbol whose maker did not say in which encoding it is written.

Bytes are UTF-8, else GB18030, else what zxing makes of them. What a reader would get wrong: the
bytes of Japanese codes are nearly always valid GB18030 too, and would become rare Chinese
characters; so kana that zxing found and that make sense win.
"""

from __future__ import annotations

import re

import zxingcpp

_DECLARED = frozenset({"]Q2", "]Q4", "]Q6"})
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
_HALF_WIDTH = re.compile(r"[\uff66-\uff9f]")
_VOICED = re.compile(r"[\uff76-\uff84\uff8a-\uff8e\uff73]\uff9e|[\uff8a-\uff8e]\uff9f")
_MARK = re.compile(r"[\uff9e\uff9f]")
_SURE_MARKS = 2


def text_of_symbol(symbol: zxingcpp.Barcode) -> str:
    """The text as it was meant; never raises."""
    read: str = symbol.text
    if read.isascii() or symbol.symbology_identifier in _DECLARED:
        return read
    return text_of_bytes(bytes(symbol.bytes), read)


def text_of_bytes(raw: bytes, guessed: str) -> str:
    """`guessed`: another reader's opinion, taken when it is sound Japanese or nothing else fits."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if _is_japanese(guessed):
        return guessed
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return guessed


def _is_japanese(text: str) -> bool:
    """Two kana, or half-width kana whose voice marks (two at least) stand where they may."""
    if len(_KANA.findall(text)) >= _SURE_MARKS:
        return True
    marks = len(_MARK.findall(text))
    return (
        marks >= _SURE_MARKS
        and marks == len(_VOICED.findall(text))
        and len(_HALF_WIDTH.findall(text)) > marks
    )
