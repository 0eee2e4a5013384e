"""A signature as a screen tells it, as a journey sends it, and as the backend is told it."""

from __future__ import annotations

from base64 import b64encode

from core.document import Picture
from core.ink import ink_text
from core.signing import drawn

INK = ink_text(Picture(8, b"\xff" * 4), [[(0, 0, 0), (500, 500, 40)]])
DRAWN = drawn(INK)
DRAWN_JSON: dict[str, object] = {"png": b64encode(DRAWN.png).decode(), "sha256": DRAWN.digest}
