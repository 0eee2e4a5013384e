"""A signature as a screen tells it, as a journey sends it, and as the backend is told it."""

from __future__ import annotations

from base64 import b64encode
from math import cos, sin

from core.document import Picture
from core.ink import ink_text
from core.signing import drawn

_WIDE, _HIGH = 240, 72


def _is_ink(x: int, y: int) -> bool:
    """A line that a hand could have drawn, with an empty edge on both sides."""
    return 12 < x < _WIDE - 12 and abs(y - _HIGH / 2 - 26 * sin(x / 9) * cos(x / 43)) < 2.5


_DOTS = (_is_ink(x, y) for y in range(_HIGH) for x in range(_WIDE))
_BITS = int("".join(str(int(dot)) for dot in _DOTS), 2).to_bytes(_WIDE * _HIGH // 8, "big")
INK = ink_text(Picture(_WIDE, _BITS), [[(0, 0, 0), (500, 500, 40)]])
DRAWN = drawn(INK)
DRAWN_JSON: dict[str, object] = {"png": b64encode(DRAWN.png).decode(), "sha256": DRAWN.digest}
