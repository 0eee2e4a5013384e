"""Kept signatures: what the journal proves, and every way to exchange something afterwards."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from core.audit import AuditEvent, audited
from core.document import Document, Pair, Picture, TextLine, as_copy
from core.ports import Refused
from core.signing import Signed, with_signature
from core.steps import JournalBroken
from terminal.journal_keeper import JournalKeeper
from terminal.signatures import FOLDER, Finding, Proven, Signatures
from tests.helpers.journal import StillClock, open_journal

SLIP = Document("8f0d2c", (TextLine("预授权凭条"), Pair("冻结金额", "2,000.00")))
OTHER_SLIP = Document("91aa03", (TextLine("退费凭条"), Pair("退费金额", "12.50")))
WANG = Picture(16, b"\x00\x0f\xf0\x00\x01\x80")
LI = Picture(16, b"\x80\x01\x0f\xf0\x00\x01")


def _png(folder: Path, picture: Picture) -> bytes:
    """A PNG made by somebody else than the product: ink is 0, paper is 1."""
    size = (picture.width_dots, picture.height_dots)
    bits = bytes(byte ^ 0xFF for byte in picture.bits)
    path = folder / "made.png"
    Image.frombytes("1", size, bits).save(path)
    return path.read_bytes()


class Desk:
    """One terminal's journal and its signatures."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = open_journal(folder / "journal.db")
        self.keeper = JournalKeeper(self.store)
        self.signatures = Signatures(folder, self.keeper, StillClock())

    def sign(self, document: Document, picture: Picture) -> Signed:
        signed = self.signatures.sign(document, picture, _png(self.folder, picture))
        assert isinstance(signed, Signed)
        return signed

    def file(self, signed: Signed, suffix: str) -> Path:
        return self.folder / FOLDER / f"{signed.digest}{suffix}"

    def lines(self) -> list[dict[str, str | int]]:
        return [
            dict(record.entry.payload)
            for record in self.keeper.records()
            if audited(record) is AuditEvent.SIGNED
        ]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_signature_is_in_files_and_journal_when_it_is_answered(desk: Desk) -> None:
    signed = desk.sign(SLIP, WANG)
    assert {path.name for path in (desk.folder / FOLDER).iterdir()} == {
        f"{signed.digest}.png",
        f"{signed.digest}.json",
    }
    (line,) = desk.lines()
    assert line == {
        "document_id": "8f0d2c",
        "document_digest": signed.document_digest,
        "picture_digest": signed.picture_digest,
        "at": "2026-01-05T01:30:00+00:00",
        "digest": signed.digest,
    }


def test_signature_is_proven_after_a_restart(desk: Desk) -> None:
    signed = desk.sign(SLIP, WANG)
    assert Desk(desk.folder).signatures.look(SLIP) == Proven(signed, WANG)


def test_files_are_nobody_elses_business(desk: Desk) -> None:
    signed = desk.sign(SLIP, WANG)
    modes = [desk.file(signed, suffix).stat().st_mode & 0o777 for suffix in (".png", ".json")]
    assert modes == [0o600, 0o600]


def test_reprint_shows_the_same_picture_under_a_copy_mark(desk: Desk) -> None:
    desk.sign(SLIP, WANG)
    assert desk.signatures.reprint(SLIP) == as_copy(with_signature(SLIP, WANG))


def test_signing_the_same_again_is_the_same_signature(desk: Desk) -> None:
    assert desk.sign(SLIP, WANG) == desk.sign(SLIP, WANG)
    assert len(desk.lines()) == 1


def test_second_picture_under_a_signed_document_is_refused(desk: Desk) -> None:
    signed = desk.sign(SLIP, WANG)
    again = desk.signatures.sign(SLIP, LI, _png(desk.folder, LI))
    assert again == Refused("signed_already")
    assert desk.signatures.look(SLIP) == Proven(signed, WANG)


def test_other_lines_under_a_signed_number_are_refused(desk: Desk) -> None:
    desk.sign(SLIP, WANG)
    other = Document(SLIP.document_id, OTHER_SLIP.lines)
    assert desk.signatures.sign(other, WANG, _png(desk.folder, WANG)) == Refused("signed_already")


