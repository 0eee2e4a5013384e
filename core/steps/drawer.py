"""Acts on the cash drawer. Why it is opened is written down first: `core/journeys/drawer.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.flow import Act
from core.ports import DeviceTrouble, Done, DrawerSeen, Unknown


@dataclass(frozen=True, slots=True)
class OpenDrawer(Act[Done | DeviceTrouble | Unknown]):
    """One pulse. DeviceTrouble: none was sent, or it is shut all the same (`drawer_stuck`).
    Unknown: the printer did not prove that it came."""

    durable: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class LookAtDrawer(Act[DrawerSeen | DeviceTrouble]):
    """Does it stand open now?"""

    durable: ClassVar[bool] = False
