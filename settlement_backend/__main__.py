"""`python -m settlement_backend`: the reference backend as a program."""

from __future__ import annotations

import argparse
import json
import logging
import os
import secrets
import socket
from pathlib import Path

import uvicorn

from settlement_backend.app import make_app
from settlement_backend.clock import SystemClock
from settlement_backend.demo import plant
from settlement_backend.service import Options, Service

ROOT = Path(__file__).resolve().parent.parent
PROFILE = ROOT / "resources" / "profiles" / "demo-2026.toml"
DATABASE = ROOT / "build" / "backend.db"
SECRET = ROOT / "build" / "slip.secret"


class _Server(uvicorn.Server):
    """Writes the ready file once it really answers."""

    def __init__(self, config: uvicorn.Config, url: str, ready: Path | None) -> None:
        super().__init__(config)
        self._url, self._ready = url, ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        logging.getLogger(__name__).info("listening on %s", self._url)
        if self._ready is not None:
            waiting = self._ready.with_suffix(".new")
            waiting.write_text(json.dumps({"url": self._url}), "utf-8")
            waiting.replace(self._ready)


def _kept_secret() -> str:
    """The secret that signs slips, made once and kept beside the default database.

    A hospital with several backend machines gives all of them one ZHENFU_SLIP_SECRET.
    """
    if not SECRET.exists():
        SECRET.touch(mode=0o600)
        SECRET.write_text(secrets.token_hex(32), "ascii")
    return SECRET.read_text("ascii")


def main() -> None:
    """Parse the command line, migrate, serve until SIGTERM."""
    parser = argparse.ArgumentParser(prog="backend", description="Zhenfu settlement backend.")
    parser.add_argument("--database-url", default=f"sqlite:///{DATABASE}")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8470, help="0: any free port")
    parser.add_argument("--acquirer-url", default="http://127.0.0.1:8471")
    parser.add_argument("--insurance-url", default="http://127.0.0.1:8472")
    parser.add_argument("--profile", type=Path, default=PROFILE)
    parser.add_argument("--demo", action="store_true", help="put demo data in")
    parser.add_argument("--ready-file", type=Path, help="written when requests are answered")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    DATABASE.parent.mkdir(parents=True, exist_ok=True)
    secret = os.environ.get("ZHENFU_SLIP_SECRET") or _kept_secret()
    service = Service(
        Options(
            options.database_url,
            options.acquirer_url,
            options.insurance_url,
            options.profile,
            secret,
        ),
        SystemClock(),
    )
    if options.demo:
        with service.db.write() as session:
            plant(session, service.clock.now())
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((options.host, options.port))
    url = f"http://{options.host}:{listener.getsockname()[1]}"
    config = uvicorn.Config(
        make_app(service), log_level="warning", access_log=False, timeout_graceful_shutdown=1
    )
    _Server(config, url, options.ready_file).run([listener])


if __name__ == "__main__":
    main()
