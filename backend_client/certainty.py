"""Did the request leave this machine? One function answers for every error of the HTTP libraries.

Talks to nothing. What a reader would get wrong: NotSent is a proof, not a guess. An error counts
as NotSent only when it cannot arise once the first byte of a request is out; an InvalidHeader or
an SSLError can be about the answer, so they are Unknown although they sound harmless.
"""

from __future__ import annotations

from collections.abc import Iterator

import requests.exceptions
import urllib3.exceptions

from core.ports import NotSent, Unknown

SILENT = "backend_silent"

_BEFORE_SENDING = (
    urllib3.exceptions.ConnectTimeoutError,
    urllib3.exceptions.LocationValueError,
    requests.exceptions.ConnectTimeout,
    requests.exceptions.InvalidSchema,
    requests.exceptions.InvalidURL,
    requests.exceptions.MissingSchema,
    requests.exceptions.URLRequired,
)
_CLOSED_UNANSWERED = (ConnectionResetError, BrokenPipeError)


def outcome(error: Exception, *, read: bool) -> NotSent | Unknown:
    """NotSent when no byte of the request left, else Unknown.

    `read`: the request only looks, so a connection that the backend closed without an answer
    (http.client's RemoteDisconnected is a ConnectionResetError) did no harm either.
    """
    causes = tuple(_causes(error))
    if any(isinstance(cause, _BEFORE_SENDING) for cause in causes):
        return NotSent(SILENT)
    if read and any(isinstance(cause, _CLOSED_UNANSWERED) for cause in causes):
        return NotSent(SILENT)
    return Unknown(SILENT)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and those it carries: requests wraps in `args`, urllib3 also in `reason`.

    `__context__` is left out: it names what was merely being handled at the time.
    """
    yield error
    for carried in (*error.args, getattr(error, "reason", None)):
        if isinstance(carried, BaseException):
            yield from _causes(carried)
