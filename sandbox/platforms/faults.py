"""Faults ordered for the next requests of a platform, and the gate that lets them happen.

Stands between the HTTP server and a platform's routes. What a reader would get wrong: a silent
platform keeps the connection open and says nothing until the caller hangs up; it does not close.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Annotated, Literal, assert_never

from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FaultKind = Literal["silent", "answer_lost", "http_500", "delay"]
SILENCE_LIMIT_S = 300.0
BODY_LIMIT_BYTES = 1_000_000
FAULTLESS_PATHS = frozenset({"/control", "/books"})


class FaultOrder(BaseModel):
    """``silent`` and ``http_500`` do not execute; ``answer_lost`` and ``delay`` do.

    ``count`` requests of ``path`` meet it; ``seconds`` is the length of a delay.
    """

    do: Literal["fault"]
    path: str
    kind: FaultKind
    count: Annotated[int, Field(ge=1)] = 1
    seconds: Annotated[float, Field(ge=0, le=SILENCE_LIMIT_S)] = 1.0


@dataclass(slots=True)
class FaultQueue:
    """The faults in force, oldest first. They do not survive a restart."""

    waiting: list[FaultOrder] = field(default_factory=list)

    def order(self, fault: FaultOrder) -> None:
        """Arm one fault."""
        self.waiting.append(fault)

    def take(self, names: frozenset[str]) -> FaultOrder | None:
        """The fault that meets a request known by ``names``, used up by one."""
        for fault in self.waiting:
            if fault.path in names:
                fault.count -= 1
                if fault.count == 0:
                    self.waiting.remove(fault)
                return fault
        return None


class Gate:
    """ASGI application around ``app``: executes, saves, then answers, unless a fault forbids.

    ``names_of(path, body)`` tells the names a fault may call a request by.
    """

    def __init__(
        self,
        app: ASGIApp,
        faults: FaultQueue,
        save: Callable[[], None],
        names_of: Callable[[str, bytes], frozenset[str]],
    ) -> None:
        self._app = app
        self._faults = faults
        self._save = save
        self._names_of = names_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One HTTP request."""
        body = await _body(receive)
        if body is None:
            return
        fault = None
        if scope["path"] not in FAULTLESS_PATHS:
            fault = self._faults.take(self._names_of(scope["path"], body))
        if fault is None:
            await _say(await self._execute(scope, body), send)
            return
        match fault.kind:
            case "silent":
                await _say_nothing(receive)
            case "answer_lost":
                await self._execute(scope, body)
                await _say_nothing(receive)
            case "delay":
                answer = await self._execute(scope, body)
                await asyncio.sleep(fault.seconds)
                await _say(answer, send)
            case "http_500":
                await JSONResponse({"detail": "ordered fault"}, 500)(scope, receive, send)
            case _:
                assert_never(fault.kind)

    async def _execute(self, scope: Scope, body: bytes) -> list[Message]:
        answer: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def keep(message: Message) -> None:
            answer.append(message)

        await self._app(scope, receive, keep)
        if scope["method"] == "POST":
            self._save()
        return answer


async def _say(answer: list[Message], send: Send) -> None:
    for message in answer:
        await send(message)


async def _body(receive: Receive) -> bytes | None:
    """The whole request body; None when the caller hung up or sends without end."""
    body = b""
    while len(body) <= BODY_LIMIT_BYTES:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        chunk: bytes = message.get("body", b"")
        body += chunk
        if not message.get("more_body", False):
            return body
    return None


async def _say_nothing(receive: Receive) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(SILENCE_LIMIT_S):
            while (await receive())["type"] != "http.disconnect":
                pass
