"""Signed requests in the shape of RFC 9421, looked at strictly (docs/backend_api/security.md).

Pure. What a reader would get wrong: what a signature covers is not the sender's choice; it is
every header of `_COVERED` that the request has, so that none can be added, taken away or doubled.
A suite is named in every signature; `gm` (SM2 with SM3) has its name and is refused here.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_COVERED = (
    "content-digest",
    "authorization",
    "idempotency-key",
    "x-operator-token",
    "x-journal-seq",
    "x-journal-head",
)
_PARAMETERS = re.compile(
    r'(\("@method" "@target-uri"(?: "[a-z-]+")*\))'
    r'(?:;created=([0-9]{1,12}))?;seq=([0-9]{1,18});nonce="[0-9a-f]{32}"'
    r';alg="([a-z0-9-]+)";keyid="([0-9a-f]{64})";tag="zhenfu-([a-z]+)"'
)
_LABEL = "zf="
_ALGORITHMS = {"intl": "ed25519"}


class BadSignature(Exception):
    """No signature, or one that does not stand for this request. The text names no content."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came. `headers`: names in small letters, each as often as it came."""

    method: str
    target: str
    headers: Sequence[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str | None:
        """Its value; None when it did not come. Raises BadSignature when it came twice."""
        values = [value for each, value in self.headers if each == name]
        if len(values) > 1:
            raise BadSignature(f"{name} came twice")
        return values[0] if values else None


@dataclass(frozen=True, slots=True)
class Claim:
    """What a signature says of itself. `created`: seconds since 1970, None without a clock."""

    key_id: str
    seq: int
    created: int | None


def claim_of(request: Request) -> Claim:
    """Who says to have signed, before it is known to be true. Raises BadSignature."""
    told = _told(request)
    if _ALGORITHMS.get(told[6]) != told[4]:
        raise BadSignature("a suite that is not built in")
    return Claim(told[5], int(told[3]), int(told[2]) if told[2] is not None else None)


def check(request: Request, key: Ed25519PublicKey) -> None:
    """The signature is this key's and stands for the whole request. Raises BadSignature."""
    told = _told(request)
    digest = base64.b64encode(hashlib.sha256(request.body).digest()).decode()
    if request.header("content-digest") != f"sha-256=:{digest}:":
        raise BadSignature("the body is another one")
    present = [(name, request.header(name)) for name in _COVERED]
    covered = [("@method", request.method), ("@target-uri", request.target)]
    covered += [(name, value) for name, value in present if value is not None]
    if told[1] != "(" + " ".join(f'"{name}"' for name, _ in covered) + ")":
        raise BadSignature("it covers other headers")
    lines = [f'"{name}": {value}' for name, value in covered]
    base = "\n".join([*lines, f'"@signature-params": {told[0]}'])
    try:
        key.verify(_signature(request), base.encode("latin-1"))
    except (InvalidSignature, UnicodeEncodeError):
        raise BadSignature("it is not this key's") from None


def _told(request: Request) -> re.Match[str]:
    found = request.header("signature-input") or ""
    told = _PARAMETERS.fullmatch(found.removeprefix(_LABEL))
    if told is None or not found.startswith(_LABEL):
        raise BadSignature("no signature of our shape")
    return told


def _signature(request: Request) -> bytes:
    """Base64 has several texts for the same bytes; only one of them is taken."""
    found = request.header("signature") or ""
    text = found.removeprefix(f"{_LABEL}:").removesuffix(":")
    try:
        signature = base64.b64decode(text, validate=True)
    except ValueError:
        raise BadSignature("no signature") from None
    if found != f"{_LABEL}:{base64.b64encode(signature).decode()}:":
        raise BadSignature("no signature of our shape")
    return signature
