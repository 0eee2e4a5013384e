"""The virtual camera: its stream read by OpenCV, its codes by an independent decoder."""

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from typing import cast

import cv2
import numpy
import pytest
import zxingcpp
from units_bench import Bench, StartBench

from sandbox.units.camera_code128 import modules
from sandbox.units.request import ControlError

UNIT = "camera"
LIMIT_S = 5.0
ALIPAY = "281234567890123456"


class Stream:
    """A host that reads the multipart stream by hand."""

    def __init__(self, bench: Bench) -> None:
        host, _, port = bench.path(UNIT).removeprefix("stream:http://").partition(":")
        self._socket = socket.create_connection((host, int(port.partition("/")[0])), LIMIT_S)
        self._socket.sendall(b"GET /camera.mjpg HTTP/1.1\r\nHost: camera\r\n\r\n")
        self._file = self._socket.makefile("rb")
        self.opened = self._file.readline().startswith(b"HTTP/1.0 200")

    def frame(self) -> bytes:
        """The next JPEG; empty when the camera hangs up."""
        with suppress(ConnectionError):
            return self._part()
        return b""

    def _part(self) -> bytes:
        length = 0
        while line := self._file.readline():
            if line.startswith(b"Content-Length: "):
                length = int(line.split()[1])
            elif line == b"\r\n" and length:
                return self._file.read(length)
        return b""

    def __enter__(self) -> "Stream":
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()
        self._socket.close()


def picture(frame: bytes) -> numpy.ndarray:
    return cast(numpy.ndarray, cv2.imdecode(numpy.frombuffer(frame, numpy.uint8), 1))


def read_codes(frame: bytes) -> list[tuple[str, str]]:
    return [(code.text, code.format.name) for code in zxingcpp.read_barcodes(picture(frame))]


def eventually(happened: Callable[[], bool]) -> None:
    pause, limit = threading.Event(), time.monotonic() + LIMIT_S
    while not happened():
        assert time.monotonic() < limit, "it did not happen in time"
        pause.wait(0.02)


@pytest.mark.parametrize(
    ("text", "symbology", "name"),
    [
        (ALIPAY, "QR", "QRCode"),
        (ALIPAY, "Code128", "Code128"),
        ("ZF-SLIP-0001", "Code128", "Code128"),
        ("就诊卡 张三", "QR", "QRCode"),
    ],
)
def test_shown_code_is_in_the_picture(
    start: StartBench, text: str, symbology: str, name: str
) -> None:
    bench = start(UNIT)
    bench.control.ask(UNIT, "show", text=text, symbology=symbology)
    with Stream(bench) as stream:
        frame = stream.frame()
        assert picture(frame).shape == (720, 1280, 3)
        assert read_codes(frame) == [(text, name)]


def test_hidden_code_is_gone_and_frames_differ(start: StartBench) -> None:
    bench = start(UNIT)
    with Stream(bench) as stream:
        frames = [stream.frame() for _number in range(10)]
        assert read_codes(frames[0]) == []
        assert all(a != b for a, b in pairwise(frames))


def test_frozen_camera_repeats_the_same_bytes(start: StartBench) -> None:
    bench = start(UNIT)
    bench.control.ask(UNIT, "freeze")
    with Stream(bench) as stream:
        frames = {stream.frame() for _number in range(5)}
        assert len(frames) == 1
        bench.control.ask(UNIT, "freeze", on=False)
        eventually(lambda: stream.frame() not in frames)


def test_stalled_camera_sends_nothing_and_goes_on(start: StartBench) -> None:
    bench = start(UNIT)
    with Stream(bench) as stream:
        assert stream.frame()
        bench.control.ask(UNIT, "stall")
        sent = bench.control.books(UNIT)["frames_sent"]
        assert bench.control.books(UNIT)["hosts"] == 1
        bench.control.ask(UNIT, "stall", on=False)
        eventually(lambda: bench.control.books(UNIT)["frames_sent"] != sent)
        assert stream.frame()


def test_unplugged_camera_hangs_up_until_it_is_plugged_in(start: StartBench) -> None:
    bench = start(UNIT)
    with Stream(bench) as stream:
        assert stream.frame()
        bench.control.ask(UNIT, "unplug")
        eventually(lambda: stream.frame() == b"")
    with Stream(bench) as stream:
        assert not stream.opened
    bench.control.ask(UNIT, "plug")
    with Stream(bench) as stream:
        assert stream.frame()


def test_opencv_reads_the_stream_at_its_pace(start: StartBench) -> None:
    bench = start(UNIT)
    bench.control.ask(UNIT, "show", text=ALIPAY)
    limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, 3000, cv2.CAP_PROP_READ_TIMEOUT_MSEC, 1500]
    camera = cv2.VideoCapture(bench.path(UNIT).removeprefix("stream:"), cv2.CAP_FFMPEG, limits)
    began, seen = time.monotonic(), []
    for _number in range(15):
        ok, frame = camera.read()
        assert ok
        seen.append(frame)
    camera.release()
    assert time.monotonic() - began > 0.5  # paced: the first frames may come at once
    assert [code.text for code in zxingcpp.read_barcodes(seen[-1])] == [ALIPAY]


def test_faults_meet_the_next_frame(start: StartBench) -> None:
    bench = start(UNIT)
    with Stream(bench) as stream:
        bench.control.ask(UNIT, "freeze")
        eventually(lambda: stream.frame() == stream.frame())
        good = stream.frame()
        bench.control.ask(UNIT, "fault", kind="drop_byte")
        eventually(lambda: len(stream.frame()) == len(good) - 1)
        bench.control.ask(UNIT, "fault", kind="cut")
        eventually(lambda: stream.frame() == b"")
    with Stream(bench) as stream:
        assert stream.frame() == good


def test_camera_that_loses_power_comes_back_with_the_same_picture(start: StartBench) -> None:
    bench = start(UNIT)
    bench.control.ask(UNIT, "show", text=ALIPAY)
    bench.control.ask(UNIT, "freeze")
    with Stream(bench) as stream:
        bench.control.ask(UNIT, "fault", kind="power_off")
        eventually(lambda: stream.frame() == b"")
    with pytest.raises(ConnectionRefusedError):
        Stream(bench)
    bench.control.ask(UNIT, "power", on=True)
    with Stream(bench) as stream:
        assert read_codes(stream.frame()) == [(ALIPAY, "QRCode")]
        assert stream.frame() != stream.frame()


def test_scene_port_and_plug_survive_a_restart(start: StartBench) -> None:
    bench = start(UNIT)
    bench.control.ask(UNIT, "show", text=ALIPAY, symbology="Code128")
    bench.control.ask(UNIT, "unplug")
    before = (bench.control.state()[UNIT], bench.path(UNIT))
    bench.stop()
    again = start(UNIT)
    assert (again.control.state()[UNIT], again.path(UNIT)) == before


def test_code128_takes_ascii_only_and_shrinks_digits() -> None:
    with pytest.raises(ControlError, match="plain ASCII"):
        modules("张三")
    assert len(modules("1234")) == 20 + 5 * 11 + 2  # start C, two pairs, check, stop, quiet zones
    assert len(modules("AB")) == 20 + 5 * 11 + 2
