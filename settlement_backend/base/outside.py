"""One line to a platform outside, and the answers that both platforms' adapters share.

Talks HTTP with whatever URL it is given. What a reader would get wrong: `None` says nothing about
whether the platform carried the request out; it may have, and only a query can tell.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

import requests

Json = dict[str, Any]
_log = logging.getLogger(__name__)
_FILE = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Done:
    """Carried out, now or before."""


@dataclass(frozen=True, slots=True)
class NotFound:
    """The platform knows nothing by that number."""


@dataclass(frozen=True, slots=True)
class Silent:
    """Unknown: no answer, a server error, or an answer nobody understands."""


class NoWord(Exception):
    """503: a platform gave no usable word; the same request may simply come again."""


class Outside:
    """Requests to one platform. Safe for many threads: every request has its own connection."""

    def __init__(self, url: str, connect_s: float, read_s: float) -> None:
        self._url = url.rstrip("/")
        self._limits = (connect_s, read_s)

    def ask(self, path: str, body: Json) -> Json | None:
        """The JSON object of a 200 answer; None for everything else. Bodies are never logged."""
        answer = self._post(path, body)
        return self._object(path, answer) if answer is not None else None

    def fetch(self, path: str, body: Json) -> bytes | Json | None:
        """A file (`application/octet-stream`), or the object that came instead of it."""
        answer = self._post(path, body)
        if answer is None:
            return None
        if answer.status_code == 200 and answer.headers.get("content-type") == _FILE:
            return answer.content
        return self._object(path, answer)

    def get(self, path: str) -> requests.Response | None:
        """The whole answer of a GET, whatever its status; None when there was none."""
        return self._send("GET", path, None)

    def _post(self, path: str, body: Json) -> requests.Response | None:
        return self._send("POST", path, body)

    def _send(self, method: str, path: str, body: Json | None) -> requests.Response | None:
        try:
            with requests.Session() as session:
                session.trust_env = False
                return session.request(method, self._url + path, json=body, timeout=self._limits)
        except requests.RequestException as error:
            _log.warning("%s: no usable answer (%s)", path, type(error).__name__)
            return None

    def _object(self, path: str, answer: requests.Response) -> Json | None:
        try:
            content = answer.json() if answer.status_code == 200 else None
        except ValueError as error:
            _log.warning("%s: no usable answer (%s)", path, type(error).__name__)
            return None
        if not isinstance(content, dict):
            _log.warning("%s: no usable answer (HTTP %d)", path, answer.status_code)
            return None
        return content
