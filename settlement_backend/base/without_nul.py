"""Refuses paths and queries that hold a NUL, which PostgreSQL cannot look for.

Stands in front of the routes; texts in bodies are refused by `base.shapes.Body`.
"""

from __future__ import annotations

from fastapi.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from settlement_backend.base.shapes import NUL

_ESCAPED = b"%00"


class WithoutNul:
    """ASGI application around `app`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request: on, or 422."""
        if scope["type"] == "http" and (
            NUL in scope["path"] or _ESCAPED in scope.get("query_string", b"")
        ):
            await JSONResponse({"error": "malformed: path"}, 422)(scope, receive, send)
        else:
            await self._app(scope, receive, send)
