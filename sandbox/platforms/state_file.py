"""A platform's books on disk, so that they survive its restart.

Talks to the file system. A reader would forget that the file is replaced before an answer leaves:
what the backend was told is always on disk.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import TypeAdapter

Books = TypeVar("Books")


class StateFile(Generic[Books]):
    """One JSON file that holds one record of type ``Books``."""

    def __init__(self, path: Path, kind: TypeAdapter[Books], fresh: Callable[[], Books]) -> None:
        self._path = path
        self._kind = kind
        self._fresh = fresh

    def load(self) -> Books:
        """The saved books, or fresh ones; a damaged file raises pydantic.ValidationError."""
        if not self._path.exists():
            return self._fresh()
        return self._kind.validate_json(self._path.read_bytes())

    def save(self, books: Books) -> None:
        """Replace the file in one step; the folder is created when missing."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_name(self._path.name + ".new")
        fresh.write_bytes(self._kind.dump_json(books, indent=1))
        fresh.replace(self._path)
