"""The virtual units of a soak and what is done to each.

Starts the units program, for the card slot and the page printer one of their own, because their
fault is that the system's service dies. What a reader would get wrong: the names of those services
are taken from the environment when the first device opens, so the units start before that.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sandbox.house import House
from sandbox.units.control import ControlClient
from sandbox.units.program import UNIT_NAMES
from tests.soak.fitted import FittedDevice
from tests.soak.plugs import OUR_CARD, CardHand, Plug, asked, telling

OWN_PROGRAM = ("card_slot", "page_printer")
SOAKED = tuple(name for name in UNIT_NAMES if name != "card_slot_2")
"""The second reader is no device of its own."""
LINE_OF_NFC = "pn532"
"""Of its two ways the one with a chip at a serial line: a phone in the air cannot be unplugged."""
QUIET_VIDEO = ("OPENCV_FFMPEG_LOGLEVEL", "-8")
"""Else the video library writes a line for each unplugging."""
LOADED: dict[str, dict[str, int]] = {
    "card_dispenser": {"count": 50},
    "vending": {"selection": 1, "count": 10},
}


@dataclass(frozen=True, slots=True)
class Soaked:
    """One device and what happens to it."""

    device: FittedDevice
    plug: Plug


class UnitsRun:
    """One units program in a folder of its own."""

    def __init__(self, folder: Path, names: Sequence[str]) -> None:
        self.folder = folder
        self.names = names
        self._house = House(folder)

    def start(self) -> None:
        """Again at the same paths after `stop`."""
        self._house.start_units(self.folder, self.names)

    def stop(self) -> None:
        """Units and the services they brought along."""
        self._house.stop()

    def told(self) -> Mapping[str, Any]:
        """What units.json says."""
        content: dict[str, Any] = json.loads((self.folder / "units.json").read_text("utf-8"))
        return content

    def hand(self, unit: str, do: str, **fields: object) -> Mapping[str, object]:
        """One act of a person at a unit, over a connection of its own."""
        with ControlClient(self.folder / "control.sock") as control:
            return control.ask(unit, do, **fields)


class Rig:
    """Units, and every device of `names`; `stop` ends what `start` began, however far it came."""

    def __init__(self, folder: Path, names: Sequence[str]) -> None:
        shared = [name for name in names if name not in OWN_PROGRAM]
        groups = [shared, *([name] for name in names if name in OWN_PROGRAM)]
        self._runs = [UnitsRun(folder / group[0], group) for group in groups if group]
        self.soaked: list[Soaked] = []

    def start(self) -> None:
        """Start every program, then open every device."""
        os.environ.setdefault(*QUIET_VIDEO)
        with ThreadPoolExecutor(len(self._runs)) as starters:
            list(starters.map(UnitsRun.start, self._runs))
        for run in self._runs:
            os.environ.update(run.told()["environment"])
        for run in self._runs:
            self.soaked += (_soaked(run, unit) for unit in run.names)

    def stop(self) -> list[str]:
        """Names of devices whose worker did not end."""
        hanging = [soaked.device.unit for soaked in self.soaked if not soaked.device.stop()]
        for run in self._runs:
            run.stop()
        return hanging


def _soaked(run: UnitsRun, unit: str) -> Soaked:
    if unit in LOADED:
        run.hand(unit, "load", **LOADED[unit])
    told = run.told()[unit]
    path = told.get(LINE_OF_NFC, told["path"])
    device = FittedDevice(unit, told["table"], {**told["settings"], "path": path}, run.folder)
    return Soaked(device, _plug(run, unit, device))


def _plug(run: UnitsRun, unit: str, device: FittedDevice) -> Plug:
    hand = partial(run.hand, unit)
    power_off, power_on = partial(hand, "power", on=False), partial(hand, "power", on=True)
    match unit:
        case "card_slot":
            uid = str(run.hand("wallet", "create", blocks=OUR_CARD)["uid"])
            return CardHand(device, hand, uid, telling(device, run.stop, run.start))
        case "page_printer":
            return telling(device, run.stop, run.start)
        case "camera":
            return telling(device, partial(hand, "unplug"), partial(hand, "plug"))
        case "pos" | "pos_mis":
            return asked(device, power_off, power_on)
        case _:
            return telling(device, power_off, power_on)
