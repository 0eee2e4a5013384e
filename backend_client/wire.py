"""One request, one outcome: the backend's bytes, NotSent, or Unknown. Never sends twice.

Talks HTTP to the settlement backend (docs/backend_api.md, "Rules for every request"). What a
reader would get wrong: `Answered` says only that a whole answer came, not that it was yes; and a
token, a body or a payment code is never logged here, nor is any exception's text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException

import requests
import urllib3.exceptions

from backend_client.certainty import outcome
from backend_client.session import Identity, open_session
from core.clock import SystemClock
from core.ports import NotSent, Unknown

LONGEST_ANSWER_BYTES = 4 * 1024 * 1024
_PIECE_BYTES = 64 * 1024
_FRAMES = {"content-length", "transfer-encoding"}
_GARBLED = Unknown("garbled")


@dataclass(frozen=True, slots=True)
class Answered:
    """A whole answer. `body`: at most LONGEST_ANSWER_BYTES, not looked into yet."""

    status: int
    body: bytes

    def __repr__(self) -> str:
        return f"Answered({self.status}, {len(self.body)} bytes)"


class _TooLate(OSError):
    """The answer dripped in for longer than `read_s`."""


class Wire:
    """The kept connection to one backend. All calls in one thread.

    `connect_s` bounds connecting and the TLS handshake; `read_s` bounds each silence and, once
    more, the whole body. `identity`: of an enrolled terminal.
    """

    def __init__(
        self,
        url: str,
        token: str,
        *,
        connect_s: float = 3.0,
        read_s: float = 10.0,
        ca_file: str = "",
        identity: Identity | None = None,
    ) -> None:
        self._url = url.rstrip("/")
        self._limits_s = (connect_s, read_s)
        self._clock = SystemClock()
        self._session = open_session(token, ca_file, identity)
        self._signer = identity.signer if identity is not None else None

    def call(
        self,
        method: str,
        path: str,
        *,
        body: Mapping[str, object] | None = None,
        key: str = "",
        mark: tuple[int, str] = (0, ""),
        operator_token: str = "",
    ) -> Answered | NotSent | Unknown:
        """Send one request and wait for its whole answer.

        `path`: quoted already. `key`: Idempotency-Key, "" for none. `mark`: the journal's newest
        sequence number and its hash, told along unless the hash is "".
        """
        headers = _headers(key, mark, operator_token)
        content = None
        if body is not None:
            content = json.dumps(body, ensure_ascii=False).encode()
            headers["Content-Type"] = "application/json"
        try:
            with self._session.request(
                method,
                self._url + path,
                data=content,
                headers=headers,
                timeout=self._limits_s,
                allow_redirects=False,
                stream=True,
            ) as response:
                if self._signer is not None:
                    self._signer.heard(response.headers.get("Date", ""))
                whole = self._whole(response)
        except (
            requests.RequestException,
            urllib3.exceptions.HTTPError,
            HTTPException,
            OSError,
        ) as error:
            return outcome(error, read=method == "GET")
        return _GARBLED if whole is None else Answered(response.status_code, whole)

    def close(self) -> None:
        """Give the connection back."""
        self._session.close()

    def _whole(self, response: requests.Response) -> bytes | None:
        """The body as it came; None when it is longer than any answer of the contract.

        None also when the headers do not say where it ends: then nobody knows whether it is whole.
        `read1` returns after each piece: `read` and `iter_content` wait for a full piece, so a
        dripping answer would never come back to look at the limit.
        """
        if not _FRAMES & {name.lower() for name in response.headers}:
            return None
        limit_ns = self._clock.monotonic_ns() + round(self._limits_s[1] * 1e9)
        whole = bytearray()
        while piece := response.raw.read1(_PIECE_BYTES, decode_content=False):
            whole += piece
            if len(whole) > LONGEST_ANSWER_BYTES:
                return None
            if self._clock.monotonic_ns() > limit_ns:
                raise _TooLate
        return bytes(whole)


def _headers(key: str, mark: tuple[int, str], operator_token: str) -> dict[str, str]:
    headers: dict[str, str] = {}
    if key:
        headers["Idempotency-Key"] = key
    if operator_token:
        headers["X-Operator-Token"] = operator_token
    seq, head = mark
    if head:
        headers["X-Journal-Seq"] = str(seq)
        headers["X-Journal-Head"] = head
    return headers
