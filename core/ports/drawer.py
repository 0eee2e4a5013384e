"""The cash drawer of a window, which hangs on the receipt printer's pulse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.flow import Event


@dataclass(frozen=True, slots=True)
class DrawerSeen:
    """Whether it stands open; None: its switch is not wired, or the settings do not say how."""

    is_open: bool | None


@dataclass(frozen=True, slots=True)
class DrawerChanged(Event):
    """It was opened or closed, by whatever hand."""

    level: ClassVar[str | None] = "cash_drawer"
    is_open: bool
