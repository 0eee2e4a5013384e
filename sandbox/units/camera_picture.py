"""What the virtual camera sees: a hall in dim light, and a phone whose screen shows a code.

Talks to nothing. One scene is a handful of JPEG frames that differ by sensor noise only; they are
made one at a time, because nobody may keep the units' loop waiting for all of them.
"""

from io import BytesIO

import segno
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from sandbox.units.camera_code128 import modules

WIDTH, HEIGHT = 1280, 720
FRAMES_A_SCENE = 8
JPEG_QUALITY = 85
NOISE_LEVELS, NOISE_MIDDLE = 4.0, 128
BLUR_DOTS = 0.7
UPRIGHT, LYING = (400, 640), (760, 420)
BEZEL_DOTS, CORNER_DOTS = 22, 36
ROOM_FROM_LEVEL, ROOM_TO_LEVEL = 70, 130
SCREEN, INK, BODY = (236, 240, 238), (24, 24, 28), (18, 18, 20)
QR, CODE_128 = "QR", "Code128"
SYMBOLOGIES = (QR, CODE_128)
TILT_DEGREES = {QR: 4.0, CODE_128: -1.5}
CODE_SIDE_DOTS, BARS_WIDE_DOTS, BARS_HIGH_DOTS = 340, 720, 200


class Scene:
    """A phone with ``text`` before the camera, or the empty hall when it is None."""

    def __init__(self, text: str | None, symbology: str) -> None:
        picture = _room()
        if text is not None:
            phone = _phone(text, symbology)
            place = ((WIDTH - phone.width) // 2, (HEIGHT - phone.height) // 2)
            picture.paste(phone, place, phone)
        self._still = picture.filter(ImageFilter.GaussianBlur(BLUR_DOTS))
        self._frames: dict[int, bytes] = {}

    def frame(self, number: int) -> bytes:
        """One JPEG; the first round is made on demand, then the same frames come again."""
        place = number % FRAMES_A_SCENE
        if place not in self._frames:
            self._frames[place] = self._new_frame()
        return self._frames[place]

    def _new_frame(self) -> bytes:
        noise = Image.effect_noise((WIDTH, HEIGHT), NOISE_LEVELS)
        noisy = ImageChops.add(self._still, noise.convert("RGB"), offset=-NOISE_MIDDLE)
        file = BytesIO()
        noisy.save(file, "JPEG", quality=JPEG_QUALITY)
        return file.getvalue()


def _room() -> Image.Image:
    """Light that falls in from the right."""
    across = Image.linear_gradient("L").rotate(90).resize((WIDTH, HEIGHT))
    span = ROOM_TO_LEVEL - ROOM_FROM_LEVEL
    return across.point(lambda level: ROOM_FROM_LEVEL + level * span // 255).convert("RGB")


def _phone(text: str, symbology: str) -> Image.Image:
    """The phone on transparent ground, tilted as a hand holds it."""
    width, height = UPRIGHT if symbology == QR else LYING
    phone = Image.new("RGBA", (width + 2 * BEZEL_DOTS, height + 2 * BEZEL_DOTS))
    pen = ImageDraw.Draw(phone)
    pen.rounded_rectangle((0, 0, phone.width - 1, phone.height - 1), CORNER_DOTS, (*BODY, 255))
    screen = (BEZEL_DOTS, BEZEL_DOTS, BEZEL_DOTS + width, BEZEL_DOTS + height)
    pen.rectangle(screen, (*SCREEN, 255))
    code = _qr(text) if symbology == QR else _bars(text)
    phone.paste(code, ((phone.width - code.width) // 2, (phone.height - code.height) // 2))
    return phone.rotate(TILT_DEGREES[symbology], Image.Resampling.BICUBIC, expand=True)


def _qr(text: str) -> Image.Image:
    matrix = [bytes(row) for row in segno.make(text, error="m", micro=False).matrix]
    dots = max(3, CODE_SIDE_DOTS // len(matrix))
    return _drawn([[bool(cell) for cell in row] for row in matrix], dots, dots)


def _bars(text: str) -> Image.Image:
    row = modules(text)
    return _drawn([row], max(2, BARS_WIDE_DOTS // len(row)), BARS_HIGH_DOTS)


def _drawn(rows: list[list[bool]], wide_dots: int, high_dots: int) -> Image.Image:
    picture = Image.new("RGB", (len(rows[0]), len(rows)), SCREEN)
    picture.putdata([INK if dark else SCREEN for row in rows for dark in row])
    size = (picture.width * wide_dots, picture.height * high_dots)
    return picture.resize(size, Image.Resampling.NEAREST)
