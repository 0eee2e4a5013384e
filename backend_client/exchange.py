"""From a request to its outcome: one table of statuses for all of them.

Uses `wire` and `shapes`. What a reader would get wrong: an answer that came but cannot be
trusted is Unknown, not Refused; the backend may have done what was asked.
"""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, TypeVar
from urllib.parse import quote

from backend_client.certainty import SILENT
from backend_client.shapes import Garbled, Reader, fault_code, refusal
from backend_client.wire import Answered, Wire
from core.clock import CHINA, Clock
from core.flow import Act
from core.ports import NotSent, Refused, Unknown

log = logging.getLogger(__name__)

Reply = TypeVar("Reply")
Told: TypeAlias = Reply | Refused | NotSent | Unknown
"""What every request answers."""
Body = Mapping[str, object]


def fresh_key() -> str:
    """For what the backend does once by its own rules, or forgets by itself."""
    return str(uuid.uuid4())


class Exchange:
    """Asks the backend. Used by one thread, the first that asks (asserted).

    `mark`: the journal's newest sequence number and its hash. `operator_token`: told along with
    every request while an operator is signed in.
    """

    def __init__(self, wire: Wire, mark: Callable[[], tuple[int, str]], clock: Clock) -> None:
        self._wire, self._clock = wire, clock
        self._mark = mark
        self._owner: int | None = None
        self.operator_token = ""

    def get(self, read: Reader[Reply], path: str, *ids: str) -> Told[Reply]:
        """Look. `path` holds a {} for each of `ids`."""
        return self._ask(read, "GET", path, ids, None, "")

    def post(
        self, read: Reader[Reply], path: str, *ids: str, body: Body, key: str = ""
    ) -> Told[Reply]:
        """Do. `key`: the same for the same thing, for ever; "" only where nothing changes."""
        return self._ask(read, "POST", path, ids, body, key)

    def now(self) -> str:
        """The wall clock as the contract writes it: ISO 8601, +08:00, whole seconds."""
        return self._clock.wall().astimezone(CHINA).isoformat(timespec="seconds")

    def close(self) -> None:
        """Give the connection back."""
        self._wire.close()

    def _ask(
        self,
        read: Reader[Reply],
        method: str,
        path: str,
        ids: tuple[str, ...],
        body: Body | None,
        key: str,
    ) -> Told[Reply]:
        here = threading.get_ident()
        self._owner = self._owner or here
        assert self._owner == here, "the backend client belongs to one thread"
        answer = self._wire.call(
            method,
            path.format(*(quote(part, safe="") for part in ids)),
            body=body,
            key=key,
            mark=self._mark(),
            operator_token=self.operator_token,
        )
        match answer:
            case Answered():
                return _told(read, answer, f"{method} {path}")
            case NotSent() | Unknown():
                return answer


Requests: TypeAlias = Mapping[type[Act[Any]], Callable[[Exchange, Any], object]]
"""Which function asks for which Act."""


def _told(read: Reader[Reply], answer: Answered, name: str) -> Reply | Refused | Unknown:
    """What an answer means (docs/backend_api.md, "Answers"). `name` is logged, and no id."""
    try:
        match answer.status:
            case 200 | 201:
                return read(answer.body)
            case 409:
                return refusal(answer.body)
            case 401 | 403:
                return Refused("not_authorised")
            case 404:
                return Refused(fault_code(answer.body) or "not_found")
            case 422:
                log.error("%s: the backend calls our request malformed", name)
                return Refused("other")
            case status if 500 <= status <= 599:
                return Unknown(SILENT)
            case status:
                log.error("%s: status %d is not of the contract", name, status)
    except Garbled as garbled:
        log.error("%s: the answer is not of the contract: %s", name, garbled)
    return Unknown("garbled")
