"""Signatures of patients, kept beside the journal: a picture and a record each, named by a digest.

Talks to the folder `signatures` and, through its keeper, to the journal; all in the journal's
worker. What a reader would get wrong: the journal's line is the proof, the files are only what it
speaks of. A file without a line is no signature, and a line whose files are gone or were exchanged
is a finding that is told, never mended.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path

from core.audit import AuditEvent, audited
from core.clock import Clock
from core.document import Document, Picture, as_copy
from core.errors import JournalError
from core.ports import Refused
from core.signing import FORMAT, Signed, Verdict, sign, verify, with_signature
from core.steps import JournalBroken
from devices.receipt_printer.escpos.pictures import picture_from
from terminal.journal_keeper import JournalKeeper

log = logging.getLogger(__name__)

FOLDER = "signatures"
_ONLY_US = 0o600


class Finding(Enum):
    """Why a signature does not prove anything."""

    NOT_SIGNED = "not_signed"
    FILE_LOST = "file_lost"
    RECORD_CHANGED = "record_changed"
    PICTURE_CHANGED = "picture_changed"
    DOCUMENT_CHANGED = "document_changed"


@dataclass(frozen=True, slots=True)
class Proven:
    """The picture that this very document was signed with."""

    signed: Signed
    picture: Picture


class Signatures:
    """Those of one terminal. `data`: the folder of the journal."""

    def __init__(self, data: Path, keeper: JournalKeeper, clock: Clock) -> None:
        self._folder, self._keeper, self._clock = data / FOLDER, keeper, clock

    def sign(
        self, document: Document, picture: Picture, png: bytes
    ) -> Signed | Refused | JournalBroken:
        """Keep `picture`, of which `png` is the file, as the signature under `document`.

        On disk and in the journal when it returns. The same again is the same answer; another
        picture, or other lines under the number, is refused (signed_already). Refused also: disk,
        and picture_differs (the file does not show the picture).
        """
        try:
            before = self._signed(document.document_id)
        except JournalError:
            return JournalBroken()
        if before is not None:
            same = verify(document, picture, before) is Verdict.GOOD
            return before if same else Refused("signed_already")
        signed = sign(document, picture, self._clock.wall().isoformat())
        try:
            file = self._write(signed, ".png", png)
            if _picture(file) != picture:
                file.unlink()
                return Refused("picture_differs")
            self._write(signed, ".json", _record(signed))
            self._settle()
        except OSError as error:
            log.warning("a signature cannot be kept: %s", error.strerror or type(error).__name__)
            return Refused("disk")
        self._keeper.audit(AuditEvent.SIGNED, {**asdict(signed), "digest": signed.digest})
        return JournalBroken() if self._keeper.broken else signed

    def look(self, document: Document) -> Proven | Finding:
        """Journal, record, picture and document against each other. Raises JournalError."""
        signed = self._signed(document.document_id)
        if signed is None:
            return Finding.NOT_SIGNED
        record, file = self._path(signed, ".json"), self._path(signed, ".png")
        if not (record.is_file() and file.is_file()):
            return Finding.FILE_LOST
        if record.read_bytes() != _record(signed):
            return Finding.RECORD_CHANGED
        picture = _picture(file)
        if picture is None:
            return Finding.PICTURE_CHANGED
        match verify(document, picture, signed):
            case Verdict.OTHER_DOCUMENT:
                return Finding.DOCUMENT_CHANGED
            case Verdict.OTHER_PICTURE:
                return Finding.PICTURE_CHANGED
            case Verdict.GOOD:
                return Proven(signed, picture)

    def reprint(self, document: Document) -> Document | Finding:
        """The signed slip once more, marked as a copy, with the picture of the first print.

        Raises JournalError.
        """
        found = self.look(document)
        if isinstance(found, Finding):
            return found
        return as_copy(with_signature(document, found.picture))

    def _signed(self, document_id: str) -> Signed | None:
        """What the journal says was signed under this number; the first line counts."""
        for record in self._keeper.records():
            facts = record.entry.payload
            if audited(record) is AuditEvent.SIGNED and facts["document_id"] == document_id:
                return _told(facts)
        return None

    def _path(self, signed: Signed, suffix: str) -> Path:
        return self._folder / f"{signed.digest}{suffix}"

    def _write(self, signed: Signed, suffix: str, content: bytes) -> Path:
        """Whole and on disk, or not there at all. A signature is nobody else's business."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._path(signed, suffix)
        beside = path.with_suffix(".new")
        with beside.open("wb") as file:
            beside.chmod(_ONLY_US)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        return beside.replace(path)

    def _settle(self) -> None:
        """The names are on disk too."""
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _picture(file: Path) -> Picture | None:
    """None: no picture at all any more."""
    try:
        return picture_from(file)
    except (OSError, ValueError):
        return None


def _record(signed: Signed) -> bytes:
    told = {"format": FORMAT, **asdict(signed)}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1).encode()


def _told(facts: Mapping[str, str | int]) -> Signed:
    def text(name: str) -> str:
        return str(facts[name])

    return Signed(text("document_id"), text("document_digest"), text("picture_digest"), text("at"))
