"""Reads the table of docs/recovery.md: what is promised for each boundary.

What a reader would get wrong: the page is the promise and the tests hold to it, so a boundary
whose death makes a person necessary must be said there first.
"""

from __future__ import annotations

import re

from tests.crash.boundaries import ROOT

_ROW = re.compile(r"^\| `([\w.*]+)` \| .+ \| (yes|no) \|$", re.MULTILINE)


def rows() -> dict[str, bool]:
    """Boundary to whether a person may be needed after a death there."""
    text = (ROOT / "docs" / "recovery.md").read_text("utf-8")
    return {name: suspense == "yes" for name, suspense in _ROW.findall(text)}
