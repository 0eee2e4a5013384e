"""A whole window whose patient signs on a screen of their own; its cable is pulled once.

Started by `test_c_pad.py` as `python pad_child.py RUN_DIR`; prints what became of it as one JSON
document. It stands in a process of its own because the screens of the offscreen platform belong to
the whole process.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from tests.helpers.virtual_screens import VirtualScreen, plug, use

MAIN = VirtualScreen("a-main", 0, 0, 1920, 1080)
PATIENTS = VirtualScreen("b-patients", 1920, 0, 1280, 1024)
use(MAIN, PATIENTS)

import cast_later as cast  # noqa: E402 - after the screens
from cast_window_later import eligible  # noqa: E402
from PySide6.QtCore import Qt  # noqa: E402
from PySide6.QtQuick import QQuickWindow  # noqa: E402
from window_hall import WindowHall  # noqa: E402

from sandbox.house import House  # noqa: E402
from sandbox.player.hands import wait_until  # noqa: E402
from sandbox.player.qml import click, is_shown  # noqa: E402
from tests.helpers.pad_hand import stroke  # noqa: E402
from tests.helpers.window_house import DESK, window_at  # noqa: E402
from ui.customer_display import CustomerDisplay  # noqa: E402

_DISPLAY = "\n[display]\ncustomer_screen = 1\ncustomer_touch = true\n"
_SIGN, _PAD = "Sign pay after the visit", "The patient signs"
_LIMIT_S = 10


def _display(at: WindowHall) -> CustomerDisplay:
    display = at.stage.window.customer.display
    assert display is not None
    return display


def _patients_screen(at: WindowHall) -> QQuickWindow:
    return _display(at).view


def _to_the_pad(at: WindowHall) -> None:
    at.key(Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    at.sheet(_PAD)
    wait_until(lambda: is_shown(_patients_screen(at), "sheet"), _LIMIT_S, "the field to sign on")


def play(at: WindowHall) -> dict[str, object]:
    """A cable that is out in the middle, then a signature; what the backend keeps of it."""
    who, _ = eligible(at.house)
    at.as_operator()
    at.serve(who)
    at.work("pay_later")
    at.sheet("Pay after the visit")
    at.do("sign")
    at.sheet(_SIGN)
    _to_the_pad(at)
    stroke(_patients_screen(at), 0.3)
    plug((MAIN,))
    at.do("paper")
    at.sheet(_SIGN)
    can_see = at.stage.hand.can_see
    told: dict[str, object] = {"without": can_see("do_pad")}
    plug((MAIN, PATIENTS))
    wait_until(lambda: can_see("do_pad"), _LIMIT_S, "the screen that is back")
    _to_the_pad(at)
    told["left"] = _display(at).ink.strokes
    for across in (0.3, 0.6):
        stroke(_patients_screen(at), across)
    click(_patients_screen(at), "done")
    at.sheet(_SIGN)
    at.reads("Signed on the patient's screen")
    at.do("sign")
    at.sheet("Pay-later is signed")
    told["signature"] = cast.deferral(at.house, who)["signature"]
    at.leave()
    return told


def main(run_dir: str) -> None:
    """Play on this house."""
    house = House(Path(run_dir), window=DESK)
    file = house.run_dir / "cashier.toml"
    file.write_text(file.read_text("utf-8") + _DISPLAY, "utf-8")
    with tempfile.TemporaryDirectory() as told, window_at(house, Path(told)) as stage:
        document = json.dumps(play(WindowHall(house, stage)))
    sys.stdout.write(document)
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
    os._exit(0)
