"""What was drawn on a screen, as the backend takes it (docs/backend_api/signatures.md)."""

from __future__ import annotations

from base64 import b64encode

from core.signing import Drawn


def drawn_body(drawn: Drawn) -> dict[str, str]:
    """The file and its digest."""
    return {"png": b64encode(drawn.png).decode(), "sha256": drawn.digest}
