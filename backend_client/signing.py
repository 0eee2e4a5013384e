"""Signs every request of an enrolled terminal in the shape of RFC 9421.

Written from docs/backend_api/security.md; uses the key of the terminal's certificate. What a
reader would get wrong: the time is left out while this machine's clock and the backend's differ;
then only the number counts, which is made of the journal's and therefore rises over restarts.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from requests import PreparedRequest
from requests.auth import AuthBase

from core.clock import Clock

_COVERED = (
    "content-digest",
    "authorization",
    "idempotency-key",
    "x-operator-token",
    "x-journal-seq",
    "x-journal-head",
)
_DOUBT_S = 240
_COUNTED_BITS = 20


class BadKey(Exception):
    """The files are no certificate with its Ed25519 key."""


class Signer(AuthBase):
    """Signs by one key. Used by one thread."""

    def __init__(self, key: Ed25519PrivateKey, certificate_der: bytes, clock: Clock) -> None:
        self._key, self._clock = key, clock
        self._key_id = hashlib.sha256(certificate_der).hexdigest()
        self._count = 0
        self._clock_differs = False

    def heard(self, date: str) -> None:
        """The backend's time as an answer's Date header told it."""
        try:
            there = parsedate_to_datetime(date)
        except ValueError:
            return
        here = self._clock.wall().timestamp()
        self._clock_differs = abs(there.timestamp() - here) > _DOUBT_S

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Add digest, parameters and signature. Called by requests when all else is ready."""
        body = request.body or b""
        content = body.encode() if isinstance(body, str) else body
        digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
        request.headers["Content-Digest"] = f"sha-256=:{digest}:"
        present = [(name, request.headers[name]) for name in _COVERED if name in request.headers]
        covered = [
            ("@method", request.method or ""),
            ("@target-uri", _target(request.url or "")),
            *present,
        ]
        seq = int(request.headers.get("X-Journal-Seq", "0"))
        told = self._parameters([name for name, _ in covered], seq)
        lines = [f'"{name}": {value}' for name, value in covered]
        base = "\n".join([*lines, f'"@signature-params": {told}'])
        signature = base64.b64encode(self._key.sign(base.encode("latin-1"))).decode()
        request.headers["Signature-Input"] = f"zf={told}"
        request.headers["Signature"] = f"zf=:{signature}:"
        return request

    def _parameters(self, names: list[str], journal_seq: int) -> str:
        self._count += 1
        seq = (journal_seq << _COUNTED_BITS) | (self._count % (1 << _COUNTED_BITS))
        created = "" if self._clock_differs else f";created={int(self._clock.wall().timestamp())}"
        covered = " ".join(f'"{name}"' for name in names)
        return (
            f'({covered}){created};seq={seq};nonce="{secrets.token_hex(16)}"'
            f';alg="ed25519";keyid="{self._key_id}";tag="zhenfu-intl"'
        )


def open_signer(certificate_file: str, key_file: str, clock: Clock) -> Signer:
    """A signer for the key of a certificate, both PEM. Raises BadKey."""
    try:
        certificate = x509.load_pem_x509_certificate(Path(certificate_file).read_bytes())
        key = load_pem_private_key(Path(key_file).read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        raise BadKey(f"{certificate_file}, {key_file}: {type(error).__name__}") from None
    if not isinstance(key, Ed25519PrivateKey) or key.public_key() != certificate.public_key():
        raise BadKey(f"{key_file} is not the Ed25519 key of {certificate_file}")
    return Signer(key, certificate.public_bytes(Encoding.DER), clock)


def _target(url: str) -> str:
    """As the Host header and the request line will say it: no default port, no fragment."""
    parts = urlsplit(url)
    default = {"http": 80, "https": 443}.get(parts.scheme)
    host = parts.netloc
    if parts.port is not None and parts.port == default:
        host = host.rsplit(":", 1)[0]
    return urlunsplit((parts.scheme, host, parts.path or "/", parts.query, ""))
