"""What was drawn becomes a file that others can read, and its digest is the file's."""

from __future__ import annotations

import hashlib
import io

import pytest
from PIL import Image

from core.document import Picture
from core.ink import ink_text
from core.signing import drawn

WANG = Picture(16, b"\x00\x0f\xf0\x00\x01\x80")
NARROW = Picture(9, b"\x00\x80\xff\x80")


@pytest.mark.parametrize("picture", [WANG, NARROW, Picture(384, b"\x01" * 48 * 144)])
def test_file_is_a_png_with_the_same_dots(picture: Picture) -> None:
    with Image.open(io.BytesIO(drawn(ink_text(picture, [])).png)) as file:
        file.load()
        assert (file.format, file.mode) == ("PNG", "1")
        assert file.size == (picture.width_dots, picture.height_dots)
        black = {
            (x, y)
            for y in range(picture.height_dots)
            for x in range(picture.width_dots)
            if not file.getpixel((x, y))
        }
    row = picture.row_bytes
    assert black == {
        (x, y)
        for y in range(picture.height_dots)
        for x in range(picture.width_dots)
        if picture.bits[y * row + x // 8] & (0x80 >> x % 8)
    }


def test_digest_is_that_of_the_file_and_the_words_of_it_say_nothing() -> None:
    signature = drawn(ink_text(WANG, []))
    assert signature.digest == hashlib.sha256(signature.png).hexdigest()
    assert repr(signature) == "Drawn(…)"


def test_same_dots_are_the_same_file() -> None:
    hurried, slow = [[(0, 0, 0), (9, 9, 5)]], [[(0, 0, 0), (9, 9, 5_000)]]
    assert drawn(ink_text(WANG, hurried)) == drawn(ink_text(WANG, slow))


def test_text_without_a_picture_is_an_error() -> None:
    with pytest.raises(ValueError):
        drawn("[]")
