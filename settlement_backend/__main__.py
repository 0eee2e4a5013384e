"""`python -m settlement_backend`: the reference backend as a program."""

from __future__ import annotations

import argparse
import ipaddress
import logging
import os
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path

from settlement_backend.app import make_app
from settlement_backend.base.clock import MovableClock, SystemClock
from settlement_backend.base.database import Database
from settlement_backend.base.masking import Masking
from settlement_backend.demo.plant import plant
from settlement_backend.policy.profile import load_policy
from settlement_backend.service import Options, Service
from settlement_backend.serving import Address, Tls, Workers, announce, serve
from settlement_backend.staff.first import first_technician
from settlement_backend.terminals.authority import Authority

ROOT = Path(__file__).resolve().parent.parent
PROFILE = ROOT / "resources" / "profiles" / "demo-2026.toml"
DATABASE = ROOT / "build" / "backend.db"
SECRET = ROOT / "build" / "slip.secret"
AUTHORITY = ROOT / "build" / "authority"


def _kept_secret() -> str:
    """The secret that signs slips, made once and kept beside the default database.

    A hospital with several backend machines gives all of them one ZHENFU_SLIP_SECRET.
    """
    if not SECRET.exists():
        SECRET.touch(mode=0o600)
        SECRET.write_text(secrets.token_hex(32), "ascii")
    return SECRET.read_text("ascii")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="backend", description="Zhenfu settlement backend.")
    parser.add_argument(
        "--database-url",
        default=f"sqlite:///{DATABASE}",
        help="sqlite:///FILE, or postgresql://USER@HOST/NAME",
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8470, help="0: any free port")
    parser.add_argument("--listen-fd", type=int, default=-1, help=argparse.SUPPRESS)
    parser.add_argument("--workers", type=int, default=1, help="processes; PostgreSQL only")
    parser.add_argument("--acquirer-url", default="http://127.0.0.1:8471")
    parser.add_argument("--insurance-url", default="http://127.0.0.1:8472")
    for name, who in (
        ("partner", "the partner bank's acquirer"),
        ("city", "credit status, city codes, cards of other hospitals"),
        ("invoice", "e-invoices"),
        ("insurer", "commercial insurance"),
        ("messages", "SMS and push"),
        ("face", "faces compared and known again"),
    ):
        parser.add_argument(f"--{name}-url", default="", help=f"{who}; not used when left out")
    parser.add_argument("--profile", type=Path, default=PROFILE)
    parser.add_argument(
        "--demo", action="store_true", help="put demo data in; time can be moved by /demo/clock"
    )
    parser.add_argument("--ready-file", type=Path, help="written when requests are answered")
    _add_security(parser)
    return parser


def _add_security(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--tls-cert", type=Path, help="this server's certificate, PEM")
    parser.add_argument("--tls-key", type=Path, help="its key")
    parser.add_argument(
        "--client-ca", type=Path, help="who certifies terminals; left out, our own authority"
    )
    parser.add_argument(
        "--enrolment",
        action="store_true",
        help="let machines without a certificate connect, to be enrolled and for nothing else",
    )
    parser.add_argument(
        "--authority", type=Path, default=AUTHORITY, help="folder of the key for terminals"
    )
    parser.add_argument(
        "--first-technician",
        metavar="NUMBER",
        help="in an empty database: make the first account and service desk, tell their secrets",
    )


def _options(told: argparse.Namespace) -> Options:
    return Options(
        database_url=told.database_url,
        acquirer_url=told.acquirer_url,
        insurance_url=told.insurance_url,
        profile=told.profile,
        secret=os.environ.get("ZHENFU_SLIP_SECRET") or _kept_secret(),
        partner_url=told.partner_url,
        city_url=told.city_url,
        invoice_url=told.invoice_url,
        insurer_url=told.insurer_url,
        messages_url=told.messages_url,
        face_url=told.face_url,
        tls=told.tls_cert is not None,
        authority=told.authority,
    )


def arguments(words: Sequence[str]) -> argparse.Namespace:
    """What a command line asks for; ends the program when that would be an open door.

    Tokens alone are believed on this machine only, so nobody else is listened to without TLS.
    """
    parser = _parser()
    told = parser.parse_args(words)
    if (told.tls_cert is None) != (told.tls_key is None):
        parser.error("--tls-cert and --tls-key belong together")
    if told.tls_cert is None and (told.client_ca is not None or told.enrolment):
        parser.error("--client-ca and --enrolment need --tls-cert")
    if told.tls_cert is None and not _is_loopback(told.host):
        parser.error(f"--host {told.host}: other machines are answered over TLS only (--tls-cert)")
    if told.workers > 1 and told.database_url.startswith("sqlite"):
        parser.error("SQLite is for one process: several workers need PostgreSQL")
    return told


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _address(told: argparse.Namespace) -> Address:
    tls = None
    if told.tls_cert is not None:
        authority = Authority(told.authority, load_policy(told.profile).hospital_id)
        own = authority.certificate_file(SystemClock().now())
        tls = Tls(told.tls_cert, told.tls_key, told.client_ca or own, told.enrolment)
    return Address(told.host, told.port, told.listen_fd, tls)


def _log() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    for handler in logging.getLogger().handlers:
        handler.addFilter(Masking())


def main() -> None:
    """Parse the command line, migrate, serve until SIGTERM."""
    told = arguments(sys.argv[1:])
    _log()
    DATABASE.parent.mkdir(parents=True, exist_ok=True)
    address = _address(told)
    if told.workers > 1 and told.listen_fd < 0:
        os.environ.setdefault("ZHENFU_SLIP_SECRET", _kept_secret())
        Database(told.database_url).close()
        workers = Workers(told.workers, sys.argv[1:], address)
        announce(told.ready_file, workers.url)
        workers.run()
        return
    clock = MovableClock() if told.demo else SystemClock()
    service = Service(_options(told), clock)
    if told.first_technician:
        _begin(service, told.first_technician)
        return
    if told.demo:
        with service.db.write() as session:
            plant(session, service.clock.now())
    serve(make_app(service), address, told.ready_file if told.listen_fd < 0 else None)


def _begin(service: Service, number: str) -> None:
    """Secrets go to the screen, never to the log."""
    with service.db.write() as session:
        made = first_technician(session, service.options.passwords, number, service.clock.now())
    service.db.close()
    print(f"terminal {made.terminal_id}: token {made.token}")
    print(f"operator {number}: password {made.password} (must be changed)")


if __name__ == "__main__":
    main()
