"""Operators signed in at the terminals of a house, and machines that want to be terminals."""

from __future__ import annotations

from dataclasses import dataclass

import httpx
from backend_bench import Json
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.oid import NameOID
from service_bench import WINDOW, House, new_key

TECH = "demo-tech"
CASHIER, SUPERVISOR, TECHNICIAN = "2107", "2101", "2301"
FINANCE, AUDITOR = "2401", "2501"


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody signed in at a terminal."""

    house: House
    token: str
    operator_token: str

    @property
    def headers(self) -> dict[str, str]:
        """Of the operator."""
        return {"X-Operator-Token": self.operator_token}

    def get(self, path: str) -> Json:
        """A 200 answer."""
        answer = self.house.ask("GET", path, token=self.token, headers=self.headers)
        assert answer.status_code == 200, answer.text
        content: Json = answer.json()
        return content

    def post(self, path: str, body: object, *, key: str = "") -> httpx.Response:
        """Any answer."""
        return self.house.post(path, body, key=key, token=self.token, operator=self.operator_token)

    def done(self, path: str, body: object, *, key: str = "") -> Json:
        """The content of what is not refused."""
        answer = self.post(path, body, key=key)
        assert answer.status_code in (200, 201), answer.text
        content: Json = answer.json()
        return content

    def refused(self, path: str, body: object, *, key: str = "") -> str:
        """Why it is refused."""
        answer = self.post(path, body, key=key)
        assert answer.status_code == 409, answer.text
        reason: str = answer.json()["refused"]
        return reason


def sign_in(house: House, number: str, token: str = WINDOW, password: str = "") -> Desk:
    """With the demo's password unless another one is named."""
    body = {"operator": number, "password": password or f"demo-{number}"}
    told = house.done("/v1/operators/sign-in", body, token=token)
    return Desk(house, token, told["token"])


class Machine:
    """A machine with a key of its own and a token it made."""

    def __init__(self) -> None:
        self.key = Ed25519PrivateKey.generate()
        self.token = "token of a machine that the tests made up"
        self.certificate, self.authority = "", ""

    @property
    def csr(self) -> str:
        """What it sends; the name in it is a lie, and ignored."""
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "W07")])
        builder = x509.CertificateSigningRequestBuilder().subject_name(name)
        return builder.sign(self.key, None).public_bytes(serialization.Encoding.PEM).decode()

    @property
    def key_pem(self) -> bytes:
        """What it keeps."""
        return self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )

    @property
    def certificate_der(self) -> bytes:
        """What it shows."""
        made = x509.load_pem_x509_certificate(self.certificate.encode())
        return made.public_bytes(serialization.Encoding.DER)

    def ask(self, house: House, code: str) -> Json:
        """With a one-time code."""
        body = {"code": code, "csr": self.csr, "token": self.token}
        return house.done("/v1/enrolments", body, key=new_key(), token="")

    def enrol(self, house: House, terminal_id: str) -> None:
        """All of it, as the terminal of this number."""
        desk = sign_in(house, TECHNICIAN, TECH)
        code = desk.done(f"/v1/terminals/{terminal_id}/enrolment-codes", None)["code"]
        asked = self.ask(house, code)
        desk.done(
            f"/v1/enrolments/{asked['enrolment_id']}/approve",
            {"fingerprint": asked["fingerprint"]},
        )
        told = house.get(f"/v1/enrolments/{asked['enrolment_id']}", token="")
        self.certificate, self.authority = told["certificate"], told["authority"]
