"""Still images: what is read, how a text is understood, and what is never told."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pytest
import segno
import zxingcpp
from hypothesis import given, settings
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from devices.scanner.code import CODE128, QR, Code, alike
from devices.scanner.decode import decode
from devices.scanner.region import region_of, straightened
from devices.scanner.symbol_text import text_of_bytes
from devices.scanner.tally import Tally

Image = NDArray[np.uint8]
PAYMENT = "134567890123456789"
OTHER = "281234567890123456"


def qr(text: str | bytes, scale: int = 8) -> Image:
    """A drawn QR code, grey."""
    drawn = io.BytesIO()
    segno.make(text, micro=False).save(drawn, kind="png", scale=scale)
    image = cv2.imdecode(np.frombuffer(drawn.getvalue(), np.uint8), cv2.IMREAD_GRAYSCALE)
    assert image is not None
    return image.astype(np.uint8)


def strip(text: str, width: int = 536) -> Image:
    """A drawn Code 128 strip with its quiet zone, grey."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128)
    bars = np.array(code.to_image(scale=1))[:1]
    image = cv2.resize(bars, (width, 120), interpolation=cv2.INTER_NEAREST)
    return image.astype(np.uint8)


def sheet(*placed: tuple[Image, int, int], height: int = 720, width: int = 1280) -> Image:
    """Drawn codes on light grey paper, each with its top and left."""
    paper = np.full((height, width), 225, np.uint8)
    for image, top, left in placed:
        paper[top : top + image.shape[0], left : left + image.shape[1]] = image
    return paper


def noisy(image: Image, blur: float = 0.8) -> Image:
    """As a camera would see it; always the same noise."""
    noise = np.random.default_rng(7).normal(0, 4, image.shape)
    soft = cv2.GaussianBlur(image, (0, 0), blur)
    return (soft.astype(np.float64) + noise).clip(0, 255).astype(np.uint8)


def turned(image: Image, degrees: float) -> Image:
    """Around its middle, on paper."""
    height, width = image.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    seen = cv2.warpAffine(image, turn, (width, height), borderValue=(225,))
    return seen.astype(np.uint8)


def test_qr_code_is_read_from_grey_and_from_colour() -> None:
    image = sheet((qr(PAYMENT), 100, 200))
    for form in (image, image[:, :, None], cv2.cvtColor(image, cv2.COLOR_GRAY2BGR)):
        assert decode(form.astype(np.uint8)) == [Code(PAYMENT, "QR")]
    assert decode(cv2.cvtColor(image, cv2.COLOR_GRAY2BGRA).astype(np.uint8)) == [Code(PAYMENT, QR)]


def test_code_128_is_read() -> None:
    assert decode(noisy(sheet((strip(PAYMENT), 300, 300)))) == [Code(PAYMENT, "Code128")]


def test_light_code_on_dark_ground_is_read() -> None:
    assert decode((255 - sheet((qr(PAYMENT), 100, 200))).astype(np.uint8)) == [Code(PAYMENT, QR)]


def test_code_without_a_quiet_zone_on_the_border_is_read() -> None:
    assert decode(qr(PAYMENT)[32:-32, 32:-32]) == [Code(PAYMENT, QR)]


def test_small_qr_code_is_read_by_a_further_rung() -> None:
    small = cv2.resize(qr(PAYMENT, 4), None, fx=0.4, fy=0.4, interpolation=cv2.INTER_AREA)
    assert decode(noisy(sheet((small.astype(np.uint8), 300, 500)))) == [Code(PAYMENT, QR)]


@pytest.mark.parametrize("degrees", [20, 35, 45, 60, 90])
def test_strip_is_read_however_it_is_turned(degrees: float) -> None:
    image = noisy(turned(sheet((strip(PAYMENT, 402), 300, 440)), degrees))
    assert decode(image) == [Code(PAYMENT, CODE128)]


def test_all_codes_of_one_image_are_told() -> None:
    image = sheet((qr(PAYMENT), 20, 20), (qr("ZF-SLIP"), 300, 900), (strip(OTHER), 580, 100))
    assert {(code.text, code.symbology) for code in decode(noisy(image))} == {
        (PAYMENT, QR),
        ("ZF-SLIP", QR),
        (OTHER, CODE128),
    }


def test_two_labels_with_like_numbers_are_both_told() -> None:
    image = sheet((strip("SPEC0000123"), 100, 60), (strip("SPEC0000124"), 560, 680))
    assert {code.text for code in decode(noisy(image))} == {"SPEC0000123", "SPEC0000124"}


