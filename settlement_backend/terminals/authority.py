"""The hospital's own small certificate authority for terminals: one Ed25519 key in one folder.

Talks to that folder. What a reader would get wrong: the key is made when it is first needed, and
whoever has it can make terminals; it is the backend's own (0600) and belongs in no backup that
others read. Backends that share a database share the folder.
"""

from __future__ import annotations

import base64
import hashlib
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from settlement_backend.base.errors import Refused

_KEY, _CERTIFICATE = "terminals.key", "terminals.pem"
_OWN_YEARS = 20
_SETTINGS = b"zhenfu-settings\n"
_LONGEST_REQUEST = 4_000


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate for a terminal."""

    serial: str
    der: bytes
    not_after: datetime


class Authority:
    """Certifies terminals' keys, lists revoked ones, signs what terminals are set to."""

    def __init__(self, folder: Path, hospital_id: str) -> None:
        self._folder, self._hospital_id = folder, hospital_id
        self._kept: tuple[Ed25519PrivateKey, x509.Certificate] | None = None

    def certificate_pem(self, now: datetime) -> str:
        """Our own certificate: what `--client-ca` names, and what terminals check settings by."""
        return _pem(self._own(now)[1])

    def certificate_file(self, now: datetime) -> Path:
        """The same as a file."""
        self._own(now)
        return self._folder / _CERTIFICATE

    def issue(self, csr_pem: str, terminal_id: str, days: int, now: datetime) -> Issued:
        """A certificate for the key of a request; its name is ours to say, not the request's.

        Raises Refused `bad_csr`.
        """
        key, own = self._own(now)
        not_after = now.replace(microsecond=0) + timedelta(days=days)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(self._name(terminal_id))
            .issuer_name(own.subject)
            .public_key(public_key_of(csr_pem))
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(minutes=5))
            .not_valid_after(not_after)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), critical=True)
            .add_extension(_usage(signs_certificates=False), critical=True)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False
            )
            .sign(key, None)
        )
        der = certificate.public_bytes(serialization.Encoding.DER)
        return Issued(format(certificate.serial_number, "x"), der, not_after)

    def revocation_list_pem(self, revoked: list[tuple[str, datetime]], now: datetime) -> str:
        """The X.509 list of revoked serial numbers, good for a day."""
        key, own = self._own(now)
        builder = x509.CertificateRevocationListBuilder().issuer_name(own.subject)
        builder = builder.last_update(now).next_update(now + timedelta(days=1))
        for serial, at in revoked:
            entry = x509.RevokedCertificateBuilder().serial_number(int(serial, 16))
            builder = builder.add_revoked_certificate(entry.revocation_date(at).build())
        return builder.sign(key, None).public_bytes(serialization.Encoding.PEM).decode()

    def signature_of(self, settings: str, now: datetime) -> str:
        """Ed25519 over a settings text, base64."""
        signature = self._own(now)[0].sign(_SETTINGS + settings.encode())
        return base64.b64encode(signature).decode()

    def _name(self, common_name: str) -> x509.Name:
        return x509.Name(
            [
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, self._hospital_id),
                x509.NameAttribute(NameOID.COMMON_NAME, common_name),
            ]
        )

    def _own(self, now: datetime) -> tuple[Ed25519PrivateKey, x509.Certificate]:
        if self._kept is None:
            key = _kept_key(self._folder / _KEY)
            file = self._folder / _CERTIFICATE
            if not file.exists():
                waiting = file.with_suffix(f".{os.getpid()}")
                waiting.write_text(_pem(self._self_signed(key, now)), "ascii")
                waiting.replace(file)
            self._kept = key, x509.load_pem_x509_certificate(file.read_bytes())
        return self._kept

    def _self_signed(self, key: Ed25519PrivateKey, now: datetime) -> x509.Certificate:
        name = self._name("terminals")
        return (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=365 * _OWN_YEARS))
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(signs_certificates=True), critical=True)
            .add_extension(
                x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
            )
            .sign(key, None)
        )


def public_key_of(csr_pem: str) -> Ed25519PublicKey:
    """The key that a request asks to certify, proved by its own signature. Raises Refused."""
    try:
        if len(csr_pem) > _LONGEST_REQUEST:
            raise Refused("bad_csr")
        csr = x509.load_pem_x509_csr(csr_pem.encode())
        key = csr.public_key()
        proved = csr.is_signature_valid
    except (ValueError, InvalidSignature, TypeError):
        raise Refused("bad_csr") from None
    if not proved or not isinstance(key, Ed25519PublicKey):
        raise Refused("bad_csr", "Ed25519")
    return key


def fingerprint_of(key: Ed25519PublicKey) -> str:
    """What two people compare on two screens: half of the SHA-256, in groups of four."""
    told = key.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    digits = hashlib.sha256(told).hexdigest()[:32]
    return " ".join(digits[place : place + 4] for place in range(0, len(digits), 4))


def _kept_key(file: Path) -> Ed25519PrivateKey:
    """The key in the file; a new one when there is none. Of several that begin, one wins."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    waiting = file.with_suffix(f".{os.getpid()}")
    waiting.touch(mode=0o600)
    waiting.write_bytes(made)
    try:
        file.hardlink_to(waiting)
    except FileExistsError:
        pass
    finally:
        waiting.unlink()
    key = serialization.load_pem_private_key(file.read_bytes(), None)
    assert isinstance(key, Ed25519PrivateKey), f"{file} is not our authority's key"
    return key


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
