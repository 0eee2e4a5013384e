"""What all routes share: documented answers, and keys turned into responses."""

from __future__ import annotations

from typing import Any

from fastapi import Response
from pydantic import BaseModel

from settlement_backend.base.idempotency import Answer


class RefusedBody(BaseModel):
    """409: the rules say no."""

    refused: str
    detail: str


class ErrorBody(BaseModel):
    """401, 404, 422: the request itself is wrong; 503: nobody knows yet."""

    error: str


def _answer(model: type[BaseModel], description: str) -> dict[str, Any]:
    """Named, not given: FastAPI would build each model anew for each of its routes."""
    schema = {"$ref": f"#/components/schemas/{model.__name__}"}
    return {"description": description, "content": {"application/json": {"schema": schema}}}


ANSWERS: dict[int | str, dict[str, Any]] = {
    401: _answer(ErrorBody, "no token, or one that may not do this"),
    404: _answer(ErrorBody, "an id that is not known"),
    409: _answer(RefusedBody, "refused by the rules"),
    422: _answer(ErrorBody, "malformed, or a key used with another body"),
    503: _answer(ErrorBody, "a platform gave no word: send it again"),
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
