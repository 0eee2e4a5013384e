"""Reads the hand-written byte vectors that judge both ends of each wire."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).parent.parent / "vectors"


@dataclass(frozen=True, slots=True)
class Vector:
    """One `[[vector]]`; a missing field is a KeyError of the test."""

    name: str
    to_device: bool
    raw: bytes
    fields: dict[str, object]

    def text(self, field: str) -> str:
        """A text field, "" when the vector does not name it."""
        return str(self.fields.get(field, ""))

    def number(self, field: str) -> int:
        """A number field."""
        value = self.fields[field]
        assert isinstance(value, int)
        return value

    def data(self, field: str) -> bytes:
        """A hex field."""
        return bytes.fromhex(self.text(field))


def vectors(device: str) -> Iterator[Vector]:
    """All of `tests/vectors/<device>.toml`."""
    content = tomllib.loads((_FOLDER / f"{device}.toml").read_text(encoding="utf-8"))
    for entry in content["vector"]:
        yield Vector(
            entry["name"],
            entry["direction"] == "to_device",
            bytes.fromhex(entry["hex"]),
            entry.get("fields", {}),
        )


def by_name(device: str) -> dict[str, Vector]:
    """The same by name."""
    return {vector.name: vector for vector in vectors(device)}
