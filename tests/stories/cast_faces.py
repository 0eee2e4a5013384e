"""A kiosk whose camera sees pictures of a folder, with a page printer; and what is left of visits.

Talks to the face service's controls and to the backend as a supervisor at a window does. What a
reader would get wrong: the folder holds one picture, and who stands before the camera is changed by
changing the file; equal bytes are the same face to the simulated service.
"""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from cast import guest
from cast_people import WINDOW_TOKEN
from hall import Hall
from PIL import Image, ImageDraw

from sandbox.house import VISIT, House
from sandbox.people import Person
from sandbox.player.hands import wait_until
from sandbox.player.stage import get, post
from tests.helpers.kiosk_house import built_house, kiosk_at
from tests.helpers.left_behind import (
    files_that_tell,
    pictures_in_memory,
    texts_in_memory,
    texts_on_the_clipboard,
    texts_on_windows,
)

_PRINT_SERVER = "CUPS_SERVER"
OWNER = Person("李秀芳", "2", "19620718", "330302196207184525", "浙江省温州市鹿城区")
"""Of the demo: has 80.00 yuan of an old system left."""
_SUPERVISOR = ("2101", "demo-2101")


@contextmanager
def watched_hall(told: Path) -> Iterator[Hall]:
    """A house with a page printer and that camera, and a kiosk at home in it."""
    fitted = (*VISIT, "page_printer")
    with built_house(fitted) as house, pytest.MonkeyPatch.context() as patch:
        patch.setenv(_PRINT_SERVER, house.environment()[_PRINT_SERVER])
        stands_before(house, 1)
        settings = house.run_dir / "kiosk.toml"
        camera = f'\n[camera]\npath = "frames:{house.run_dir / "faces"}"\n'
        settings.write_text(settings.read_text("utf-8") + camera, "utf-8")
        with kiosk_at(house, told) as stage:
            hall = Hall(house, stage)
            hall.remember(guest(house))
            wait_until(lambda: "face" not in hall.withheld(), 20, "the camera")
            yield hall


def stands_before(house: House, number: int) -> None:
    """Somebody else than any other number."""
    folder = house.run_dir / "faces"
    folder.mkdir(exist_ok=True)
    picture = Image.new("RGB", (320, 240), (40, 60, 80))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((110, 50, 210, 190), (200, 170, 150 - number))
    pen.text((10, 10), f"{number}", (255, 255, 255))
    beside = folder / "next.tmp"
    picture.save(beside, "PNG")
    beside.replace(folder / "before.png")


def at_face_service(hall: Hall, **order: str) -> None:
    """What the service says next."""
    url = hall.house.read("platforms.json")["face"]
    post(f"{url}/control", order, "")


def checks_of_faces(hall: Hall) -> list[str]:
    """What the service said of looks so far."""
    url = hall.house.read("platforms.json")["face"]
    return [str(check["result"]) for check in get(f"{url}/books", "")["checks"]]


def signature_under(house: House, document_id: str) -> dict[str, Any]:
    """As a supervisor sees it at window W07."""
    number, password = _SUPERVISOR
    body = {"operator": number, "password": password}
    signed = post(f"{house.backend_url}/v1/operators/sign-in", body, WINDOW_TOKEN)
    url = f"{house.backend_url}/v1/signatures/{document_id}"
    request = urllib.request.Request(url)  # noqa: S310  loopback
    request.add_header("Authorization", f"Bearer {WINDOW_TOKEN}")
    request.add_header("X-Operator-Token", str(signed["token"]))
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310  loopback
        content: dict[str, Any] = json.load(answer)
    return content


def left_of(hall: Hall, canaries: tuple[str, ...]) -> list[str]:
    """What this machine still knows of them: memory, windows, clipboard."""
    kiosk = hall.stage.kiosk
    texts = {
        *texts_in_memory(kiosk),
        *texts_on_windows(kiosk.window),
        *texts_on_the_clipboard(),
    }
    left = [canary for canary in canaries if any(canary in text for text in texts)]
    return left + ["a picture"] * pictures_in_memory(kiosk)


def written_of(folder: Path, canaries: tuple[str, ...]) -> list[str]:
    """Files below that tell of them."""
    assert folder.is_dir()
    return files_that_tell(folder, canaries)
