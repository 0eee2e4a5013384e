"""Remembers of the last documents whether a whole copy may already exist on paper.

What a reader would get wrong: a document that is not remembered may be whole, for the program may
have been started again in between; and what may be whole once stays so.
"""

from __future__ import annotations

REMEMBERED = 64


class Copies:
    """By `Document.document_id`; used in the printer's thread alone."""

    def __init__(self) -> None:
        self._may_be_whole: dict[str, bool] = {}

    def note(self, document_id: str, *, may_be_whole: bool) -> None:
        """What one try came to."""
        before = self._may_be_whole.pop(document_id, False)
        self._may_be_whole[document_id] = before or may_be_whole
        if len(self._may_be_whole) > REMEMBERED:
            del self._may_be_whole[next(iter(self._may_be_whole))]

    def may_be_whole(self, document_id: str) -> bool:
        """A further copy must be marked as one."""
        return self._may_be_whole.get(document_id, True)
