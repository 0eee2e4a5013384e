"""The camera's settings, apart from what drives it: a machine without a camera loads no OpenCV."""

from __future__ import annotations

from core.settings import Kind, Setting, Settings

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "camera.path",
        Kind.DEVICE_PATH,
        "The camera that reads codes: its number, a video stream, or pictures in a folder.",
        schemes=("camera", "stream", "frames"),
    ),
    Setting(
        "camera.width",
        Kind.INTEGER,
        "Picture width asked of a numbered camera, in pixels.",
        default=1280,
        low=640,
        high=1920,
    ),
    Setting(
        "camera.height",
        Kind.INTEGER,
        "Picture height asked of a numbered camera, in pixels.",
        default=720,
        low=480,
        high=1080,
    ),
)


def contradictions(settings: Settings) -> list[str]:
    """A path whose scheme is right and whose rest is not."""
    path = settings.text("camera.path")
    scheme, _, rest = path.partition(":")
    if scheme == "camera" and not (rest.isascii() and rest.isdigit()):
        return [f'camera.path = "{path}": a camera has a number; write camera.path = "camera:0"']
    if scheme == "stream" and not rest.startswith(("http://", "https://", "rtsp://")):
        return [
            f'camera.path = "{path}": a stream has an address; '
            'write camera.path = "stream:http://HOST:PORT/…"'
        ]
    return []
