"""Single attempts ("rungs") to read QR and Code 128 out of a grey image (docs/decoding.md).

Whoever climbs decides the order: `decode` all of them for a still image, the camera one more per
frame. What a reader would get wrong: no rung is trusted alike. Code 128 has a weak check, and
both
libraries now and then read a wrong number out of a blurred strip: two equal reads are asked for.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import zxingcpp
from pyzbar import pyzbar

from devices.scanner.code import CODE128, QR, Code, Grey, alike
from devices.scanner.symbol_text import text_of_symbol

LARGE_AREA = 900_000
MIDDLE_AREA = 500_000
_FORMS = zxingcpp.BarcodeFormat
_PLAIN = zxingcpp.TextMode.Plain
_NO_GAIN = 1.05
_BOTH = zxingcpp.BarcodeFormats((_FORMS.QRCodeModel2, _FORMS.Code128))
_OLD_MODEL = zxingcpp.BarcodeFormats(_FORMS.QRCodeModel1)
_ZBAR_SYMBOLS = [pyzbar.ZBarSymbol.QRCODE, pyzbar.ZBarSymbol.CODE128]


Rung = Callable[[Grey], list[Code]]


def scaled(grey: Grey, factor: float, most_area: int) -> Grey:
    """Larger by `factor`, but never above `most_area` pixels: a large picture becomes smaller."""
    factor = min(factor, (most_area / grey.size) ** 0.5)
    if 1 <= factor <= _NO_GAIN:
        return grey
    size = (max(1, round(grey.shape[1] * factor)), max(1, round(grey.shape[0] * factor)))
    way = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
    return cv2.resize(grey, size, interpolation=way).astype(np.uint8, copy=False)


def evened(grey: Grey) -> Grey:
    """Local contrast made even (CLAHE)."""
    return cv2.createCLAHE(2.0, (8, 8)).apply(grey).astype(np.uint8, copy=False)


def sharpened(grey: Grey) -> Grey:
    """Unsharp mask over three pixels."""
    soft = cv2.GaussianBlur(grey, (0, 0), 3)
    return cv2.addWeighted(grey, 3.0, soft, -2.0, 0).astype(np.uint8, copy=False)


def smeared(grey: Grey) -> Grey:
    """Mean over 15 rows: noise goes, upright bars stay."""
    return cv2.blur(grey, (1, 15)).astype(np.uint8, copy=False)


def framed(grey: Grey) -> Grey:
    """With a white border: codes cut out without their quiet zone."""
    width = max(8, max(grey.shape) // 10)
    return cv2.copyMakeBorder(grey, *(width,) * 4, cv2.BORDER_CONSTANT, value=(255,)).astype(
        np.uint8, copy=False
    )


def zxing(grey: Grey) -> list[Code]:
    """zxing-cpp, inverted, turned and shrunk as well."""
    return _codes(zxingcpp.read_barcodes(grey, formats=_BOTH, text_mode=_PLAIN))


def zxing_old_model(grey: Grey) -> list[Code]:
    """QR Model 1, the form before today's."""
    found = zxingcpp.read_barcodes(grey, formats=_OLD_MODEL, text_mode=_PLAIN)
    return _codes(found)


def zxing_histogram(grey: Grey) -> list[Code]:
    """zxing-cpp with one threshold for the whole image: coloured and patterned modules."""
    one_threshold = zxingcpp.Binarizer.GlobalHistogram
    found = zxingcpp.read_barcodes(grey, formats=_BOTH, text_mode=_PLAIN, binarizer=one_threshold)
    return _codes(found)


def zbar(grey: Grey) -> list[Code]:
    """zbar; ASCII texts only, because it guesses at all others."""
    try:
        found = pyzbar.decode(grey, symbols=_ZBAR_SYMBOLS)
    except ValueError:  # pyzbar 0.1.9 on an orientation that zbar does not know
        return []
    return [
        Code(symbol.data.decode("ascii"), QR if symbol.type == "QRCODE" else CODE128)
        for symbol in found
        if symbol.data and symbol.data.isascii()
    ]


def _codes(found: list[zxingcpp.Barcode]) -> list[Code]:
    good = [symbol for symbol in found if symbol.valid and symbol.text]
    codes: list[Code] = []
    for symbol in good:
        is_strip = symbol.format == _FORMS.Code128
        overruled = _is_contradicted if is_strip else _is_inside
        text = symbol.text if is_strip else text_of_symbol(symbol)
        code = Code(text, CODE128 if is_strip else QR)
        if code not in codes and not any(overruled(symbol, other) for other in good):
            codes.append(code)
    return codes


def _is_contradicted(strip: zxingcpp.Barcode, other: zxingcpp.Barcode) -> bool:
    """Two texts of one strip: at least one of them is wrong."""
    if other.format != _FORMS.Code128 or not alike(strip.text, other.text):
        return False
    left, top, right, bottom = _box(strip)
    other_left, other_top, other_right, other_bottom = _box(other)
    across = abs(left + right - other_left - other_right) // 2
    down = abs(top + bottom - other_top - other_bottom) // 2
    return 2 * max(across, down) < max(right - left, bottom - top)


def _is_inside(symbol: zxingcpp.Barcode, other: zxingcpp.Barcode) -> bool:
    """A small QR code drawn into a larger one is the larger one's ornament."""
    one, two = _box(symbol), _box(other)
    return (
        other.format != _FORMS.Code128
        and two[2] - two[0] > one[2] - one[0]
        and two[0] < (one[0] + one[2]) / 2 < two[2]
        and two[1] < (one[1] + one[3]) / 2 < two[3]
    )


def _box(symbol: zxingcpp.Barcode) -> tuple[int, int, int, int]:
    """Left, top, right, bottom."""
    place = symbol.position
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    across, down = [c.x for c in corners], [c.y for c in corners]
    return min(across), min(down), max(across), max(down)
