"""What all routes share: documented answers, and keys turned into responses."""

from __future__ import annotations

from typing import Any

from fastapi import Response
from pydantic import BaseModel

from settlement_backend.idempotency import Answer


class RefusedBody(BaseModel):
    """409: the rules say no."""

    refused: str
    detail: str


class ErrorBody(BaseModel):
    """401, 404, 422: the request itself is wrong; 503: nobody knows yet."""

    error: str


ANSWERS: dict[int | str, dict[str, Any]] = {
    401: {"model": ErrorBody, "description": "no token, or one that may not do this"},
    404: {"model": ErrorBody, "description": "an id that is not known"},
    409: {"model": RefusedBody, "description": "refused by the rules"},
    422: {"model": ErrorBody, "description": "malformed, or a key used with another body"},
    503: {"model": ErrorBody, "description": "a platform gave no word: send it again"},
}


def respond(answer: Answer) -> Response:
    """A stored answer as it goes out; a repeated one says so."""
    headers = {"Idempotent-Replay": "true"} if answer.replayed else {}
    return Response(
        answer.body, status_code=answer.status, media_type="application/json", headers=headers
    )


def text_of(path: str, body: BaseModel) -> str:
    """What the key is bound to: this path with this body."""
    return f"{path}\n{body.model_dump_json()}"
