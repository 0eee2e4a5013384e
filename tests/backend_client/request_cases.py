"""What a case of a request is: the Act, the line it sends, and what the answer becomes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from contract_answers import Json, body

from backend_client.client import BackendClient
from core.flow import Act

FRESH = "a fresh key"


@dataclass(frozen=True, slots=True)
class Case:
    """One request. `sends` None: a GET without a body. `key` FRESH: one that nobody used.

    `told`: bytes for an answer that is no JSON.
    """

    asks: Act[Any] | Callable[[BackendClient], object]
    line: str
    sends: Json | None
    key: str
    told: Json | bytes
    reply: object
    status: int = 200

    def ask(self, client: BackendClient) -> object:
        """Once."""
        return client.ask(self.asks) if isinstance(self.asks, Act) else self.asks(client)

    @property
    def body(self) -> bytes:
        """The body of the answer."""
        return self.told if isinstance(self.told, bytes) else body(self.told)
