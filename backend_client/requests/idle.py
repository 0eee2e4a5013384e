"""What machines show while nobody is there."""

from __future__ import annotations

from backend_client.exchange import Exchange, Requests, Told
from backend_client.shapes import reader
from core.idle_content import IdleContent
from core.steps.idle import FetchIdleContent


def idle_content(backend: Exchange, step: FetchIdleContent) -> Told[IdleContent]:
    """Today, on this campus (H41)."""
    return backend.get(reader(IdleContent), "/v1/idle-content")


REQUESTS: Requests = {FetchIdleContent: idle_content}
