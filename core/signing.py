"""A signature taken on a screen, bound to the very document it stands under.

`sign` makes one digest of the document's content and the picture; `terminal/signatures.py` keeps
both and writes the digest to the journal, so that neither can be exchanged later. What a reader
would get wrong: the document that is signed has no signature on it yet; `with_signature` makes the
slip that is printed, and a reprint is verified before its copy mark is added.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import MISSING, Field, asdict, dataclass, fields, replace
from enum import Enum

from core.document import Align, Document, DocumentLine, Picture, TextLine

FORMAT = 1
_LABEL = TextLine("签名 Signature", Align.LEFT)


class Verdict(Enum):
    """What a check of document, picture and record says."""

    GOOD = "good"
    OTHER_DOCUMENT = "other_document"
    OTHER_PICTURE = "other_picture"


@dataclass(frozen=True, slots=True)
class Signed:
    """Digests are SHA-256 in hexadecimal; `at`: wall time, ISO 8601 in UTC."""

    document_id: str
    document_digest: str
    picture_digest: str
    at: str

    @property
    def digest(self) -> str:
        """What binds the four: the name of the kept files, and the fact in the journal."""
        return _digest({"format": FORMAT, **asdict(self)})


def sign(document: Document, picture: Picture, at: str) -> Signed:
    """The record of a document that was signed with this picture."""
    return Signed(document.document_id, document_digest(document), picture_digest(picture), at)


def verify(document: Document, picture: Picture, signed: Signed) -> Verdict:
    """Is it the document, and the picture, that `signed` was made of?"""
    told = (document.document_id, document_digest(document))
    if told != (signed.document_id, signed.document_digest):
        return Verdict.OTHER_DOCUMENT
    if picture_digest(picture) != signed.picture_digest:
        return Verdict.OTHER_PICTURE
    return Verdict.GOOD


def with_signature(document: Document, picture: Picture) -> Document:
    """The slip as it is printed: the same lines, and the signature under them."""
    return replace(document, lines=(*document.lines, _LABEL, picture))


def document_digest(document: Document) -> str:
    """SHA-256 over its number and every line."""
    return _digest([document.document_id, [_content(line) for line in document.lines]])


def picture_digest(picture: Picture) -> str:
    """SHA-256 over its width and every dot."""
    return _digest(_content(picture))


def _content(line: DocumentLine) -> list[object]:
    """The kind of a line and what is said in it. What has its default is left out: a field that
    joins later must not change the digest of what was signed before."""
    said = {
        one.name: getattr(line, one.name)
        for one in fields(line)
        if getattr(line, one.name) != _default(one)
    }
    return [type(line).__name__, said]


def _default(one: Field[object]) -> object:
    return MISSING if one.default is MISSING else one.default


def _digest(content: object) -> str:
    text = json.dumps(
        content, default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> str:
    match value:
        case bytes():
            return value.hex()
        case Enum():
            return str(value.value)
    raise TypeError(f"a line of a document holds {type(value).__name__}")
