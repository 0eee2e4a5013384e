"""The backend as a program over TLS: who gets in, and what it refuses to start with."""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest
import requests
from backend_bench import ROOT, Platforms
from service_bench import House
from staff_bench import TECHNICIAN, Machine

from backend_client.session import Identity
from backend_client.signing import Signer
from backend_client.wire import Answered, Wire
from core.clock import SystemClock
from core.ports import NotSent, Unknown
from settlement_backend.__main__ import arguments
from settlement_backend.base.clock import CHINA
from settlement_backend.serving import Tls
from settlement_backend.terminals.authority import Authority
from tests.helpers.databases import SqliteStore
from tests.helpers.programs import Program

pytestmark = pytest.mark.slow

CERTIFICATE = ROOT / "tests/backend_client/loopback.pem"
BEARER = {"Authorization": "Bearer demo-kiosk-01"}


@dataclass(frozen=True, slots=True)
class Secure:
    """A backend over TLS with two enrolled terminals."""

    url: str
    folder: Path
    terminals: dict[str, Machine]

    def wire(self, name: str, *, signs_as: str = "") -> Wire:
        """The terminal's own client; `signs_as`: with the signature of another one."""
        machine, signing = self.terminals[name], self.terminals[signs_as or name]
        certificate, key = self.folder / f"{name}.pem", self.folder / f"{name}.key"
        certificate.write_text(machine.certificate, "ascii")
        key.write_bytes(machine.key_pem)
        signer = Signer(signing.key, signing.certificate_der, SystemClock())
        identity = Identity(str(certificate), str(key), signer)
        return Wire(self.url, machine.token, ca_file=str(CERTIFICATE), identity=identity)


@pytest.fixture(scope="module")
def enrolled(
    tmp_path_factory: pytest.TempPathFactory, started_platforms: Platforms
) -> tuple[Path, dict[str, Machine]]:
    """A folder with database and authority, and the machines that were enrolled there."""
    folder = tmp_path_factory.mktemp("secure")
    house = House(SqliteStore(folder / "backend.sqlite"), started_platforms)
    house.begin_again()
    house.clock.moment = datetime.now(CHINA)  # certificates are looked at by the real clock
    house.service.authority = Authority(folder / "authority", house.service.policy.hospital_id)
    terminals = {name: Machine() for name in ("TECH", "K01")}
    for name, machine in sorted(terminals.items()):
        machine.token = f"token of the terminal with the number {name}"
        machine.enrol(house, name)
    house.close()
    return folder, terminals


@pytest.fixture(scope="module")
def secure(enrolled: tuple[Path, dict[str, Machine]]) -> Iterator[Secure]:
    """Started, and ended with the module."""
    folder, terminals = enrolled
    ready = folder / "ready.json"
    arguments = (
        *("--port", "0", "--database-url", f"sqlite:///{folder}/backend.sqlite"),
        *("--tls-cert", str(CERTIFICATE), "--tls-key", str(CERTIFICATE)),
        *("--authority", str(folder / "authority"), "--ready-file", str(ready)),
    )
    with Program("settlement_backend", arguments, ready).running() as told:
        yield Secure(told["url"], folder, terminals)


def test_enrolled_terminal_is_answered(secure: Secure) -> None:
    with closing(secure.wire("K01")) as wire:
        answers = [wire.call("GET", "/v1/departments") for _ in range(2)]

    assert [answer.status for answer in answers if isinstance(answer, Answered)] == [200, 200]


def test_without_a_certificate_nothing_is_answered(secure: Secure) -> None:
    with closing(Wire(secure.url, "demo-kiosk-01", ca_file=str(CERTIFICATE))) as wire:
        told = wire.call("GET", "/v1/departments")

    assert isinstance(told, NotSent | Unknown)
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{secure.url}/v1/health", verify=str(CERTIFICATE), timeout=5)


