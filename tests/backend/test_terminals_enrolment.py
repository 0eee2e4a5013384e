"""From a machine to a terminal: code, fingerprint, certificate, signed requests, their end."""

from __future__ import annotations

from datetime import datetime, timedelta

import httpx
import pytest
import requests
from backend_bench import HandClock, Json
from cryptography import x509
from service_bench import KIOSK, House, new_key
from staff_bench import SUPERVISOR, TECH, TECHNICIAN, Machine, sign_in

from backend_client.signing import Signer
from settlement_backend.terminals.authority import Authority

pytestmark = pytest.mark.slow

BEAT: Json = {"devices": [], "consumables": [], "versions": []}


class HandWall:
    """The client's clock beside the house's: `ahead_s` apart."""

    def __init__(self, clock: HandClock, ahead_s: float = 0) -> None:
        self.clock, self.ahead_s = clock, ahead_s

    def wall(self) -> datetime:
        """The house's time and what it is off."""
        return self.clock.now() + timedelta(seconds=self.ahead_s)

    def monotonic_ns(self) -> int:
        """Nobody measures here."""
        return 0

    def boot_id(self) -> str:
        """One boot."""
        return "boot"


@pytest.fixture
def house(house: House, tmp_path_factory: pytest.TempPathFactory) -> House:
    """With an authority of its own."""
    folder = tmp_path_factory.mktemp("authority")
    house.service.authority = Authority(folder, house.service.policy.hospital_id)
    return house


class Kiosk:
    """An enrolled machine that signs what it asks."""

    def __init__(self, house: House, machine: Machine, ahead_s: float = 0) -> None:
        self.house = house
        self.wall = HandWall(house.clock, ahead_s)
        self.signer = Signer(machine.key, machine.certificate_der, self.wall)

    def prepared(self, method: str, path: str, body: object = None, **headers: str) -> Json:
        """What `send` takes: a whole signed request."""
        made = requests.Request(
            method, f"http://testserver{path}", json=body, headers=headers, auth=self.signer
        ).prepare()
        return {
            "method": method,
            "url": path,
            "content": made.body or b"",
            "headers": dict(made.headers),
        }

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> httpx.Response:
        """Any answer."""
        return self.send(self.prepared(method, path, body, **headers))

    def send(self, request: Json) -> httpx.Response:
        """As often as it is called."""
        sent = dict(request)
        answer: httpx.Response = self.house.client.request(
            sent.pop("method"), sent.pop("url"), **sent
        )
        return answer


@pytest.fixture
def machine(house: House) -> Machine:
    """Enrolled as K01."""
    made = Machine()
    made.enrol(house, "K01")
    return made


def test_machine_becomes_a_terminal_by_code_and_fingerprint(house: House) -> None:
    desk, machine = sign_in(house, TECHNICIAN, TECH), Machine()
    void = desk.done("/v1/terminals/K01/enrolment-codes", None)["code"]
    code = desk.done("/v1/terminals/K01/enrolment-codes", None)["code"]
    wanted = {"csr": machine.csr, "token": machine.token}
    for wrong in (void, "AAAA-BBBB-CCCC-DDDD"):
        asked = {**wanted, "code": wrong}
        assert house.refused("/v1/enrolments", asked, token="") == "code_wrong"
    bad = {**wanted, "csr": "no request", "code": code}
    assert house.refused("/v1/enrolments", bad, token="") == "bad_csr"

    asked = machine.ask(house, code.lower())
    (waits,) = desk.get("/v1/enrolments")["enrolments"]
    assert (asked["state"], waits) == ("WAITING", asked)
    assert house.refused("/v1/enrolments", {**wanted, "code": code}, token="") == "code_wrong"
    path = f"/v1/enrolments/{asked['enrolment_id']}"
    other = {"fingerprint": asked["fingerprint"][::-1]}
    assert desk.refused(f"{path}/approve", other) == "fingerprint_differs"
    assert house.get(path, token="")["certificate"] == ""
    desk.done(f"{path}/approve", {"fingerprint": asked["fingerprint"]})

    told = house.get(path, token="")
    certificate = x509.load_pem_x509_certificate(told["certificate"].encode())
    assert certificate.subject.rfc4514_string() == "CN=K01,O=H33030200001"
    lasts = certificate.not_valid_after_utc - house.clock.now()
    assert timedelta(days=89) < lasts <= timedelta(days=90)
    own = x509.load_pem_x509_certificate(told["authority"].encode())
    certificate.verify_directly_issued_by(own)
    assert desk.refused(f"{path}/reject", {"reason": "late"}) == "not_waiting"


def _code(house: House) -> str:
    desk = sign_in(house, TECHNICIAN, TECH)
    return str(desk.done("/v1/terminals/K01/enrolment-codes", None)["code"])


def test_code_is_worth_nothing_after_a_day(house: House) -> None:
    code = _code(house)
    house.clock.pass_seconds(24 * 3600)

    asked = {"code": code, "csr": Machine().csr, "token": Machine().token}

    assert house.refused("/v1/enrolments", asked, token="") == "code_wrong"


def test_rejected_machine_stays_nobody(house: House) -> None:
    asked = Machine().ask(house, _code(house))
    desk = sign_in(house, SUPERVISOR, TECH)
    path = f"/v1/enrolments/{asked['enrolment_id']}"

    assert desk.done(f"{path}/reject", {"reason": "whose is it"})["state"] == "REJECTED"

    assert house.get(path, token="")["certificate"] == ""
    assert house.get("/v1/departments")["date"]


