"""`./run bench cashier`: from a scan to the bill, and from the last key to the slip.

A real window against the reference backend and its virtual devices. Each figure stands beside the
wire's: the time that the Acts of that stretch spent outside (requests, printer), measured in the
same run. The ratio is what the window adds. Medians; milliseconds are this machine's.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # the tree is not installed
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from cast import with_bill
from PySide6.QtCore import Qt
from window_hall import WindowHall

from core.routes import Route
from tests.helpers.kiosk_house import built_house
from tests.helpers.window_house import DESK, window_at

_Work = Callable[..., object]


@dataclass
class Wire:
    """Milliseconds spent outside since `begin`."""

    spent_ms: float = 0.0

    def begin(self) -> None:
        """Forget what was before."""
        self.spent_ms = 0.0

    def timed(self, work: _Work) -> _Work:
        """The same work, counted."""

        def _timed(*arguments: object) -> object:
            begun = time.monotonic()
            try:
                return work(*arguments)
            finally:
                self.spent_ms += (time.monotonic() - begun) * 1000

        return _timed


@dataclass(frozen=True, slots=True)
class Stretch:
    """One measurement: the whole, and the wire's part of it."""

    whole_ms: float
    wire_ms: float


def main(arguments: list[str]) -> int:
    """Prints a table; 0 always: a figure is not a verdict."""
    parser = argparse.ArgumentParser(prog="./run bench cashier", description=__doc__)
    parser.add_argument("--patients", type=int, default=20)
    asked = parser.parse_args(arguments)
    with (
        tempfile.TemporaryDirectory() as told,
        built_house(window=DESK) as house,
        window_at(house, Path(told)) as stage,
    ):
        hall = WindowHall(house, stage)
        wire = _listening(hall)
        hall.as_operator()
        found, paid = zip(*(_patient(hall, wire) for _ in range(asked.patients)), strict=True)
    print(f"{'':16}{'window':>10}{'wire':>10}{'ratio':>8}")
    for name, told_of in (("scan to bill", found), ("commit to slip", paid)):
        whole = statistics.median(one.whole_ms for one in told_of)
        outside = statistics.median(one.wire_ms for one in told_of)
        print(f"{name:16}{whole:7.1f} ms{outside:7.1f} ms{whole / outside:8.2f}")
    return 0


def _listening(hall: WindowHall) -> Wire:
    wire = Wire()
    routes: dict[Any, Route] = hall.stage.window.runner._routes
    for act, route in routes.items():
        routes[act] = replace(route, work=wire.timed(route.work))
    return wire


def _patient(hall: WindowHall, wire: Wire) -> tuple[Stretch, Stretch]:
    who = with_bill(hall.house)
    found = _stretch(hall, wire, lambda: hall.scan(who.card_number), "ServePatient")
    hall.key(Qt.Key.Key_F8)
    hall.stage.arrive("ConfirmQuote")
    hall.press("pay_CASH")
    hall.sheet("Cash")
    paid = _stretch(hall, wire, lambda: hall.do("take"), "ShowOutcome")
    hall.leave()
    return found, paid


def _stretch(hall: WindowHall, wire: Wire, begin: Callable[[], None], until: str) -> Stretch:
    wire.begin()
    begun = time.monotonic()
    begin()
    hall.stage.arrive(until)
    return Stretch((time.monotonic() - begun) * 1000, wire.spent_ms)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