def test_certificate_without_its_signature_is_nobody(secure: Secure) -> None:
    secure.wire("K01").close()
    pair = (str(secure.folder / "K01.pem"), str(secure.folder / "K01.key"))

    answer = requests.get(
        f"{secure.url}/v1/departments", verify=str(CERTIFICATE), cert=pair, timeout=5
    )

    assert answer.status_code == 401


def test_signature_of_another_terminal_is_nobody(secure: Secure) -> None:
    with closing(secure.wire("K01", signs_as="TECH")) as wire:
        told = wire.call("GET", "/v1/departments")

    assert isinstance(told, Answered)
    assert told.status == 401


def test_certificate_of_another_authority_is_not_let_in(
    secure: Secure, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other, folder = Machine(), tmp_path_factory.mktemp("other")
    authority = Authority(folder, "H33030200001")
    now = SystemClock().wall()
    other.certificate = _pem(authority.issue(other.csr, "K01", 90, now).der)
    strange = Secure(secure.url, folder, {"X": other})

    with closing(strange.wire("X")) as wire:
        told = wire.call("GET", "/v1/departments")

    assert isinstance(told, NotSent | Unknown)


def _pem(der: bytes) -> str:
    return ssl.DER_cert_to_PEM_cert(der)


def test_revoked_terminal_is_out_at_once(secure: Secure) -> None:
    with closing(secure.wire("TECH")) as desk, closing(secure.wire("K01")) as kiosk:
        who = {"operator": TECHNICIAN, "password": f"demo-{TECHNICIAN}"}
        signed_in = desk.call("POST", "/v1/operators/sign-in", body=who)
        assert isinstance(signed_in, Answered)
        token = json.loads(signed_in.body)["token"]
        path, reason = "/v1/terminals/K01/revoke", {"reason": "lost"}
        done = desk.call("POST", path, body=reason, key="revoke-1", operator_token=token)
        assert isinstance(done, Answered)
        assert done.status == 200, done.body

        told = kiosk.call("GET", "/v1/departments")

    assert isinstance(told, Answered)
    assert told.status == 401


@pytest.mark.parametrize(
    ("told", "word"),
    [
        ("--host 192.0.2.1", "over TLS only"),
        ("--host hospital.example", "over TLS only"),
        ("--host 192.0.2.1 --tls-cert c.pem", "belong together"),
        ("--tls-key k.pem", "belong together"),
        ("--enrolment", "need --tls-cert"),
        ("--client-ca ca.pem", "need --tls-cert"),
        ("--workers 2", "SQLite is for one process"),
    ],
)
def test_h03_program_does_not_start_with_an_open_door(
    told: str, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        arguments(told.split())

    assert word in capsys.readouterr().err


@pytest.mark.parametrize(
    "told", ["", "--host ::1", "--host localhost", "--host 192.0.2.1 --tls-cert c --tls-key k"]
)
def test_h03_h05_program_starts_on_loopback_or_behind_tls(told: str) -> None:
    assert arguments(told.split()).port == 8470


@pytest.mark.parametrize(
    ("strangers", "mode"), [(False, ssl.CERT_REQUIRED), (True, ssl.CERT_OPTIONAL)]
)
def test_strangers_are_let_in_only_while_terminals_are_enrolled(
    strangers: bool, mode: ssl.VerifyMode
) -> None:
    context = Tls(CERTIFICATE, CERTIFICATE, CERTIFICATE, strangers).context()

    assert context.verify_mode is mode
    assert context.minimum_version is ssl.TLSVersion.TLSv1_3


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_stranger_over_tls_may_be_enrolled_and_nothing_else(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house.service, "options", replace(house.service.options, tls=True))

    for path in ("departments", "books", "queue", "operators/me"):
        assert house.client.get(f"/v1/{path}", headers=BEARER).status_code == 401
    assert house.client.get("/v1/enrolments/none").status_code == 404
    assert house.client.get("/v1/health").status_code == 200
    asked = {"code": "AAAA-BBBB-CCCC", "csr": Machine().csr, "token": "t" * 40}
    assert house.refused("/v1/enrolments", asked, token="") == "code_wrong"
    monkeypatch.undo()
