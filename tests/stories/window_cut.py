"""A real window in a process of its own that dies at one boundary of a work (SIGKILL).

Started by `cast_window_cuts.py` as `python window_cut.py RUN_DIR STORY BOUNDARY MOMENT WORDS…`.
What a reader would get wrong: nobody here looks at anything; what the death left behind is judged
by the next window, which the test starts on the same journal.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_QUICK_BACKEND"] = "software"
sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]

from cast_window_day import count_with  # noqa: E402 - Qt's platform is named before Qt
from PySide6.QtCore import Qt  # noqa: E402
from window_hall import REVIEWER, WindowHall  # noqa: E402

from core.flow import Act  # noqa: E402
from core.routes import Wish  # noqa: E402
from sandbox.house import House  # noqa: E402
from sandbox.player.hands import let_live  # noqa: E402
from sandbox.player.stage import wallet_code  # noqa: E402
from tests.helpers.window_house import DESK, window_at  # noqa: E402
from ui.flow_runner import FlowRunner  # noqa: E402

_NEVER_MS = 30_000


def _refund(at: WindowHall, refund_id: str) -> None:
    """Reviewed and carried out."""
    at.work("refund_requests")
    at.sheet("Refund requests")
    at.take_row(refund_id)
    at.do("open")
    at.sheet(f"Refund request {refund_id[:8].upper()}")
    at.fill(operator=REVIEWER, password=f"demo-{REVIEWER}")
    at.do("approve")
    at.reads("Reviewed; to be carried out")
    at.do("execute")


def _close(at: WindowHall, notes: str) -> None:
    """The open drawer is counted and closed."""
    at.work("shift")
    at.sheet("Shift and drawer")
    at.do("close")
    at.sheet("Count the drawer")
    count_with(at, n10000=int(notes))
    at.sheet("Result of the count")
    at.do("end")


def _cash(at: WindowHall, id_number: str) -> None:
    """What is open is paid in cash."""
    at.scan(id_number, typed=True)
    at.stage.arrive("ServePatient")
    at.key(Qt.Key.Key_F8)
    at.stage.arrive("ConfirmQuote")
    at.press("pay_CASH")
    at.sheet("Cash")
    at.do("take")


def _part(at: WindowHall, id_number: str) -> None:
    """20.00 of what is open in cash, the rest by a wallet."""
    at.scan(id_number, typed=True)
    at.stage.arrive("ServePatient")
    at.key(Qt.Key.Key_F8)
    at.stage.arrive("ConfirmQuote")
    at.press("part_cash")
    at.sheet("A part in cash")
    at.fill(part="20")
    at.do("part")
    at.stage.arrive("ConfirmQuote")
    at.scan(wallet_code("WECHAT"))


STORIES: dict[str, Callable[[WindowHall, str], None]] = {
    "refund": _refund,
    "close": _close,
    "cash": _cash,
    "part": _part,
}


def _die_at(runner: FlowRunner, boundary: str, moment: str) -> None:
    """Right before the work of this Act, or between it and its reply."""
    routes = runner._routes
    for kind, route in routes.items():
        routes[kind] = replace(route, work=_mortal(route.work, boundary, moment))


def _mortal(
    work: Callable[[Any, Wish], object], boundary: str, moment: str
) -> Callable[[Any, Wish], object]:
    def mortal(step: Act[Any], wish: Wish) -> object:
        mine = step.boundary == boundary
        if mine and moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        reply = work(step, wish)
        if mine:
            os.kill(os.getpid(), signal.SIGKILL)
        return reply

    return mortal


def main(run_dir: str, story: str, boundary: str, moment: str, about: str) -> None:
    """Ends by the kill; by an exit code where the boundary was never reached."""
    house = House(Path(run_dir), window=DESK)
    with tempfile.TemporaryDirectory() as told, window_at(house, Path(told)) as stage:
        at = WindowHall(house, stage)
        at.as_operator()
        _die_at(stage.window.runner, boundary, moment)
        STORIES[story](at, about)
        let_live(_NEVER_MS)


if __name__ == "__main__":
    main(*sys.argv[1:])