def test_file_that_shows_another_picture_is_refused(desk: Desk) -> None:
    answer = desk.signatures.sign(SLIP, WANG, _png(desk.folder, LI))
    assert answer == Refused("picture_differs")
    assert desk.signatures.look(SLIP) is Finding.NOT_SIGNED
    assert list((desk.folder / FOLDER).iterdir()) == []


def test_file_that_is_no_picture_is_refused(desk: Desk) -> None:
    assert desk.signatures.sign(SLIP, WANG, b"no picture") == Refused("picture_differs")


def test_changed_document_is_found(desk: Desk) -> None:
    desk.sign(SLIP, WANG)
    changed = Document(SLIP.document_id, (SLIP.lines[0], Pair("冻结金额", "200.00")))
    assert desk.signatures.look(changed) is Finding.DOCUMENT_CHANGED
    assert desk.signatures.reprint(changed) is Finding.DOCUMENT_CHANGED


def test_pictures_exchanged_between_two_documents_are_found(desk: Desk) -> None:
    one, other = desk.sign(SLIP, WANG), desk.sign(OTHER_SLIP, LI)
    mine, theirs = desk.file(one, ".png"), desk.file(other, ".png")
    beside = desk.folder / "beside.png"
    shutil.move(mine, beside)
    shutil.move(theirs, mine)
    shutil.move(beside, theirs)
    assert desk.signatures.look(SLIP) is Finding.PICTURE_CHANGED
    assert desk.signatures.look(OTHER_SLIP) is Finding.PICTURE_CHANGED


def test_record_and_picture_of_another_document_are_found(desk: Desk) -> None:
    one, other = desk.sign(SLIP, WANG), desk.sign(OTHER_SLIP, LI)
    for suffix in (".png", ".json"):
        shutil.copy(desk.file(other, suffix), desk.file(one, suffix))
    assert desk.signatures.look(SLIP) is Finding.RECORD_CHANGED


def _other_digest(path: Path) -> None:
    told = json.loads(path.read_text())
    path.write_text(json.dumps({**told, "picture_digest": "0" * 64}))


@pytest.mark.parametrize(
    ("suffix", "harm", "finding"),
    [
        (".png", Path.unlink, Finding.FILE_LOST),
        (".json", Path.unlink, Finding.FILE_LOST),
        (".json", _other_digest, Finding.RECORD_CHANGED),
        (".json", lambda path: path.write_bytes(b""), Finding.RECORD_CHANGED),
        (".png", lambda path: path.write_bytes(b""), Finding.PICTURE_CHANGED),
        (".png", lambda path: path.write_bytes(b"GIF89a"), Finding.PICTURE_CHANGED),
    ],
)
def test_harmed_file_is_found(
    desk: Desk, suffix: str, harm: Callable[[Path], object], finding: Finding
) -> None:
    harm(desk.file(desk.sign(SLIP, WANG), suffix))
    assert desk.signatures.look(SLIP) is finding


def test_every_flipped_byte_of_the_picture_is_found_or_changes_nothing(desk: Desk) -> None:
    signed = desk.sign(SLIP, WANG)
    file = desk.file(signed, ".png")
    whole = file.read_bytes()
    for at in range(len(whole)):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        assert desk.signatures.look(SLIP) in (Proven(signed, WANG), Finding.PICTURE_CHANGED)


def test_files_without_a_line_in_the_journal_are_no_signature(desk: Desk, tmp_path: Path) -> None:
    desk.sign(SLIP, WANG)
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(desk.folder / FOLDER, elsewhere / FOLDER)
    assert Desk(elsewhere).signatures.look(SLIP) is Finding.NOT_SIGNED


def test_broken_journal_signs_nothing(desk: Desk) -> None:
    desk.store.close()
    assert desk.signatures.sign(SLIP, WANG, _png(desk.folder, WANG)) == JournalBroken()


@pytest.mark.expects_warnings("terminal.signatures")
def test_disk_that_takes_nothing_refuses(desk: Desk) -> None:
    (desk.folder / FOLDER).write_text("a file where the folder should be")
    assert desk.signatures.sign(SLIP, WANG, _png(desk.folder, WANG)) == Refused("disk")
    assert desk.lines() == []
