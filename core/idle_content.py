"""What a machine shows while nobody is there: announcements of policy, notices, promotion.

As the backend sends it (docs/backend_api/terminals.md, H41 and W22). What a reader would get wrong:
promotion is never shown to somebody who reads large text.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.billing import Text


class ContentKind(StrEnum):
    """What it is for."""

    POLICY = "POLICY"
    NOTICE = "NOTICE"
    PROMOTION = "PROMOTION"


@dataclass(frozen=True, slots=True)
class Content:
    """One thing to show; `since` and `until` are inclusive days."""

    content_id: str
    campus: str
    place: int
    kind: ContentKind
    title: Text
    text: Text
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class IdleContent:
    """In the order of showing. `waiting`: people who wait to be called in the whole hospital."""

    content: tuple[Content, ...]
    waiting: int
