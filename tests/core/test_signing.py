"""A signature belongs to one document: whatever is exchanged afterwards is seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.document import (
    Align,
    Document,
    DocumentLine,
    Pair,
    Picture,
    QrCode,
    Rule,
    Space,
    TextLine,
    as_copy,
)
from core.signing import Signed, Verdict, document_digest, sign, verify, with_signature

AT = "2026-01-05T01:30:00+00:00"
LINES: tuple[DocumentLine, ...] = (
    TextLine("预授权凭条", Align.CENTRE, bold=True),
    Pair("冻结金额", "2,000.00"),
    Rule(),
    Space(2),
    QrCode("ZF1:8f0d"),
    Picture(8, b"\x18\x24"),
)
SLIP = Document("8f0d2c", LINES)
WANG = Picture(16, b"\x00\x0f\xf0\x00\x01\x80")
LI = Picture(16, b"\x00\x0f\xf0\x00\x01\x81")
SIGNED = sign(SLIP, WANG, AT)


def test_same_document_and_picture_are_good() -> None:
    again = Document("8f0d2c", LINES)
    assert verify(again, Picture(16, WANG.bits), SIGNED) is Verdict.GOOD


@pytest.mark.parametrize(
    "line",
    [
        TextLine("预授权凭条", Align.LEFT, bold=True),
        TextLine("预授权凭条", Align.CENTRE),
        TextLine("预授权凭条 ", Align.CENTRE, bold=True),
        Pair("预授权凭条", ""),
    ],
)
def test_changed_line_is_another_document(line: DocumentLine) -> None:
    other = replace(SLIP, lines=(line, *LINES[1:]))
    assert verify(other, WANG, SIGNED) is Verdict.OTHER_DOCUMENT


@pytest.mark.parametrize("at", range(len(LINES)))
def test_line_left_out_is_another_document(at: int) -> None:
    other = replace(SLIP, lines=LINES[:at] + LINES[at + 1 :])
    assert verify(other, WANG, SIGNED) is Verdict.OTHER_DOCUMENT


def test_amount_that_changed_by_a_fen_is_another_document() -> None:
    other = replace(SLIP, lines=(LINES[0], Pair("冻结金额", "2,000.01"), *LINES[2:]))
    assert verify(other, WANG, SIGNED) is Verdict.OTHER_DOCUMENT


def test_same_lines_under_another_number_are_another_document() -> None:
    assert verify(replace(SLIP, document_id="8f0d2d"), WANG, SIGNED) is Verdict.OTHER_DOCUMENT


def test_marked_copy_is_not_what_was_signed() -> None:
    assert verify(as_copy(SLIP), WANG, SIGNED) is Verdict.OTHER_DOCUMENT


@pytest.mark.parametrize(
    "picture", [LI, Picture(15, WANG.bits), Picture(16, WANG.bits[:4]), Picture(48, WANG.bits)]
)
def test_changed_picture_is_another_picture(picture: Picture) -> None:
    assert verify(SLIP, picture, SIGNED) is Verdict.OTHER_PICTURE


def test_pictures_of_two_documents_exchanged_are_both_seen() -> None:
    other = Document("91aa03", LINES)
    signed = sign(other, LI, AT)
    assert verify(SLIP, LI, SIGNED) is Verdict.OTHER_PICTURE
    assert verify(other, WANG, signed) is Verdict.OTHER_PICTURE


def test_digest_binds_number_document_picture_and_time() -> None:
    others: list[Signed] = [
        sign(replace(SLIP, document_id="8f0d2d"), WANG, AT),
        sign(replace(SLIP, lines=LINES[1:]), WANG, AT),
        sign(SLIP, LI, AT),
        sign(SLIP, WANG, "2026-01-05T01:30:01+00:00"),
    ]
    assert len({SIGNED.digest, *(signed.digest for signed in others)}) == 5


def test_digests_are_those_of_the_first_day() -> None:
    """What was signed years ago must be verified by the program of today."""
    assert document_digest(SLIP) == (
        "baa11dacd217b812451d407b5ca69f81eb9c3f5226e9e9f2bfeab18bb4fd65fb"
    )
    assert SIGNED.digest == ("ae85dac604902207c33fdffb8bbb8f241246064e7e5b2391a1a60dcc27c72366")


def test_signed_slip_ends_with_the_picture() -> None:
    signed = with_signature(SLIP, WANG)
    assert (signed.document_id, signed.lines[: len(LINES)]) == (SLIP.document_id, LINES)
    assert signed.lines[-1] == WANG
