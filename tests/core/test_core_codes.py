"""What a scanned text is taken for, hostile ones included."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.codes import (
    BadgeCode,
    ForeignCode,
    IdentityCode,
    PaymentChannel,
    PaymentCode,
    RecognisedCode,
    recognise,
)
from core.identity import Medium, MediumKind

_E_CODE = "ECDEMO0000000000000000LIXF01"
_UNIONPAY = "6212345678901234567"
_SLIP = "ZF1.S.S20260105-0001.MFRGGZDFMZTWQ2LKNNWG23TPOB"


@pytest.mark.parametrize("prefix", ["10", "11", "12", "13", "14", "15"])
def test_eighteen_digits_from_10_to_15_are_a_wechat_code(prefix: str) -> None:
    text = prefix + "0" * 16
    assert recognise(text) == PaymentCode(PaymentChannel.WECHAT, text)


@pytest.mark.parametrize("prefix", ["25", "26", "27", "28", "29", "30"])
@pytest.mark.parametrize("length", [16, 24])
def test_sixteen_to_24_digits_from_25_to_30_are_an_alipay_code(prefix: str, length: int) -> None:
    text = prefix.ljust(length, "7")
    assert recognise(text) == PaymentCode(PaymentChannel.ALIPAY, text)


def test_nineteen_digits_from_62_are_a_unionpay_code() -> None:
    assert recognise(_UNIONPAY) == PaymentCode(PaymentChannel.UNIONPAY, _UNIONPAY)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (_E_CODE, MediumKind.EC_CODE),
        (_SLIP, MediumKind.SLIP),
        ("ZF1.R.F1.AAAA", MediumKind.SLIP),
        ("ZF1.V.G1.AAAA", MediumKind.SLIP),
        ("CITYWANGJ100000000000000000000000001", MediumKind.CITY_CODE),
        ("ZF1.U.K01-op-18524.AAAA", MediumKind.SLIP),
    ],
)
def test_identity_codes_and_slips_name_a_medium(text: str, kind: MediumKind) -> None:
    assert recognise(text) == IdentityCode(Medium(kind, text))


def test_badge_is_told_apart_from_slips() -> None:
    assert recognise("ZF1.B.2107") == BadgeCode("2107")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "16" + "0" * 16,
        "13" + "0" * 15,
        "13" + "0" * 17,
        "130000000000000001\n",
        "\r130000000000000001",
        "１30000000000000001",
        "٣0000000000000001",
        "24" + "0" * 16,
        "61" + "0" * 17,
        "62" + "0" * 16,
        "62" + "0" * 18,
        "62" + "0" * 16 + "A",
        "30" + "0" * 23,
        "6901234567892",
        "https://example.org/?q=130000000000000001",
        "WIFI:S:ward;T:WPA;P:secret;;",
        "javascript:alert(1)",
        "' or 1=1 --",
        "\u202e100000000000000031",
        "\ufeff" + _E_CODE,
        _E_CODE.lower(),
        _E_CODE + "A",
        "\x1b[2J\x1b[H",
        "\x00" * 18,
        "ZF1.X.F1.AAAA",
        "ZF1.B.",
        "ZF1.B.2107.AAAA",
        "CITYwangj100000000000000000000000001",
        "ZF1.S.../../etc/passwd",
        "ZF1.S." + "A" * 121,
        "ZF2.S.F1.AAAA",
        "王建国",
        "A" * 4096,
        "1" * 4096,
    ],
)
def test_anything_else_is_foreign(text: str) -> None:
    assert recognise(text) == ForeignCode()


@given(st.text(max_size=600))
def test_no_text_raises_and_what_is_recognised_is_clean(text: str) -> None:
    found: RecognisedCode = recognise(text)
    if not isinstance(found, ForeignCode):
        assert text.isascii()
        assert text.isprintable()


def test_a_spendable_code_is_not_in_its_repr() -> None:
    assert "130000000000000001" not in repr(recognise("130000000000000001"))
    assert _UNIONPAY not in repr(recognise(_UNIONPAY))
    assert _E_CODE not in repr(recognise(_E_CODE))
