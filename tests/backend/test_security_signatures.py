"""Signed requests: what a signature covers, and that no bit of it can be another one."""

from __future__ import annotations

import base64
import hashlib
import random
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from settlement_backend.terminals.signatures import BadSignature, Claim, Request, check, claim_of

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
BODY = b'{"reason":"left"}'
KEY_ID = "ab" * 32
HEADERS = (
    ("host", "127.0.0.1:8470"),
    ("content-digest", "sha-256=:WOqPfCEQ+DR3y3X1r9PdQ80HrNEgV7saCOK0j+imTV0=:"),
    ("authorization", "Bearer demo"),
    ("idempotency-key", "op-1/cancel"),
    ("x-operator-token", "token"),
    ("x-journal-seq", "17"),
    ("x-journal-head", "ab12"),
)
COVERED = (
    '("@method" "@target-uri" "content-digest" "authorization" "idempotency-key" '
    '"x-operator-token" "x-journal-seq" "x-journal-head")'
)
PARAMETERS = (
    f'{COVERED};created=1772418000;seq=17825793;nonce="{"0" * 32}"'
    f';alg="ed25519";keyid="{KEY_ID}";tag="zhenfu-intl"'
)
TARGET = "https://127.0.0.1:8470/v1/settlements/s-1/cancel?x=1"
# What is signed, as docs/backend_api/security.md shows it.
BASE = (
    '"@method": POST\n'
    '"@target-uri": https://127.0.0.1:8470/v1/settlements/s-1/cancel?x=1\n'
    '"content-digest": sha-256=:WOqPfCEQ+DR3y3X1r9PdQ80HrNEgV7saCOK0j+imTV0=:\n'
    '"authorization": Bearer demo\n'
    '"idempotency-key": op-1/cancel\n'
    '"x-operator-token": token\n'
    '"x-journal-seq": 17\n'
    '"x-journal-head": ab12\n'
    f'"@signature-params": {PARAMETERS}'
)


def signed(base: str = BASE, parameters: str = PARAMETERS, label: str = "zf") -> Request:
    """The request with the signature of a text."""
    signature = base64.b64encode(KEY.sign(base.encode())).decode()
    told = (("signature-input", f"{label}={parameters}"), ("signature", f"zf=:{signature}:"))
    return Request("POST", TARGET, HEADERS + told, BODY)


def refused(request: Request) -> bool:
    """Nobody is known by it."""
    try:
        claim_of(request)
        check(request, KEY.public_key())
    except BadSignature:
        return True
    return False


def test_request_of_the_page_is_accepted() -> None:
    digest = base64.b64encode(hashlib.sha256(BODY).digest()).decode()
    assert dict(HEADERS)["content-digest"] == f"sha-256=:{digest}:"

    assert claim_of(signed()) == Claim(KEY_ID, 17825793, 1772418000)
    check(signed(), KEY.public_key())


def test_f82_ten_thousand_single_bit_changes_are_refused() -> None:
    """In method, target, body, and every header that counts but Host, which target holds."""
    request, dice = signed(), random.Random(20260302)
    places = [name for name, _ in request.headers if name != "host"]
    for _ in range(10_000):
        place = dice.choice(["method", "target", "body", *places])
        assert refused(_changed(request, place, dice)), place


def _changed(request: Request, place: str, dice: random.Random) -> Request:
    def flip(content: bytes) -> bytes:
        at = dice.randrange(len(content) * 8)
        changed = bytearray(content)
        changed[at // 8] ^= 1 << at % 8
        return bytes(changed)

    def text(content: str) -> str:
        return flip(content.encode("latin-1")).decode("latin-1")

    match place:
        case "method":
            return replace(request, method=text(request.method))
        case "target":
            return replace(request, target=text(request.target))
        case "body":
            return replace(request, body=flip(request.body))
    headers = [(name, text(value) if name == place else value) for name, value in request.headers]
    return replace(request, headers=headers)


@pytest.mark.parametrize("name", [name for name, _ in signed().headers if name != "host"])
def test_header_taken_away_or_doubled_is_refused(name: str) -> None:
    request = signed()
    fewer = [pair for pair in request.headers if pair[0] != name]
    twice = [*request.headers, (name, dict(request.headers)[name])]

    assert refused(replace(request, headers=fewer))
    assert refused(replace(request, headers=twice))


def test_header_that_was_not_signed_cannot_be_added() -> None:
    without = BASE.replace('"x-operator-token": token\n', "").replace(' "x-operator-token"', "")
    parameters = PARAMETERS.replace(' "x-operator-token"', "")
    request = signed(without, parameters)
    honest = [pair for pair in request.headers if pair[0] != "x-operator-token"]

    assert not refused(replace(request, headers=honest))
    assert refused(request)


@pytest.mark.parametrize(
    "parameters",
    [
        PARAMETERS.replace("intl", "gm").replace("ed25519", "sm2-sm3"),
        PARAMETERS.replace("intl", "gm"),
        PARAMETERS.replace("ed25519", "hmac-sha256"),
        PARAMETERS.replace(";created=1772418000", ";created=-1"),
        PARAMETERS.replace(";seq=17825793", ""),
        PARAMETERS.replace(KEY_ID, KEY_ID.upper()),
        PARAMETERS + ";expires=1",
        PARAMETERS.replace('("@method" ', "("),
        "",
    ],
)
def test_other_parameters_are_refused_even_when_signed(parameters: str) -> None:
    assert refused(signed(BASE.replace(PARAMETERS, parameters), parameters))


def test_request_without_a_time_is_claimed_without_one() -> None:
    parameters = PARAMETERS.replace(";created=1772418000", "")
    request = signed(BASE.replace(PARAMETERS, parameters), parameters)

    assert claim_of(request) == Claim(KEY_ID, 17825793, None)
    assert not refused(request)


def test_another_key_is_refused() -> None:
    with pytest.raises(BadSignature):
        check(signed(), Ed25519PrivateKey.generate().public_key())


def test_another_label_or_text_of_the_same_bytes_is_refused() -> None:
    request = signed()
    assert refused(signed(label="sig1"))
    loose = [
        (name, value.replace("=:", "=: ") if name == "signature" else value)
        for name, value in request.headers
    ]
    assert refused(replace(request, headers=loose))
