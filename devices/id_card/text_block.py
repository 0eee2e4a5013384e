"""The 256 bytes of text on a resident ID card, UTF-16LE, to `core.identity.IdDocument`.

Four kinds of card share the reader (table in docs/protocols/sam_v.md); the kind letter stands at
byte 248. What a reader would get wrong: a foreigner's card has no address and no ethnic group, so
those fields are ""; `sex` is "M", "F" or "" (the card has codes for "unknown" too).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.identity import IdDocument, IdLayout
from devices.errors import ProtocolError

BLOCK_BYTES = 256
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

    def bytes_of(self, block: bytes) -> bytes:
        return block[self.offset : self.offset + self.size]

    def of(self, block: bytes) -> str:
        return _text(self.bytes_of(block))


_NONE = _Span()


@dataclass(frozen=True, slots=True)
class _Layout:
    """One column of the table in docs/protocols/sam_v.md."""

    kind: IdLayout
    name: _Span = _Span(0, 30)
    sex: _Span = _Span(30, 2)
    birth: _Span = _Span(36, 16)
    number: _Span = _Span(122, 36)
    valid_from: _Span = _Span(188, 16)
    valid_to: _Span = _Span(204, 16)
    ethnic: _Span = _NONE
    address: _Span = _NONE
    issuer: _Span = _NONE
    english_name: _Span = _NONE
    english_name_rest: _Span = _NONE
    nationality: _Span = _NONE
    pass_number: _Span = _NONE


_ADDRESS, _ISSUER = _Span(52, 70), _Span(158, 30)
_CITIZEN = _Layout(IdLayout.CITIZEN, ethnic=_Span(32, 4), address=_ADDRESS, issuer=_ISSUER)
_PERMIT = _Layout(IdLayout.PERMIT, address=_ADDRESS, issuer=_ISSUER, pass_number=_Span(220, 18))
_FOREIGNER_OLD = _Layout(
    IdLayout.FOREIGNER_OLD,
    name=_Span(158, 30),
    sex=_Span(120, 2),
    birth=_Span(220, 16),
    number=_Span(122, 30),
    english_name=_Span(0, 120),
    nationality=_Span(152, 6),
)
_FOREIGNER = _Layout(
    IdLayout.FOREIGNER,
    english_name=_Span(52, 70),
    english_name_rest=_Span(220, 22),
    nationality=_Span(242, 6),
)
_LAYOUTS = {"J": _PERMIT, "I": _FOREIGNER_OLD, "Y": _FOREIGNER}


def document_of(block: bytes) -> IdDocument:
    """Decode a text block. Raises ProtocolError when it cannot be a card's text."""
    if len(block) != BLOCK_BYTES:
        raise ProtocolError("a text block of another size")
    try:
        kind = block[_KIND_AT : _KIND_AT + 2].decode("utf-16-le")
        document = _fields_of(_LAYOUTS.get(kind, _CITIZEN), block)
    except UnicodeDecodeError:
        raise ProtocolError("text block is not UTF-16") from None
    if not document.name or not document.id_number.isascii() or len(document.id_number) < 15:
        raise ProtocolError("text block without a name or a number")
    return document


def _fields_of(layout: _Layout, block: bytes) -> IdDocument:
    rest = layout.english_name_rest.bytes_of(block)
    english_name = _text(layout.english_name.bytes_of(block) + rest)
    return IdDocument(
        name=layout.name.of(block) or english_name,
        sex=_SEX.get(layout.sex.of(block), ""),
        ethnic=_ethnic(layout.ethnic.of(block)),
        birth_date=_date(layout.birth.of(block)),
        address=layout.address.of(block),
        id_number=layout.number.of(block),
        issuer=layout.issuer.of(block),
        valid_from=_date(layout.valid_from.of(block)),
        valid_to=_end(layout.valid_to.of(block)),
        layout=layout.kind,
        english_name=english_name,
        nationality=layout.nationality.of(block),
        pass_number=layout.pass_number.of(block),
    )


def latest_address_of(data: bytes) -> str:
    """The address of the answer to 30 03, 70 bytes. Raises ProtocolError for anything else."""
    if len(data) != _ADDRESS.size:
        raise ProtocolError("an address of another size")
    try:
        return _text(data)
    except UnicodeDecodeError:
        raise ProtocolError("the address is not UTF-16") from None


def _text(raw: bytes) -> str:
    return raw.decode("utf-16-le").strip(" \0")


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
