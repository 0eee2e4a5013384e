"""What either protocol tells of notes, in one closed union, and the driver that the service needs.

What a reader would get wrong: `AtRest` says that at this look no note was in the path; everything
else is something that happened or is still true. `look` must not be called while a note is held
and nobody has decided: on SSP a poll takes the note.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from devices.checks import Identity


class Fate(StrEnum):
    """Where a note found at power-up went (`core.ports.NoteFoundAtPowerUp.fate`)."""

    STACKED = "stacked"
    RETURNED = "returned"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class AtRest:
    """No note in the path."""


@dataclass(frozen=True, slots=True)
class Moving:
    """A note is on its way, in or out."""


@dataclass(frozen=True, slots=True)
class Held:
    """A note in escrow. 0: not a note of ours."""

    denomination_fen: int


@dataclass(frozen=True, slots=True)
class Credited:
    """The acceptor's credit event."""

    denomination_fen: int


@dataclass(frozen=True, slots=True)
class Ejected:
    """A note is out at the bezel. `reason`: the acceptor's code, "" when it was asked to."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class FoundAtStart:
    """What the acceptor tells of a note that was inside when it got power."""

    denomination_fen: int | None
    fate: Fate


@dataclass(frozen=True, slots=True)
class Restarted:
    """It lost power or was reset: everything that was set is gone."""


class Condition(StrEnum):
    """What keeps an acceptor from accepting."""

    BOX_OUT = "box_out"
    BOX_FULL = "box_full"
    PATH_OPEN = "path_open"
    JAMMED = "jammed"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Begun:
    """A condition is or became true."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Ended:
    """A condition is over."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Fraud:
    """A manipulation was seen."""


Signal = (
    AtRest | Moving | Held | Credited | Ejected | FoundAtStart | Restarted | Begun | Ended | Fraud
)


class NoteDriver(Protocol):
    """One acceptor behind its protocol. Errors: `devices.errors`."""

    @property
    def denominations_fen(self) -> tuple[int, ...]:
        """What it knows, smallest first."""

    def close(self) -> None:
        """Give the line back; never raises."""

    def identity(self) -> Identity:
        """Who it says it is."""

    def box_count(self) -> int | None:
        """Notes it ever stacked; None: it does not count."""

    def allow(self, denominations_fen: tuple[int, ...]) -> None:
        """Let exactly these in, to escrow."""

    def forbid(self) -> None:
        """Let nothing in."""

    def look(self) -> list[Signal]:
        """What happened since, and what is true now."""

    def keep(self) -> None:
        """Keep the held note. DeviceRefused: none is held."""

    def accept(self) -> list[Signal]:
        """Take the held note. DeviceRefused: none is held."""

    def give_back(self) -> None:
        """Return the held note, if there is one."""
