"""Signed requests: what the terminal sends is what docs/backend_api/security.md shows."""

from __future__ import annotations

import base64
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from client_bench import Bench, StillClock
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID
from requests import Request
from scripted_backend import Turn, answer

from backend_client.opening import SETTINGS, open_client
from backend_client.session import Identity
from backend_client.signing import BadKey, Signer, open_signer
from backend_client.wire import Answered, Wire
from core.errors import SettingsError
from core.settings import load

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY_ID = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # SHA-256 of "abc"
HEADERS = {
    "Authorization": "Bearer demo",
    "Idempotency-Key": "op-1/cancel",
    "X-Operator-Token": "token",
    "X-Journal-Seq": "17",
    "X-Journal-Head": "ab12",
}
BASE = """\
"@method": POST
"@target-uri": https://127.0.0.1:8470/v1/settlements/s-1/cancel?x=1
"content-digest": sha-256=:WOqPfCEQ+DR3y3X1r9PdQ80HrNEgV7saCOK0j+imTV0=:
"authorization": Bearer demo
"idempotency-key": op-1/cancel
"x-operator-token": token
"x-journal-seq": 17
"x-journal-head": ab12
"@signature-params": """
COVERED = (
    '("@method" "@target-uri" "content-digest" "authorization" "idempotency-key" '
    '"x-operator-token" "x-journal-seq" "x-journal-head")'
)


def signer() -> Signer:
    return Signer(KEY, b"abc", StillClock())


def signed(url: str, sign: Signer, **headers: str) -> dict[str, str]:
    """The headers of a signed request."""
    body = b'{"reason":"left"}'
    return dict(Request("POST", url, data=body, headers=headers, auth=sign).prepare().headers)


def verify(headers: dict[str, str], base: str) -> None:
    """Raises InvalidSignature."""
    parameters = headers["Signature-Input"].removeprefix("zf=")
    signature = headers["Signature"].removeprefix("zf=:").removesuffix(":")
    KEY.public_key().verify(base64.b64decode(signature), (base + parameters).encode())


def test_signature_covers_what_the_page_shows() -> None:
    headers = signed("https://127.0.0.1:8470/v1/settlements/s-1/cancel?x=1", signer(), **HEADERS)

    parameters = headers["Signature-Input"].removeprefix("zf=")
    nonce = parameters.split(";nonce=")[1][:34]
    assert parameters == (
        f"{COVERED};created=1772672523;seq=17825793;nonce={nonce}"
        f';alg="ed25519";keyid="{KEY_ID}";tag="zhenfu-intl"'
    )
    verify(headers, BASE)


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://backend.example:443/v1/x", "https://backend.example/v1/x"),
        ("https://backend.example", "https://backend.example/"),
        ("http://127.0.0.1:80/v1/x?a=b", "http://127.0.0.1/v1/x?a=b"),
        ("https://127.0.0.1:8470/v1/cards/a%2Fb", "https://127.0.0.1:8470/v1/cards/a%2Fb"),
    ],
)
def test_target_is_what_host_header_and_request_line_will_say(url: str, target: str) -> None:
    digest = "sha-256=:WOqPfCEQ+DR3y3X1r9PdQ80HrNEgV7saCOK0j+imTV0=:"
    base = f'"@method": POST\n"@target-uri": {target}\n"content-digest": {digest}\n'

    verify(signed(url, signer()), base + '"@signature-params": ')


def test_numbers_rise_with_each_request_and_with_the_journal() -> None:
    sign = signer()
    seqs = [
        int(
            signed("http://x", sign, **{"X-Journal-Seq": seq})["Signature-Input"]
            .split("seq=")[1]
            .split(";")[0]
        )
        for seq in ("17", "17", "18")
    ]

    assert seqs == sorted(set(seqs))
    assert [seq >> 20 for seq in seqs] == [17, 17, 18]


@pytest.mark.parametrize(
    ("apart_s", "timed"), [(0, True), (240, True), (241, False), (-300, False)]
)
def test_time_is_left_out_while_the_backends_differs(apart_s: int, timed: bool) -> None:
    sign, there = signer(), StillClock.now + timedelta(seconds=apart_s)
    sign.heard("no date")
    sign.heard(f"{there:%a, %d %b %Y %H:%M:%S GMT}")
    assert (";created=" in signed("http://x", sign)["Signature-Input"]) is timed

    sign.heard(f"{StillClock.now:%a, %d %b %Y %H:%M:%S GMT}")

    assert ";created=" in signed("http://x", sign)["Signature-Input"]


def certified(folder: Path, key: Ed25519PrivateKey = KEY) -> tuple[str, str]:
    """Files of a certificate for KEY and of a key."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "K01")])
    now = datetime(2026, 3, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder(name, name, KEY.public_key(), 1, now, now + timedelta(days=90))
        .sign(KEY, None)
        .public_bytes(Encoding.PEM)
    )
    (folder / "k.pem").write_bytes(made)
    kept = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "k.key").write_bytes(kept)
    return str(folder / "k.pem"), str(folder / "k.key")


def test_every_request_of_a_wire_with_an_identity_is_signed(bench: Bench, tmp_path: Path) -> None:
    backend = bench.backend([Turn(answer(200, b"{}")), Turn(answer(200, b"{}"))])
    pem, key = certified(tmp_path)
    identity = Identity(pem, key, open_signer(pem, key, StillClock()))
    with closing(Wire(backend.url, "token", identity=identity)) as wire:
        assert wire.call("GET", "/v1/x") == Answered(200, b"{}")
        assert wire.call("POST", "/v1/y", body={"a": 1}, key="k") == Answered(200, b"{}")

    inputs = [heard.headers["signature-input"] for heard in backend.heard]
    assert ['"idempotency-key"' in told for told in inputs] == [False, True]
    assert backend.heard[0].headers["content-digest"] == (
        "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"
    )


def test_key_of_another_certificate_or_none_is_told_at_once(tmp_path: Path) -> None:
    pem, key = certified(tmp_path, Ed25519PrivateKey.generate())
    with pytest.raises(BadKey, match="is not the Ed25519 key"):
        open_signer(pem, key, StillClock())
    with pytest.raises(BadKey, match="ValueError"):
        open_signer(pem, pem, StillClock())
    with pytest.raises(BadKey, match="FileNotFoundError"):
        open_signer("/none.pem", key, StillClock())


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        ('certificate_file = "/none.pem"', "belong together"),
        ('key_file = "/none.key"', "belong together"),
        ('certificate_file = "/none.pem"\nkey_file = "/none.key"', "FileNotFoundError"),
    ],
)
def test_settings_of_an_identity_that_is_not_there_stop_the_start(
    tmp_path: Path, lines: str, word: str
) -> None:
    file = tmp_path / "t.toml"
    file.write_text(f'[backend]\nurl = "https://x"\ntoken = "t"\n{lines}\n', "utf-8")

    with pytest.raises(SettingsError, match=word):
        open_client(load(file, SETTINGS), lambda: (0, ""))
