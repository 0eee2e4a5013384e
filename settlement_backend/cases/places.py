"""Where a question that is not the hospital's goes: resources/guidance/places.toml (H36).

Talks to nobody. What a reader would get wrong: these are words to show, never a promise; what a
hospital changes it changes in the file.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from settlement_backend.base.shapes import Words
from settlement_backend.cases.shapes import Places, PlaceShape

_FILE = Path(__file__).resolve().parents[2] / "resources" / "guidance" / "places.toml"


@cache
def places() -> Places:
    """All of them, in the file's order."""
    content = tomllib.loads(_FILE.read_text("utf-8"))
    return Places(
        places=tuple(
            PlaceShape(
                topic=topic,
                question=Words(zh=told["question_zh"], en=told["question_en"]),
                where=Words(zh=told["where_zh"], en=told["where_en"]),
                contact=told["contact"],
            )
            for topic, told in content.items()
        )
    )
