"""What of a person is shown to whom."""

from __future__ import annotations

import pytest

from core.identity import (
    Audience,
    is_mobile_number,
    mask_id_number,
    mask_name,
    mask_number,
    mask_phone,
)

_KIOSK, _WINDOW = Audience.KIOSK, Audience.WINDOW


@pytest.mark.parametrize(
    ("name", "audience", "shown"),
    [
        ("张建国", _KIOSK, "张*国"),
        ("李芳", _KIOSK, "李*"),
        ("王", _KIOSK, "王*"),
        ("欧阳建国", _KIOSK, "欧**国"),
        ("买买提·艾力江", _KIOSK, "买*****江"),
        ("", _KIOSK, ""),
        ("张建国", _WINDOW, "张建国"),
    ],
)
def test_name_is_masked_at_a_kiosk_only(name: str, audience: Audience, shown: str) -> None:
    assert mask_name(name, audience) == shown


@pytest.mark.parametrize(
    ("number", "audience", "shown"),
    [
        ("330302198402290016", _KIOSK, "3***************16"),
        ("330302198402290016", _WINDOW, "330302********0016"),
        ("12X", _KIOSK, "***"),
        ("1234567890", _WINDOW, "**********"),
        ("", _KIOSK, ""),
    ],
)
def test_id_number_keeps_only_its_ends(number: str, audience: Audience, shown: str) -> None:
    assert mask_id_number(number, audience) == shown


@pytest.mark.parametrize(
    ("number", "shown"), [("13800001234", "138****1234"), ("1234567", "*******"), ("", "")]
)
def test_phone_keeps_three_and_four(number: str, shown: str) -> None:
    assert mask_phone(number) == shown


@pytest.mark.parametrize(("number", "shown"), [("260000000017", "********0017"), ("0017", "****")])
def test_card_number_keeps_the_last_four(number: str, shown: str) -> None:
    assert mask_number(number) == shown


@pytest.mark.parametrize("text", ["13000000000", "19999999999"])
def test_eleven_digits_from_13_to_19_are_a_mobile_number(text: str) -> None:
    assert is_mobile_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "12000000000",
        "1380000000",
        "138000000000",
        "+8613800000000",
        "１3800000000",
        "13800000000\n",
    ],
)
def test_anything_else_is_no_mobile_number(text: str) -> None:
    assert not is_mobile_number(text)
