"""A tiny camera on the network: multipart MJPEG over HTTP on loopback, with faults.

What a reader would get wrong: each frame gets fresh noise, as a sensor's would; `freeze` sends the
same bytes again and again.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
FRAME_S = 1 / 20
_HEAD = b"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=frame\r\n\r\n"


class MjpegPeer:
    """One camera. Connections are served one at a time."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._port = self._listener.getsockname()[1]
        self.picture: Image = np.full((480, 640), 120, np.uint8)
        self.frozen = threading.Event()
        self.stalled = threading.Event()
        self.unplugged = threading.Event()
        self.garbled = threading.Event()
        self._ended = threading.Event()
        self._random = np.random.default_rng(3)
        self._thread = threading.Thread(target=self._run, name="mjpeg", daemon=True)
        self._thread.start()

    @property
    def path(self) -> str:
        """What the settings would name."""
        return f"stream:http://127.0.0.1:{self._port}/video.mjpg"

    def end(self) -> None:
        """Gone for good."""
        self._ended.set()
        self._listener.close()
        self._thread.join(5.0)

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection, suppress(OSError):
                if not self.unplugged.is_set():
                    self._serve(connection)

    def _serve(self, connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(_HEAD)
        jpeg = self._jpeg()
        while not self._ended.is_set() and not self.unplugged.is_set():
            if not self.frozen.is_set():
                jpeg = self._jpeg()
            if not self.stalled.is_set():
                body = jpeg[:40] + b"\xff\x00junk" * 200 if self.garbled.is_set() else jpeg
                head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(body)}\r\n\r\n"
                connection.sendall(head.encode("ascii") + body + b"\r\n")
            self._ended.wait(FRAME_S)

    def _jpeg(self) -> bytes:
        noise = self._random.integers(-6, 7, self.picture.shape)
        noisy = (self.picture.astype(np.int16) + noise).clip(0, 255).astype(np.uint8)
        good, data = cv2.imencode(".jpg", noisy, [cv2.IMWRITE_JPEG_QUALITY, 90])
        assert good
        return data.tobytes()


@contextmanager
def mjpeg_peer() -> Iterator[MjpegPeer]:
    """A camera that is there until the block ends."""
    peer = MjpegPeer()
    try:
        yield peer
    finally:
        peer.end()
