"""Every error class of the HTTP libraries is NotSent or Unknown, and a new one fails the test."""

from __future__ import annotations

import inspect
import ssl
from types import ModuleType

import pytest
import requests.exceptions
import urllib3.exceptions
from requests.exceptions import ConnectionError as BrokenConnection
from urllib3.exceptions import MaxRetryError, NewConnectionError, ProtocolError, SSLError

from backend_client.certainty import outcome
from core.ports import NotSent, Unknown

PROVABLY_BEFORE = {
    "requests.exceptions.ConnectTimeout",
    "requests.exceptions.InvalidProxyURL",
    "requests.exceptions.InvalidSchema",
    "requests.exceptions.InvalidURL",
    "requests.exceptions.MissingSchema",
    "requests.exceptions.URLRequired",
    "urllib3.exceptions.ConnectTimeoutError",
    "urllib3.exceptions.LocationParseError",
    "urllib3.exceptions.LocationValueError",
    "urllib3.exceptions.NameResolutionError",
    "urllib3.exceptions.NewConnectionError",
    "urllib3.exceptions.ProxySchemeUnknown",
    "urllib3.exceptions.URLSchemeUnknown",
}
PERHAPS_AFTER = {
    "requests.exceptions.BaseHTTPError",
    "requests.exceptions.ChunkedEncodingError",
    "requests.exceptions.CompatJSONDecodeError",
    "requests.exceptions.ConnectionError",
    "requests.exceptions.ContentDecodingError",
    "requests.exceptions.HTTPError",
    "requests.exceptions.InvalidHeader",
    "requests.exceptions.InvalidJSONError",
    "requests.exceptions.JSONDecodeError",
    "requests.exceptions.ProxyError",
    "requests.exceptions.ReadTimeout",
    "requests.exceptions.RequestException",
    "requests.exceptions.RetryError",
    "requests.exceptions.SSLError",
    "requests.exceptions.StreamConsumedError",
    "requests.exceptions.Timeout",
    "requests.exceptions.TooManyRedirects",
    "requests.exceptions.UnrewindableBodyError",
    "urllib3.exceptions.BodyNotHttplibCompatible",
    "urllib3.exceptions.ClosedPoolError",
    "urllib3.exceptions.ConnectionError",
    "urllib3.exceptions.DecodeError",
    "urllib3.exceptions.EmptyPoolError",
    "urllib3.exceptions.FullPoolError",
    "urllib3.exceptions.HTTPError",
    "urllib3.exceptions.HeaderParsingError",
    "urllib3.exceptions.HostChangedError",
    "urllib3.exceptions.IncompleteRead",
    "urllib3.exceptions.InvalidChunkLength",
    "urllib3.exceptions.InvalidHeader",
    "urllib3.exceptions.MaxRetryError",
    "urllib3.exceptions.MessageDefect",
    "urllib3.exceptions.PoolError",
    "urllib3.exceptions.ProtocolError",
    "urllib3.exceptions.ProxyError",
    "urllib3.exceptions.ProxySchemeUnsupported",
    "urllib3.exceptions.ReadTimeoutError",
    "urllib3.exceptions.RequestError",
    "urllib3.exceptions.ResponseError",
    "urllib3.exceptions.ResponseNotChunked",
    "urllib3.exceptions.SSLError",
    "urllib3.exceptions.TimeoutError",
    "urllib3.exceptions.TimeoutStateError",
    "urllib3.exceptions.UnrewindableBodyError",
    "urllib3.exceptions.httplib_IncompleteRead",
}


def _errors_of(module: ModuleType) -> dict[str, type[Exception]]:
    return {
        f"{module.__name__}.{name}": found
        for name, found in inspect.getmembers(module, inspect.isclass)
        if issubclass(found, Exception) and not issubclass(found, Warning)
    }


ERRORS = _errors_of(requests.exceptions) | _errors_of(urllib3.exceptions)


def test_every_error_class_of_both_libraries_has_been_judged() -> None:
    assert set(ERRORS) == PROVABLY_BEFORE | PERHAPS_AFTER
    assert not PROVABLY_BEFORE & PERHAPS_AFTER


@pytest.mark.parametrize("name", sorted(PROVABLY_BEFORE))
@pytest.mark.parametrize("read", [False, True])
def test_error_before_the_first_byte_is_not_sent(name: str, read: bool) -> None:
    assert outcome(_bare(name), read=read) == NotSent("backend_silent")


@pytest.mark.parametrize("name", sorted(PERHAPS_AFTER))
@pytest.mark.parametrize("read", [False, True])
def test_error_that_may_come_after_the_first_byte_is_unknown(name: str, read: bool) -> None:
    assert outcome(_bare(name), read=read) == Unknown("backend_silent")


@pytest.mark.parametrize(
    "error",
    [OSError("no such file"), TimeoutError(), ssl.SSLError("bad record mac"), ValueError()],
)
def test_error_of_no_known_place_is_unknown(error: Exception) -> None:
    assert outcome(error, read=False) == Unknown("backend_silent")


def test_refused_connection_is_found_inside_its_wrappings() -> None:
    inner = NewConnectionError(None, "refused")  # type: ignore[arg-type]
    wrapped = BrokenConnection(MaxRetryError(None, "/v1", inner))  # type: ignore[arg-type]

    assert outcome(wrapped, read=False) == NotSent("backend_silent")


def test_tls_error_inside_its_wrappings_is_unknown() -> None:
    inner = SSLError(ssl.SSLError("decryption failed or bad record mac"))
    wrapped = requests.exceptions.SSLError(MaxRetryError(None, "/v1", inner))  # type: ignore[arg-type]

    assert outcome(wrapped, read=False) == Unknown("backend_silent")


@pytest.mark.parametrize("closing", [ConnectionResetError(), BrokenPipeError()])
def test_connection_closed_unanswered_matters_only_to_a_request_that_does_something(
    closing: OSError,
) -> None:
    wrapped = BrokenConnection(ProtocolError("Connection aborted.", closing))

    assert outcome(wrapped, read=False) == Unknown("backend_silent")
    assert outcome(wrapped, read=True) == NotSent("backend_silent")


def test_error_that_was_merely_being_handled_proves_nothing() -> None:
    try:
        try:
            raise requests.exceptions.InvalidURL
        except requests.exceptions.InvalidURL:
            raise requests.exceptions.ReadTimeout from None
    except requests.exceptions.ReadTimeout as error:
        assert error.__context__ is not None
        assert outcome(error, read=False) == Unknown("backend_silent")


def _bare(name: str) -> Exception:
    """An instance with nothing inside: their constructors want live pools and answers."""
    error: Exception = ERRORS[name].__new__(ERRORS[name])
    return error
