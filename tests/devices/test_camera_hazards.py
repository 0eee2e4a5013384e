"""The camera's hazards: stall, unplug, freeze, malformed stream, a decoder killed or gone mad."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from mjpeg_peer import MjpegPeer, mjpeg_peer
from peer import wait_until
from test_decode_images import Image, noisy, qr, sheet, strip

from core.ports import CodeScanned, DeviceHealth, DeviceTrouble
from devices.camera.capture import Capture
from devices.camera.decoder import read_frame
from devices.camera.service import Camera
from devices.camera.source import FolderSource
from devices.camera.supervisor import Decoder
from devices.checks import Finding, Outcome
from devices.errors import TransportError
from devices.scanner.code import QR, Code

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices.link")]
ONLINE, OFFLINE = DeviceHealth("camera", "ok"), DeviceHealth("camera", "offline")
PAYMENT, OTHER = "134567890123456789", "281234567890123456"
LIMIT_S = 15.0


def small_sheet(image: Image) -> Image:
    """640x480 paper with a code on it."""
    return sheet((image, 60, 60), height=480, width=640)


@pytest.fixture
def network() -> Iterator[MjpegPeer]:
    with mjpeg_peer() as peer:
        yield peer


@pytest.fixture
def decoder() -> Iterator[Decoder]:
    made = Decoder()
    yield made
    made.close()


@pytest.fixture
def camera(network: MjpegPeer, decoder: Decoder) -> Iterator[Camera]:
    opened = Camera(network.path, decoder=decoder)
    told_until(opened, ONLINE)
    yield opened
    opened.close()


def told_until(camera: Camera, last: object) -> list[object]:
    """Events up to `last`."""
    told: list[object] = []

    def came() -> bool:
        told.extend(camera.poll())
        return last in told

    wait_until(came, LIMIT_S)
    return told


def check(camera: Camera, name: str) -> Finding:
    """The finding of one check."""
    (found,) = [one for one in camera.checks() if one.name == name]
    return found.work()


def test_codes_held_before_the_camera_are_told_once(network: MjpegPeer, camera: Camera) -> None:
    network.picture = small_sheet(qr(PAYMENT))
    told = told_until(camera, CodeScanned(PAYMENT))
    network.picture = small_sheet(strip(OTHER))
    told += told_until(camera, CodeScanned(OTHER))
    assert told == [CodeScanned(PAYMENT), CodeScanned(OTHER)]


def test_stopped_camera_tells_nothing_until_it_is_started(
    network: MjpegPeer, camera: Camera
) -> None:
    camera.stop()
    network.picture = small_sheet(qr(PAYMENT))
    seen = camera.snapshot()
    assert seen is not None and seen.shape == (480, 640, 3)
    wait_until(lambda: _contrast(camera) > 100, LIMIT_S)
    assert camera.poll() == []
    camera.start()
    told_until(camera, CodeScanned(PAYMENT))


def test_still_picture_is_a_jpeg_of_now_and_a_camera_that_is_gone_has_none(
    network: MjpegPeer, camera: Camera
) -> None:
    taken = camera.still()
    assert isinstance(taken, bytes)
    assert taken.startswith(b"\xff\xd8\xff")
    network.end()
    wait_until(lambda: isinstance(camera.still(), DeviceTrouble), LIMIT_S)


def _contrast(camera: Camera) -> int:
    seen = camera.snapshot()
    return 0 if seen is None else int(seen.max()) - int(seen.min())


@pytest.mark.expects_warnings("devices")
def test_decoder_killed_in_the_middle_is_started_again_and_nobody_notices(
    network: MjpegPeer, camera: Camera, decoder: Decoder, caplog: pytest.LogCaptureFixture
) -> None:
    wait_until(lambda: decoder.pid is not None, LIMIT_S)
    first = decoder.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: decoder.deaths == 1 and decoder.pid not in (None, first), LIMIT_S)
    network.picture = small_sheet(qr(PAYMENT))
    assert told_until(camera, CodeScanned(PAYMENT)) == [CodeScanned(PAYMENT)]
    messages = [r.getMessage() for r in caplog.records if "decoder" in r.getMessage()]
    assert len(messages) == 1


@pytest.mark.expects_warnings("devices")
def test_decoder_that_hangs_is_killed_and_started_again(
    network: MjpegPeer, camera: Camera, decoder: Decoder
) -> None:
    wait_until(lambda: decoder.pid is not None, LIMIT_S)
    assert decoder.pid is not None
    os.kill(decoder.pid, signal.SIGSTOP)
    network.picture = small_sheet(qr(PAYMENT))
    told_until(camera, CodeScanned(PAYMENT))
    assert decoder.deaths == 1


@pytest.mark.expects_warnings("devices")
@pytest.mark.parametrize(
    "program",
    [
        "raise SystemExit(1)",
        "import sys; sys.stdin.buffer.read(5); print('nonsense', flush=True); sys.stdin.read()",
        "import sys; sys.stdin.buffer.read(5); print('[[1, 2]]', flush=True); sys.stdin.read()",
        "import sys; sys.stdin.buffer.read(5); print('[' * 60000, flush=True); sys.stdin.read()",
    ],
    ids=["dies", "nonsense", "wrong_types", "overlong"],
)
def test_decoder_that_never_works_leaves_the_camera_unknown_and_the_picture_alive(
    network: MjpegPeer, program: str
) -> None:
    camera = Camera(network.path, decoder=Decoder((sys.executable, "-c", program)))
    told = told_until(camera, DeviceHealth("camera", "unknown"))
    assert OFFLINE not in told
    assert camera.snapshot() is not None
    camera.close()


@pytest.mark.expects_warnings("devices")
def test_decoder_program_that_is_missing_is_no_exception(network: MjpegPeer) -> None:
    camera = Camera(network.path, decoder=Decoder(("/nowhere/decoder",)))
    told_until(camera, DeviceHealth("camera", "unknown"))
    camera.close()


def test_stalled_stream_is_offline_and_comes_back(network: MjpegPeer, camera: Camera) -> None:
    network.stalled.set()
    told_until(camera, OFFLINE)
    assert camera.snapshot() is None
    network.stalled.clear()
    told_until(camera, ONLINE)


def test_unplugged_stream_is_offline_and_comes_back(network: MjpegPeer, camera: Camera) -> None:
    network.unplugged.set()
    told_until(camera, OFFLINE)
    assert check(camera, "line").outcome is Outcome.FAILED
    assert isinstance(camera.identity(), DeviceTrouble)
    network.unplugged.clear()
    told_until(camera, ONLINE)


def test_frozen_picture_is_offline_although_frames_come(network: MjpegPeer, camera: Camera) -> None:
    network.frozen.set()
    told_until(camera, OFFLINE)
    network.frozen.clear()
    told_until(camera, ONLINE)


def test_malformed_stream_is_offline_or_silent_and_comes_back(
    network: MjpegPeer, camera: Camera
) -> None:
    network.garbled.set()
    told_until(camera, OFFLINE)
    network.garbled.clear()
    told_until(camera, ONLINE)


def test_source_that_hangs_is_offline_and_abandoned() -> None:
    hanging = threading.Event()

    class Hanging:
        has_noise = True
        reads = 0

        def read(self) -> Image:
            self.reads += 1
            if self.reads > 1:
                hanging.wait(LIMIT_S)
                raise TransportError("ended")
            return np.zeros((480, 640, 3), np.uint8)

        def release(self) -> None:
            """Nothing to give back."""

    capture = Capture(Hanging)
    capture.open()
    wait_until(lambda: _is_lost(capture), LIMIT_S)
    capture.close()
    hanging.set()


def _is_lost(capture: Capture) -> bool:
    try:
        capture.check()
    except TransportError as error:
        return str(error) == "no frame comes"
    return False


def test_pictures_of_a_folder_are_shown_again_and_again(tmp_path: Path) -> None:
    for number, text in enumerate((PAYMENT, OTHER)):
        cv2.imwrite(str(tmp_path / f"{number:03d}.png"), small_sheet(qr(text)))
    for path in (f"frames:{tmp_path}", f"frames:{tmp_path}/%03d.png"):
        camera = Camera(path)
        told_until(camera, CodeScanned(OTHER))
        camera.close()


@pytest.mark.parametrize("path", ["frames:/nowhere", "frames:/nowhere/%d.png", "camera:97"])
def test_camera_that_is_not_there_is_offline(path: str) -> None:
    camera = Camera(path)
    assert camera.poll() == [OFFLINE]
    assert camera.poll() == []
    assert camera.snapshot() is None
    camera.close()


def test_picture_that_is_none_breaks_the_source(tmp_path: Path) -> None:
    (tmp_path / "1.png").write_bytes(b"not a picture")
    with pytest.raises(TransportError, match="not a picture"):
        FolderSource(str(tmp_path)).read()


def test_checks_measure_and_leave_the_verdict_on_a_picture_to_a_person(
    network: MjpegPeer, camera: Camera
) -> None:
    assert check(camera, "line").facts[0].value == "640x480"
    assert check(camera, "frame_rate").outcome is Outcome.PASSED
    picture = check(camera, "picture")
    assert picture.outcome is Outcome.UNSURE
    assert [fact.name for fact in picture.facts] == ["sharpness", "brightness"]
    network.picture = small_sheet(qr(PAYMENT))
    read = check(camera, "read_code")
    assert read.outcome is Outcome.PASSED
    assert PAYMENT not in repr(read)


@pytest.mark.parametrize("rung", [0, 1, 2, 3])
def test_each_rung_reads_a_clear_code_and_nothing_on_an_empty_frame(rung: int) -> None:
    assert read_frame(noisy(small_sheet(qr(PAYMENT))), rung) == [Code(PAYMENT, QR)]
    assert read_frame(noisy(np.full((480, 640), 128, np.uint8)), rung) == []
