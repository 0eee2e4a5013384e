"""The texts people sign: one file a version, in both languages (resources/commitments).

Talks to the file system only. What a reader would get wrong: a signed version's file stays for
ever, because agreements name it; a changed text is a new version.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from settlement_backend.base.shapes import Shape, Words

FOLDER = Path(__file__).parents[2] / "resources/commitments"


class Commitment(Shape):
    """One text."""

    version: str
    title: Words
    text: Words


@cache
def commitment(version: str) -> Commitment:
    """The text of a version. Raises FileNotFoundError for a version that the profile made up."""
    told = tomllib.loads((FOLDER / f"{version}.toml").read_text("utf-8"))
    return Commitment(version=version, title=Words(**told["title"]), text=Words(**told["text"]))
