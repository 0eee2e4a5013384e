"""A signature as text keeps the very dots that are printed."""

from __future__ import annotations

import pytest

from core.document import Picture
from core.ink import ink_picture, ink_text

PICTURE = Picture(16, b"\x80\x01\xff\x00")


def test_dots_come_back_as_they_were() -> None:
    text = ink_text(PICTURE, [[(0, 0, 0), (10, 20, 30)]])
    assert ink_picture(text) == PICTURE
    assert '"strokes":[[[0,0,0],[10,20,30]]]' in text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"width_dots": 16, "bits": "!"}',
        '{"width_dots": 0, "bits": "AA=="}',
        '{"width_dots": 16, "bits": "AA=="}',
        '{"width_dots": "16", "bits": "AA=="}',
        "[" * 100_000,
        "x" * 200_001,
    ],
)
def test_text_that_is_no_signature_is_an_error(text: str) -> None:
    with pytest.raises(ValueError):
        ink_picture(text)
