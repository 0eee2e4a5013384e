"""One log line for each request: method, path by its pattern, status.

Talks to the standard library's logging. What a reader would get wrong: the path is logged as the
route's pattern, because ids and card numbers are parts of paths; queries and bodies never are.
"""

from __future__ import annotations

import logging

from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger(__name__)


class AccessLog:
    """Around the application."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 0

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            pattern = getattr(scope.get("route"), "path", "(no route)")
            log.info("%s %s %d", scope["method"], pattern, status)
