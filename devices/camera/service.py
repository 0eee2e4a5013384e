"""The camera as the terminal uses it: polled, it tells the codes that people hold before it.

What a reader would get wrong: it looks for codes from the beginning, as scanners do; `stop` until
a screen wants a code again. A decoder that died is started again without anybody noticing, only a
camera that is gone is offline.
"""

from __future__ import annotations

import threading
import time

import cv2

from core.flow import Event
from core.ports import CodeScanned, DeviceTrouble
from core.settings import Settings
from devices.camera.capture import Capture
from devices.camera.session import CodeSession
from devices.camera.source import Image, open_source
from devices.camera.supervisor import Decoder
from devices.camera.watch import Watch
from devices.checks import (
    LINE,
    Check,
    Fact,
    Finding,
    Identity,
    Outcome,
    failed,
    failed_because,
    passed,
)
from devices.errors import DeviceError
from devices.link import Link
from devices.model import Health, HealthState, TroubleReason, trouble

DEVICE = "camera"
SHOW_LIMIT_S = 15.0
LOOK_S = 0.05
RATE_S = 2.0
SLOWEST_RATE = 10.0
MOST_FAILURES = 3


class Eye:
    """An open camera with its decoder."""

    def __init__(self, capture: Capture, active: threading.Event, decoder: Decoder) -> None:
        capture.open()
        self.capture = capture
        self.decoder = decoder
        self.watch = Watch(capture, active, decoder)

    def close(self) -> None:
        """End decoder, decode thread and capture."""
        self.watch.close()
        self.capture.close()


class Camera:
    """All calls in one thread."""

    def __init__(
        self, path: str, *, width: int = 1280, height: int = 720, decoder: Decoder | None = None
    ) -> None:
        self._path = path
        self._size = (width, height)
        self._decoder = decoder or Decoder()
        self._link = Link(DEVICE, self._connect)
        self._health = Health(DEVICE)
        self._session = CodeSession()
        self._active = threading.Event()
        self._active.set()

    def start(self) -> None:
        """Look for codes, for a new visit."""
        self._session.forget()
        self._active.set()

    def stop(self) -> None:
        """Look no more; the picture stays alive."""
        self._active.clear()

    def poll(self) -> list[Event]:
        """Texts that were read since the last call."""
        try:
            eye = self._eye()
        except DeviceError as error:
            self._link.lost(error)
            return self._health.now(HealthState.OFFLINE)
        told: list[Event] = [CodeScanned(text) for text in self._texts(eye)]
        blind = eye.watch.failures >= MOST_FAILURES
        return self._health.now(HealthState.UNKNOWN if blind else HealthState.OK) + told

    def snapshot(self) -> Image | None:
        """The newest picture, BGR, for diagnostics; None: there is none."""
        try:
            frame = self._eye().capture.newest()
        except DeviceError as error:
            self._link.lost(error)
            return None
        return None if frame is None else frame.image.copy()

    def still(self) -> bytes | DeviceTrouble:
        """The newest picture as a JPEG file, of a person who agreed to it; it is kept nowhere."""
        try:
            frame = self._eye(hurry=True).capture.newest()
        except DeviceError as error:
            self._link.lost(error)
            return trouble(DEVICE, error)
        assert frame is not None, "an open capture has a frame"
        return cv2.imencode(".jpg", frame.image)[1].tobytes()

    def identity(self) -> Identity | DeviceTrouble:
        """Where it is; cameras do not say who they are."""
        try:
            self._eye(hurry=True)
        except DeviceError as error:
            self._link.lost(error)
            return trouble(DEVICE, error)
        return Identity(model=self._path)

    def checks(self) -> tuple[Check, ...]:
        """The line, how many pictures come and how they are, and a code that somebody holds."""
        return (
            Check(LINE, self._check_line),
            Check("frame_rate", self._check_rate),
            Check("picture", self._check_picture),
            Check("read_code", self._check_read_code, hand="show_code"),
        )

    def close(self) -> None:
        """Give the camera back."""
        self._link.close()

    def _connect(self) -> Eye:
        width, height = self._size
        capture = Capture(lambda: open_source(self._path, width, height))
        return Eye(capture, self._active, self._decoder)

    def _eye(self, *, hurry: bool = False) -> Eye:
        """DeviceError: the camera is gone."""
        eye = self._link.driver(hurry=hurry)
        eye.capture.check()
        self._decoder.kill_if_stuck()
        return eye

    def _texts(self, eye: Eye) -> list[str]:
        sightings = eye.watch.sightings()
        if not self._active.is_set():
            return []
        return [text for sighting in sightings for text in self._session.heard(sighting)]

    def _check_line(self) -> Finding:
        try:
            frame = self._eye(hurry=True).capture.newest()
        except DeviceError as error:
            self._link.lost(error)
            return failed(error)
        assert frame is not None, "an open capture has a frame"
        height, width = frame.image.shape[:2]
        deaths = Fact("decoder_deaths", str(self._decoder.deaths))
        return passed(Fact("picture_size", f"{width}x{height}"), deaths)

    def _check_rate(self) -> Finding:
        try:
            capture = self._eye(hurry=True).capture
            before = capture.count()
            time.sleep(RATE_S)
            capture.check()
        except DeviceError as error:
            self._link.lost(error)
            return failed(error)
        rate = (capture.count() - before) / RATE_S
        fact = Fact("frames_per_second", f"{rate:.1f}")
        if rate < SLOWEST_RATE:
            return failed_because(TroubleReason.HARDWARE_ERROR, fact)
        return passed(fact)

    def _check_picture(self) -> Finding:
        """Whether it is sharp and bright enough only a person who looks can say."""
        try:
            frame = self._eye(hurry=True).capture.newest()
        except DeviceError as error:
            self._link.lost(error)
            return failed(error)
        assert frame is not None, "an open capture has a frame"
        grey = cv2.cvtColor(frame.image, cv2.COLOR_BGR2GRAY)
        sharpness = Fact("sharpness", f"{cv2.Laplacian(grey, cv2.CV_64F).var():.0f}")
        brightness = Fact("brightness", f"{grey.mean():.0f}")
        return Finding(Outcome.UNSURE, (sharpness, brightness))

    def _check_read_code(self) -> Finding:
        was_active = self._active.is_set()
        self.start()
        begin = time.monotonic()
        try:
            while (waited := time.monotonic() - begin) < SHOW_LIMIT_S:
                texts = self._texts(self._eye(hurry=True))
                if texts:
                    seconds = Fact("seconds", f"{waited:.1f}")
                    return passed(Fact("characters", str(len(texts[0]))), seconds)
                time.sleep(LOOK_S)
        except DeviceError as error:
            self._link.lost(error)
            return failed(error)
        finally:
            self._session.forget()
            if not was_active:
                self.stop()
        return failed_because(TroubleReason.TIMEOUT)


def open_from(settings: Settings) -> Camera:
    """The camera that the settings name; it opens at the first poll."""
    return Camera(
        settings.text("camera.path"),
        width=settings.integer("camera.width"),
        height=settings.integer("camera.height"),
    )
