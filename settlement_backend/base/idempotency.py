"""Idempotency keys, kept for ever: same key and body, same answer byte for byte.

`once` runs a handler and the storing of its answer in one transaction. `once_outside` is for
handlers that call the world: they are idempotent by their own id, run under a lock of their key,
and the answer is stored afterwards; a crash in between only means that they run again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from sqlalchemy.orm import Session

from settlement_backend.base.clock import Clock, stamp
from settlement_backend.base.database import Database
from settlement_backend.base.errors import KeyReused, Refused
from settlement_backend.base.tables import IdempotencyKey

Json = dict[str, Any]
Content = BaseModel | Json


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back on the wire. `replayed`: it was given before."""

    status: int
    body: bytes
    replayed: bool = False


class Keys:
    """Answers by key."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db, self._clock = db, clock

    def once(
        self, key: str, request: str, handler: Callable[[Session], Content], status: int = 200
    ) -> Answer:
        """One transaction: the change and its answer, or neither."""
        digest = hashlib.sha256(request.encode()).hexdigest()
        with self._db.locks.alone(f"key/{key}"):
            try:
                with self._db.write() as session:
                    stored = self._stored(session, key, digest)
                    if stored is not None:
                        return stored
                    body = encode(handler(session))
                    self._keep(session, key, digest, status, body)
                    return Answer(status, body)
            except Refused as refused:
                return self._keep_refusal(key, digest, refused)

    def once_outside(
        self, key: str, request: str, handler: Callable[[], Content], status: int = 200
    ) -> Answer:
        """The handler has transactions of its own and is idempotent by its own id."""
        digest = hashlib.sha256(request.encode()).hexdigest()
        with self._db.locks.alone(f"key/{key}"):
            with self._db.read() as session:
                stored = self._stored(session, key, digest)
            if stored is not None:
                return stored
            try:
                body = encode(handler())
            except Refused as refused:
                return self._keep_refusal(key, digest, refused)
            with self._db.write() as session:
                self._keep(session, key, digest, status, body)
            return Answer(status, body)

    def _stored(self, session: Session, key: str, digest: str) -> Answer | None:
        row = session.get(IdempotencyKey, key)
        if row is None:
            return None
        if row.request_hash != digest:
            raise KeyReused
        return Answer(row.status, row.answer, replayed=True)

    def _keep(self, session: Session, key: str, digest: str, status: int, body: bytes) -> None:
        at = stamp(self._clock.now())
        session.add(IdempotencyKey(key=key, request_hash=digest, status=status, answer=body, at=at))

    def _keep_refusal(self, key: str, digest: str, refused: Refused) -> Answer:
        body = encode({"refused": refused.reason, "detail": refused.detail})
        with self._db.write() as session:
            self._keep(session, key, digest, 409, body)
        return Answer(409, body)


def encode(content: Content) -> bytes:
    """The bytes of an answer."""
    if isinstance(content, BaseModel):
        return content.model_dump_json().encode()
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
