"""Pictures of drawn signatures: taken in with the document they stand under, shown to few, and
forgotten when their time is over (N01, L06).

Talks to the database only, inside the caller's transaction. What a reader would get wrong: the
digest is of the file's bytes, so whoever has the file can prove that it is the one that was drawn.
"""

from __future__ import annotations

import hashlib
import struct
from base64 import b64decode
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import update
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.signatures.requests import MOST_BYTES, DrawnSignature
from settlement_backend.signatures.tables import SignaturePicture

Kind = Literal["COMMITMENT", "SHEET"]

_HEAD, _TAIL = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\0\0\0\0IEND\xaeB`\x82"
_MOST_DOTS = 4096
_DAYS_A_YEAR = 365


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture that is what its digest says."""

    sha256: str
    png: bytes = field(repr=False)


def drawn(told: DrawnSignature | None) -> Drawn | None:
    """None for a signature on paper. Raises Refused `bad_signature`: no PNG of a sensible size, or
    not the file that its digest was made of."""
    if told is None:
        return None
    try:
        png = b64decode(told.png, validate=True)
    except ValueError:
        raise Refused("bad_signature") from None
    if hashlib.sha256(png).hexdigest() != told.sha256 or not _is_picture(png):
        raise Refused("bad_signature")
    return Drawn(told.sha256, png)


def _is_picture(png: bytes) -> bool:
    if len(png) > MOST_BYTES or not (png.startswith(_HEAD) and png.endswith(_TAIL)):
        return False
    size = png[len(_HEAD) : len(_HEAD) + 8]
    return len(size) == 8 and all(0 < dots <= _MOST_DOTS for dots in struct.unpack(">II", size))


def keep(
    session: Session, kind: Kind, document_id: str, picture: Drawn, terminal_id: str, now: datetime
) -> None:
    """With the document, in its transaction."""
    session.add(
        SignaturePicture(
            document_id=document_id,
            kind=kind,
            sha256=picture.sha256,
            png=picture.png,
            terminal_id=terminal_id,
            at=stamp(now),
        )
    )
    session.flush()


def under(session: Session, document_id: str) -> SignaturePicture:
    """Raises NoSuch for a document that nobody drew a signature under."""
    found = session.get(SignaturePicture, document_id)
    if found is None:
        raise NoSuch("not_signed")
    return found


def forget(session: Session, keep_years: int, now: datetime) -> None:
    """Pictures older than that are gone; who signed what, and the digest, stay."""
    session.execute(
        update(SignaturePicture)
        .where(
            SignaturePicture.purged_at == "",
            SignaturePicture.at < stamp(now - timedelta(days=keep_years * _DAYS_A_YEAR)),
        )
        .values(png=b"", purged_at=stamp(now))
    )
