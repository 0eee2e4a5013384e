"""One still picture of who stands before the camera; taken in the camera's own worker.

What a reader would get wrong: nothing is kept here; the picture lives as long as the step's reply.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.ports import DeviceTrouble
from core.routes import Route, Wish
from core.steps.media import Picture, TakePicture
from devices.camera.service import Camera
from terminal.routes import Lanes, Table, absent

_LIMIT_MS = 10_000


def look_routes(lanes: Lanes, services: Mapping[str, Any]) -> Table:
    """With a camera or without."""
    if "camera" not in services:
        return {TakePicture: absent(lanes, DeviceTrouble("camera", "not_fitted"))}
    camera: Camera = services["camera"]

    def take(_step: TakePicture, _wish: Wish) -> Picture | DeviceTrouble:
        taken = camera.still()
        return Picture(taken) if isinstance(taken, bytes) else taken

    busy, silent = DeviceTrouble("camera", "busy"), DeviceTrouble("camera", "timeout")
    return {TakePicture: Route(lanes.devices["camera"], take, busy, silent, _LIMIT_MS)}
