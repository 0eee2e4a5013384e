"""The 256 bytes of text on a resident ID card, UTF-16LE, to `core.identity.IdDocument`.

Four kinds of card share the reader; the kind letter stands at byte 248. What a reader would get
wrong: a foreigner's card has no address and no ethnic group, so those fields are ""; `sex` is "M",
"F" or "" (the card has codes for "unknown" too).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.identity import IdDocument
from devices.errors import ProtocolError

_KIND_AT = 248
_FOREVER = "长期"
_ETHNIC_IN_ORDER = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 "
    "拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 "
    "怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
)
_ETHNIC = tuple(_ETHNIC_IN_ORDER.split())
_OTHER_ETHNIC = {97: "其他", 98: "外国血统中国籍人士"}
_SEX = {"1": "M", "2": "F"}


@dataclass(frozen=True, slots=True)
class _Span:
    """Where a field stands, in bytes. An empty span is a field the card does not have."""

    offset: int = 0
    size: int = 0

    def of(self, block: bytes) -> str:
        raw = block[self.offset : self.offset + self.size]
        return raw.decode("utf-16-le").strip(" \0")


@dataclass(frozen=True, slots=True)
class _Layout:
    name: _Span
    sex: _Span
    birth: _Span
    number: _Span
    valid_from: _Span
    valid_to: _Span
    ethnic: _Span = _Span()
    address: _Span = _Span()
    issuer: _Span = _Span()
    other_name: _Span = _Span()


_PERMIT = _Layout(
    name=_Span(0, 30),
    sex=_Span(30, 2),
    birth=_Span(36, 16),
    address=_Span(52, 70),
    number=_Span(122, 36),
    issuer=_Span(158, 30),
    valid_from=_Span(188, 16),
    valid_to=_Span(204, 16),
)
_CITIZEN = _Layout(
    name=_PERMIT.name,
    sex=_PERMIT.sex,
    ethnic=_Span(32, 4),
    birth=_PERMIT.birth,
    address=_PERMIT.address,
    number=_PERMIT.number,
    issuer=_PERMIT.issuer,
    valid_from=_PERMIT.valid_from,
    valid_to=_PERMIT.valid_to,
)
_FOREIGNER_OLD = _Layout(
    name=_Span(158, 30),
    other_name=_Span(0, 120),
    sex=_Span(120, 2),
    number=_Span(122, 30),
    valid_from=_Span(188, 16),
    valid_to=_Span(204, 16),
    birth=_Span(220, 16),
)
_FOREIGNER_2023 = _Layout(
    name=_Span(0, 30),
    sex=_Span(30, 2),
    birth=_Span(36, 16),
    other_name=_Span(52, 70),
    number=_Span(122, 36),
    valid_from=_Span(188, 16),
    valid_to=_Span(204, 16),
)
_LAYOUTS = {"J": _PERMIT, "I": _FOREIGNER_OLD, "Y": _FOREIGNER_2023}


def document_of(block: bytes) -> IdDocument:
    """Decode a text block. Raises ProtocolError when it cannot be a card's text."""
    if len(block) <= _KIND_AT + 1:
        raise ProtocolError("text block too short")
    try:
        kind = block[_KIND_AT : _KIND_AT + 2].decode("utf-16-le")
        layout = _LAYOUTS.get(kind, _CITIZEN)
        document = IdDocument(
            name=layout.name.of(block) or layout.other_name.of(block),
            sex=_SEX.get(layout.sex.of(block), ""),
            ethnic=_ethnic(layout.ethnic.of(block)),
            birth_date=_date(layout.birth.of(block)),
            address=layout.address.of(block),
            id_number=layout.number.of(block),
            issuer=layout.issuer.of(block),
            valid_from=_date(layout.valid_from.of(block)),
            valid_to=_end(layout.valid_to.of(block)),
        )
    except UnicodeDecodeError:
        raise ProtocolError("text block is not UTF-16") from None
    if not document.name or not document.id_number.isascii() or len(document.id_number) < 15:
        raise ProtocolError("text block without a name or a number")
    return document


def _ethnic(code: str) -> str:
    if not (code.isascii() and code.isdigit()):
        return ""
    number = int(code)
    if 1 <= number <= len(_ETHNIC):
        return _ETHNIC[number - 1]
    return _OTHER_ETHNIC.get(number, "")


def _date(text: str) -> str:
    """YYYYMMDD to YYYY-MM-DD."""
    if not (len(text) == 8 and text.isascii() and text.isdigit()):
        raise ProtocolError("a date that is none")
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:])).isoformat()
    except ValueError:
        raise ProtocolError("a date that is none") from None


def _end(text: str) -> str:
    return "" if text == _FOREVER else _date(text)
