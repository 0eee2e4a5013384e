"""What a technician prints: a test page, a bare QR code, a strip to cut.

What a reader would get wrong: none of these is a slip; they carry no logo and are never reprinted.
"""

from __future__ import annotations

from core.document import Align, Document, Pair, QrCode, Rule, Space, TextLine

RARE = "𠮷 䶮 㛃 𫠊"
_DIGITS = "1234567890"


def sample_page(columns: int) -> Document:
    """Text in both languages, rare characters, sizes, a ruler over all columns, and a QR code."""
    return Document(
        "test page",
        (
            TextLine("打印测试 Print test", Align.CENTRE, bold=True, large=True),
            Rule(),
            TextLine("中文：，。（）￥《》！阿莫西林胶囊 0.25g×24 粒"),
            TextLine("English: the quick brown fox jumps over the lazy dog."),
            TextLine(f"生僻字 Rare: {RARE}"),
            TextLine(f"粗体 Bold: {RARE}", bold=True),
            TextLine(RARE, Align.CENTRE, large=True),
            Pair("左 Left", "右 Right"),
            Pair("合计 Total", "¥1,234,567.89", bold=True),
            TextLine((_DIGITS * columns)[:columns]),
            Rule(),
            QrCode("ZF-PRINT-TEST"),
            Space(2),
        ),
    )


def code_page(text: str) -> Document:
    """One QR code."""
    return Document("code", (QrCode(text), Space(2)))


def strip() -> Document:
    """A little blank paper, for the cut after it."""
    return Document("strip", (Space(3),))
