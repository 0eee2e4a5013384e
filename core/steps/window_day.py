"""Acts of a window about who sits there and the cash drawer in their hands.

What a reader would get wrong: a shift whose closing got no answer is closed again with the very
same count, which is the same request; with another count it is another one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from core.flow import Act
from core.ports import Done, NotSent, Refused, Unknown
from core.shifts import CashBoxes, HandedOver, Shift, Shifts


@dataclass(frozen=True, slots=True)
class SignOutOperator(Act[Done | Refused | NotSent | Unknown]):
    """The window is locked: its session is over here, whatever the backend answers."""

    durable: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class ChooseOwnPassword(Act[Done | Refused | NotSent | Unknown]):
    """A password that somebody else chose, or that is too old, opens nothing."""

    durable: ClassVar[bool] = False
    operator: str
    password: str = field(repr=False)
    new_password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class FetchShift(Act[Shift | Refused | NotSent | Unknown]):
    """The open drawer of this window; Refused `no_shift` without one."""

    durable: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class FetchMyShifts(Act[Shifts | Refused | NotSent | Unknown]):
    """One's own at any window, newest first."""

    durable: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class OpenShift(Act[Shift | Refused | NotSent | Unknown]):
    """With the counted float. One drawer of a window is open at a time, so twice does no harm."""

    durable: ClassVar[bool] = False
    float_fen: int


@dataclass(frozen=True, slots=True)
class DrawerCount:
    """What was found in a drawer. `expected_fen`: what was shown after the count; the same count
    beside another sum is another word. The second person is proved by the password."""

    counted_fen: int
    expected_fen: int
    explanation: str = ""
    second_operator: str = ""
    second_password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class CloseShift(Act[Shift | Refused | NotSent | Unknown]):
    """The drawer is counted and in nobody's hands any more."""

    durable: ClassVar[bool] = False
    shift_id: str
    count: DrawerCount


@dataclass(frozen=True, slots=True)
class HandOverShift(Act[HandedOver | Refused | NotSent | Unknown]):
    """The same cash in the hands of the next person, who counted it too."""

    durable: ClassVar[bool] = False
    shift_id: str
    count: DrawerCount
    to_operator: str
    to_password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class FetchCashBoxes(Act[CashBoxes | Refused | NotSent | Unknown]):
    """Boxes that were emptied at one machine, newest first."""

    durable: ClassVar[bool] = False
    terminal_id: str
