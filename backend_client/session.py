"""The kept HTTP session, bent in three places so that outcomes can be told apart.

Talks through requests and urllib3. What a reader would get wrong: these are not conveniences.
Without them a failed TLS handshake looks like an answer that broke off, and a redirect with a bad
Location raises InvalidURL after the backend has done its work.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPSConnection
from urllib3.exceptions import NewConnectionError, SSLError
from urllib3.util.ssl_match_hostname import CertificateError

from backend_client.signing import Signer


@dataclass(frozen=True, slots=True)
class Identity:
    """Of an enrolled terminal: two PEM files, and what signs with their key."""

    certificate_file: str
    key_file: str
    signer: Signer


class _TlsConnection(HTTPSConnection):
    """Whatever fails while connecting, the handshake too, failed before the request."""

    def connect(self) -> None:
        try:
            super().connect()
        except (OSError, CertificateError, SSLError) as error:
            raise NewConnectionError(self, f"no TLS connection: {error}") from error


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **options: Any) -> None:  # noqa: ANN401  requests' own
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = {"http": HTTPConnectionPool, "https": _TlsPool}


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """None: requests parses the Location even of a redirect it does not follow."""
        return None


def open_session(
    token: str, ca_file: str = "", identity: Identity | None = None
) -> requests.Session:
    """One connection kept, no retries, no proxies, no netrc, no compressed answers.

    `ca_file`: the hospital's own certificate authority; "" trusts the public ones. `identity`: of
    an enrolled terminal, which shows its certificate and signs every request.
    """
    # urllib3 logs addresses, which hold card numbers, and what it could not parse of an answer.
    logging.getLogger("urllib3").setLevel(logging.CRITICAL)
    session = _Session()
    session.trust_env = False
    session.verify = ca_file or True
    if identity is not None:
        session.cert = (identity.certificate_file, identity.key_file)
    session.headers.clear()
    session.headers.update(
        {
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "Authorization": f"Bearer {token}",
            "User-Agent": "zhenfu",
        }
    )
    session.auth = identity.signer if identity is not None else None
    for scheme in ("http://", "https://"):
        session.mount(scheme, _Adapter(pool_connections=1, pool_maxsize=1, max_retries=0))
    return session
