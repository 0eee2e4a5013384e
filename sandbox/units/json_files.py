"""JSON files that are whole or absent: state of units, cards and the list of wires.

Talks to the file system only. Written to a neighbour file and renamed, without a disk flush: a
unit must survive the end of its process, not a power cut of the test machine.
"""

import json
from pathlib import Path
from typing import cast

Json = dict[str, object]


def write_json(path: Path, content: Json) -> None:
    """Replace ``path`` by ``content`` in one step; the folder is created when missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    fresh.replace(path)


def read_json(path: Path) -> Json | None:
    """The object in ``path``, or None when there is no such file."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    return cast(Json, json.loads(text))