def test_same_code_twice_is_told_once() -> None:
    image = sheet((qr(PAYMENT), 20, 20), (qr(PAYMENT), 300, 900))
    assert decode(image) == [Code(PAYMENT, QR)]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("就诊卡 张三".encode(), "就诊卡 张三"),
        ("就诊卡 张三".encode("gb18030"), "就诊卡 张三"),
        ("李四𠮷".encode("gb18030"), "李四𠮷"),
        ("王小明".encode("gb2312"), "王小明"),
    ],
)
def test_chinese_text_is_understood_without_a_declared_encoding(raw: bytes, text: str) -> None:
    assert [code.text for code in decode(sheet((qr(raw), 50, 50)))] == [text]


def test_japanese_text_does_not_become_chinese() -> None:
    katakana = "ﾃﾞｻﾞｲﾝQR"
    assert text_of_bytes(katakana.encode("shift_jis"), katakana) == katakana
    assert text_of_bytes("モバイル".encode("shift_jis"), "モバイル") == "モバイル"


def test_bytes_of_no_known_encoding_keep_the_readers_guess() -> None:
    assert text_of_bytes(b"\xff\xfe\x80", "ÿþ") == "ÿþ"


def test_chinese_names_are_not_taken_for_japanese() -> None:
    """All pairs of 40 family and 40 given names, whatever another reader guesses.

    28 of the 1,600 are valid UTF-8 by chance; no rule can tell those.
    """
    families = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余"
    given_names = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅玲燕波斌鹏辉健宇浩凯晨雪"
    wrong = 0
    for name in (family + one for family in families for one in given_names):
        raw = name.encode("gb2312")
        wrong += text_of_bytes(raw, raw.decode("shift_jis", errors="replace")) != name
    assert wrong == 28


@pytest.mark.parametrize(
    "image",
    [
        np.zeros((0, 0), np.uint8),
        np.zeros((1, 1), np.uint8),
        np.zeros((7, 400), np.uint8),
        np.zeros((8, 8), np.uint8),
        np.zeros((8, 3000, 3), np.uint8),
        np.zeros((3000, 8, 3), np.uint8),
        np.full((200, 200, 3), 255, np.uint8),
        np.zeros((20, 20, 2), np.uint8),
        np.zeros((20, 20, 3, 3), np.uint8),
    ],
    ids=lambda image: "x".join(map(str, image.shape)),
)
def test_image_that_can_hold_no_code_gives_nothing(image: Image) -> None:
    assert decode(image) == []


@given(image=arrays.arrays(np.uint8, arrays.array_shapes(min_dims=2, max_dims=3, max_side=40)))
@settings(max_examples=60)
def test_noise_of_any_shape_gives_no_code(image: Image) -> None:
    assert decode(image) == []


def test_view_of_a_larger_array_is_read() -> None:
    image = np.repeat(np.repeat(sheet((qr(PAYMENT), 100, 200)), 2, axis=0), 2, axis=1)
    assert decode(image[::2, ::2]) == [Code(PAYMENT, QR)]


def test_region_is_around_the_code() -> None:
    part = region_of(noisy(sheet((qr(PAYMENT), 400, 900))))
    assert part is not None
    assert part.size < 1280 * 720 / 4
    assert region_of(np.full((720, 1280), 90, np.uint8)) is None


def test_only_a_slanting_strip_is_straightened() -> None:
    upright = sheet((strip(PAYMENT), 300, 300))
    assert straightened(upright) is None
    assert straightened(np.zeros((100, 100), np.uint8)) is None
    assert straightened(turned(upright, 30)) is not None


def test_code_is_not_in_its_repr() -> None:
    assert PAYMENT not in repr(Code(PAYMENT, QR))


def test_one_read_of_a_strip_is_not_enough_and_of_a_qr_code_is() -> None:
    tally = Tally()
    tally.add([Code(OTHER, CODE128), Code("Q", QR)])
    assert tally.sure() == [Code("Q", QR)]
    assert not tally.settled
    tally.add([Code(OTHER, CODE128)])
    assert tally.sure() == [Code(OTHER, CODE128), Code("Q", QR)]
    assert tally.settled


def test_strip_that_a_qr_code_repeats_is_sure() -> None:
    tally = Tally()
    tally.add([Code(PAYMENT, CODE128), Code(PAYMENT, QR)])
    assert tally.settled
    assert len(tally.sure()) == 2


def test_strip_must_lead_its_rival_by_two_reads() -> None:
    wrong = "134567890173456786"
    assert alike(PAYMENT, wrong)
    tally = Tally()
    for text in (wrong, PAYMENT, PAYMENT):
        tally.add([Code(text, CODE128)])
    assert tally.sure() == []
    tally.add([Code(PAYMENT, CODE128)])
    assert tally.sure() == [Code(PAYMENT, CODE128)]
    assert tally.settled