def test_enrolled_terminal_is_known_by_its_signature_and_no_more_by_its_token(
    house: House, machine: Machine
) -> None:
    assert house.ask("GET", "/v1/departments", token=KIOSK).status_code == 401
    assert house.ask("GET", "/v1/departments", token=machine.token).status_code == 401

    assert Kiosk(house, machine).ask("GET", "/v1/departments").status_code == 200


def test_same_signed_request_has_the_same_answer_and_a_changed_one_none(
    house: House, machine: Machine
) -> None:
    kiosk, key = Kiosk(house, machine), new_key()
    body = {"operation_kind": "k", "operation_id": "o-1", "amount_fen": 1, "evidence": ""}
    headers = {"Idempotency-Key": key}
    request = kiosk.prepared("POST", "/v1/suspense", {**body, "patient_id": None}, **headers)

    first, again = kiosk.send(request), kiosk.send(request)

    assert (first.status_code, again.content) == (201, first.content)
    assert again.headers["Idempotent-Replay"] == "true"
    changed = {
        **request,
        "content": request["content"].replace(b'"amount_fen": 1', b'"amount_fen": 9'),
    }
    assert changed != request
    assert kiosk.send(changed).status_code == 401
    elsewhere = {**request, "url": "/v1/suspense?x=1"}
    assert kiosk.send(elsewhere).status_code == 401
    other_key = {**request, "headers": {**request["headers"], "Idempotency-Key": new_key()}}
    assert kiosk.send(other_key).status_code == 401


@pytest.mark.parametrize(("later_s", "status"), [(300, 200), (301, 401), (-301, 401)])
def test_signed_request_is_good_for_five_minutes(
    house: House, machine: Machine, later_s: int, status: int
) -> None:
    kiosk = Kiosk(house, machine, ahead_s=-later_s)

    assert kiosk.ask("GET", "/v1/departments").status_code == status


def test_terminal_whose_clock_is_wrong_goes_on_by_numbers(house: House, machine: Machine) -> None:
    kiosk = Kiosk(house, machine, ahead_s=-86_400)
    assert kiosk.ask("GET", "/v1/departments").status_code == 401
    kiosk.signer.heard(f"{house.clock.now():%a, %d %b %Y %H:%M:%S +0800}")

    request = kiosk.prepared("GET", "/v1/departments", **{"X-Journal-Seq": "3"})
    assert "created" not in request["headers"]["Signature-Input"]
    assert kiosk.send(request).status_code == 200
    assert kiosk.send(request).status_code == 401, "its number is not new any more"
    assert kiosk.ask("GET", "/v1/departments", **{"X-Journal-Seq": "3"}).status_code == 200
    assert kiosk.ask("GET", "/v1/departments", **{"X-Journal-Seq": "2"}).status_code == 401


def test_another_machines_key_is_nobody(house: House, machine: Machine) -> None:
    thief = Machine()
    thief.certificate = machine.certificate

    assert Kiosk(house, thief).ask("GET", "/v1/departments").status_code == 401


def test_certificate_is_renewed_before_its_end_and_worth_nothing_after(
    house: House, machine: Machine
) -> None:
    kiosk = Kiosk(house, machine)
    beat = {**BEAT, "journal_seq": 1, "journal_head": "aa"}
    told = kiosk.ask("POST", "/v1/terminals/heartbeat", beat).json()
    assert not told["renew_certificate"]
    house.clock.pass_seconds(61 * 24 * 3600)
    assert kiosk.ask("POST", "/v1/terminals/heartbeat", beat).json()["renew_certificate"]
    following = Machine()
    answer = kiosk.ask(
        "POST", "/v1/terminals/renewal", {"csr": following.csr}, **{"Idempotency-Key": new_key()}
    )
    following.certificate = answer.json()["certificate"]

    house.clock.pass_seconds(29 * 24 * 3600 + 1)

    assert kiosk.ask("GET", "/v1/departments").status_code == 401
    assert Kiosk(house, following).ask("GET", "/v1/departments").status_code == 200


def test_terminal_without_a_certificate_has_nothing_to_renew(house: House) -> None:
    assert house.refused("/v1/terminals/renewal", {"csr": Machine().csr}) == "not_enrolled"


def test_revoked_terminal_is_nobody_until_it_is_enrolled_anew(
    house: House, machine: Machine
) -> None:
    desk = sign_in(house, TECHNICIAN, TECH)
    seen = desk.done("/v1/terminals/K01/revoke", {"reason": "stolen"})
    assert (seen["enabled"], seen["certificate_ends"]) == (False, "")

    assert Kiosk(house, machine).ask("GET", "/v1/departments").status_code == 401
    told = desk.get("/v1/revocations")
    ((serial, reason),) = [(each["serial"], each["reason"]) for each in told["revoked"]]
    assert reason == "stolen"
    crl = x509.load_pem_x509_crl(told["crl"].encode())
    assert crl.get_revoked_certificate_by_serial_number(int(serial, 16)) is not None
    anew = Machine()
    anew.token = "token of the machine that came after"
    anew.enrol(house, "K01")
    assert Kiosk(house, anew).ask("GET", "/v1/departments").status_code == 200


def test_authoritys_key_is_its_own_and_made_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("own") / "authority"
    now = HandClock().now()

    first = Authority(folder, "H1").certificate_pem(now)

    assert Authority(folder, "H1").certificate_pem(now) == first
    assert (folder / "terminals.key").stat().st_mode & 0o077 == 0
