"""A signature as text: what a screen says of it, and the picture that a slip and a file carry.

`ui/signature.py` writes it, journeys carry it to what signs and prints. JSON of the dots as they
are printed (base64, one bit a dot) and of the strokes: places in thousandths of the field's height
and milliseconds since the first touch. What a reader would get wrong: the picture is drawn by the
screen once, so what is printed and what is signed are the same dots.
"""

from __future__ import annotations

import binascii
import json
from base64 import b64decode, b64encode

from core.document import Picture

_MOST_LETTERS = 200_000

Strokes = list[list[tuple[int, int, int]]]


def ink_text(picture: Picture, strokes: Strokes) -> str:
    """The text of one signature."""
    return json.dumps(
        {
            "width_dots": picture.width_dots,
            "bits": b64encode(picture.bits).decode(),
            "strokes": strokes,
        },
        separators=(",", ":"),
    )


def ink_picture(text: str) -> Picture:
    """The dots of `ink_text`. Raises ValueError when it is no such text."""
    if len(text) > _MOST_LETTERS:
        raise ValueError("too long for a signature")
    try:
        told = json.loads(text)
    except RecursionError as error:
        raise ValueError("too deep for a signature") from error
    match told:
        case {"width_dots": int(width_dots), "bits": str(bits)}:
            try:
                return Picture(width_dots, b64decode(bits, validate=True))
            except binascii.Error as error:
                raise ValueError("the dots are no base64") from error
    raise ValueError("no signature in it")
