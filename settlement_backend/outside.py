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
        try:
            with requests.Session() as session:
                session.trust_env = False
                answer = session.post(self._url + path, json=body, timeout=self._limits)
            content = answer.json() if answer.status_code == 200 else None
        except (requests.RequestException, ValueError) as error:
            _log.warning("%s: no usable answer (%s)", path, type(error).__name__)
            return None
        if not isinstance(content, dict):
            _log.warning("%s: no usable answer (HTTP %d)", path, answer.status_code)
            return None
        return content
