"""The backend's settings, and a client made from them.

Collected by `terminal`. What a reader would get wrong: nothing is sent here; the first request
opens the connection, and a backend that is down is an outcome of that request.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from backend_client.client import BackendClient
from backend_client.session import Identity
from backend_client.signing import BadKey, open_signer
from backend_client.wire import Wire
from core.clock import SystemClock
from core.errors import SettingsError
from core.settings import Kind, Setting, Settings

SETTINGS: tuple[Setting, ...] = (
    Setting("backend.url", Kind.TEXT, "Address of the settlement backend, https://host or http."),
    Setting("backend.token", Kind.SECRET, "This terminal's own token at the backend."),
    Setting(
        "backend.connect_ms",
        Kind.INTEGER,
        "How long connecting to the backend may take.",
        default=3_000,
        low=100,
        high=30_000,
    ),
    Setting(
        "backend.read_ms",
        Kind.INTEGER,
        "How long the backend may be silent after a request.",
        default=10_000,
        low=500,
        high=60_000,
    ),
    Setting(
        "backend.ca_file",
        Kind.TEXT,
        "Certificate of the hospital's own authority; left out, the public ones are trusted.",
        default="",
    ),
    Setting(
        "backend.certificate_file",
        Kind.TEXT,
        "This terminal's own certificate, from its enrolment; left out, the token is all it has.",
        default="",
    ),
    Setting(
        "backend.key_file",
        Kind.TEXT,
        "The key of that certificate, readable by this program alone.",
        default="",
    ),
)


def open_client(settings: Settings, mark: Callable[[], tuple[int, str]]) -> BackendClient:
    """A client for the backend that the settings name. Raises SettingsError."""
    url, ca_file = settings.text("backend.url"), settings.text("backend.ca_file")
    if not url.startswith(("http://", "https://")):
        raise SettingsError("backend.url must begin with https:// or http://")
    if ca_file and not Path(ca_file).is_file():
        raise SettingsError(f"backend.ca_file: there is no file {ca_file}")
    wire = Wire(
        url,
        settings.text("backend.token"),
        connect_s=settings.integer("backend.connect_ms") / 1000,
        read_s=settings.integer("backend.read_ms") / 1000,
        ca_file=ca_file,
        identity=_identity(settings),
    )
    return BackendClient(wire, mark, SystemClock())


def _identity(settings: Settings) -> Identity | None:
    certificate_file = settings.text("backend.certificate_file")
    key_file = settings.text("backend.key_file")
    if not certificate_file and not key_file:
        return None
    if not certificate_file or not key_file:
        raise SettingsError("backend.certificate_file and backend.key_file belong together")
    try:
        signer = open_signer(certificate_file, key_file, SystemClock())
    except BadKey as error:
        raise SettingsError(f"backend.certificate_file: {error}") from None
    return Identity(certificate_file, key_file, signer)
