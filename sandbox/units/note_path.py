"""The inside of a banknote acceptor: bezel, reader, escrow, stacker and cash box, and one note.

Talks to the unit that owns it: by ``later`` for everything that takes time, and by ``tell`` of what
happened. Both protocols share it and only report it. A note is safe (cannot be pulled out) one
movement before it lies in the box, so a power cut can come between the credit and the box.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Literal, Protocol

from sandbox.units.request import ControlError

DENOMINATIONS_FEN = (100, 500, 1000, 2000, 5000, 10000)
BOX_CAPACITY = 300
ESCROW_S, SILENCE_S = 10.0, 10.0
BOOK_LENGTH = 500

Place = Literal["none", "entering", "escrow", "stacking", "safe", "returning", "bezel", "stuck"]
WITHIN_REACH: tuple[Place, ...] = ("entering", "escrow", "returning")
BEYOND_REACH: tuple[Place, ...] = ("stacking", "safe")


class Happening(Enum):
    """What the path tells its unit."""

    READING = auto()
    ESCROW = auto()
    STACKING = auto()
    SAFE = auto()
    STACKED = auto()
    RETURNING = auto()
    RETURNED = auto()
    CLEARED_TO_FRONT = auto()
    CLEARED_INTO_BOX = auto()
    JAMMED = auto()
    FRAUD = auto()
    BOX_REMOVED = auto()
    BOX_REPLACED = auto()


class Reason(Enum):
    """Why a note came back."""

    ACCEPTED = auto()
    NOT_RECOGNISED = auto()
    INHIBITED = auto()
    HOST = auto()
    ESCROW_TIME_OUT = auto()


class Verdict(Enum):
    """What the unit says of a note that was read."""

    ESCROW = auto()
    STACK = auto()
    REFUSE = auto()


@dataclass(slots=True)
class Mechanism:
    """What is physically in the acceptor; survives a restart as it stands."""

    note_fen: int = 0
    genuine: bool = True
    recognised: bool = False
    place: Place = "none"
    stuck_beyond_reach: bool = False
    jammed: bool = False
    box: dict[str, int] = field(default_factory=dict)
    box_inserted: bool = True
    serial: str = "13572648"
    escrow_s: float = ESCROW_S
    silence_s: float = SILENCE_S
    stacked: int = 0
    rejected: int = 0
    movements: list[str] = field(default_factory=list)


class Owner(Protocol):
    """What the path needs from the unit around it."""

    def later(
        self, delay_s: float, act: Callable[..., object], *given: object
    ) -> asyncio.TimerHandle: ...

    def judge(self, denomination_fen: int) -> Verdict: ...

    def hindered(self, movement: str) -> bool: ...

    def tell(self, happening: Happening) -> None: ...


class NotePath:
    """Moves one note at a time; every movement takes ``motion_s``."""

    def __init__(self, mechanism: Mechanism, owner: Owner, motion_s: float) -> None:
        self.now = mechanism
        self.reason = Reason.ACCEPTED
        self._owner = owner
        self._motion_s = motion_s
        self._motion: asyncio.TimerHandle | None = None
        self._escrow_limit: asyncio.TimerHandle | None = None

    @property
    def is_full(self) -> bool:
        """The cash box takes no more notes."""
        return sum(self.now.box.values()) >= BOX_CAPACITY

    @property
    def can_take(self) -> bool:
        """Nothing mechanical keeps a note from being drawn in."""
        return self.now.box_inserted and not self.now.jammed and not self.is_full

    @property
    def stranded(self) -> Literal["front", "box", "none"]:
        """Where a note that the power cut caught on its way will be brought."""
        if self.now.place in WITHIN_REACH:
            return "front"
        return "box" if self.now.place in BEYOND_REACH else "none"

    def insert(self, denomination_fen: int, genuine: bool, motor_runs: bool) -> bool:
        """A hand pushes a note in; False when the motor does not draw it in."""
        if self.now.place != "none":
            raise ControlError(f"a note is in the way ({self.now.place})")
        if not motor_runs or not self.can_take:
            return False
        self.now.note_fen, self.now.genuine, self.now.recognised = denomination_fen, genuine, False
        self._go("entering", Happening.READING, self._read)
        return True

    def stack(self) -> None:
        """From escrow into the box."""
        self._go("stacking", Happening.STACKING, self._become_safe)

    def give_back(self, reason: Reason) -> None:
        """From the reader or escrow back to the bezel."""
        self.reason = reason
        self.now.rejected += 1
        self._go("returning", Happening.RETURNING, self._reach_bezel)

    def hold(self) -> None:
        """Start the escrow time anew."""
        self._stop_escrow_limit()
        self._escrow_limit = self._owner.later(
            self.now.escrow_s, self.give_back, Reason.ESCROW_TIME_OUT
        )

    def halt(self) -> None:
        """Motors stand still, as at a reset."""
        self._stop_escrow_limit()
        if self._motion is not None:
            self._motion.cancel()
            self._motion = None

    def clear(self) -> None:
        """Bring a stranded note out, as every acceptor does after power-up."""
        match self.stranded:
            case "front":
                self.now.place = "returning"
                self._motion = self._owner.later(self._motion_s, self._cleared_to_front)
            case "box":
                self.now.place = "safe"
                self._motion = self._owner.later(self._motion_s, self._cleared_into_box)
            case "none":
                pass

    def take(self) -> int:
        """The patient takes the returned note; fen."""
        if self.now.place != "bezel":
            raise ControlError("no note is at the bezel")
        return self._hand_over("taken")

    def jam(self) -> None:
        """Whatever moves gets stuck where it is."""
        self.halt()
        if self.now.place in WITHIN_REACH + BEYOND_REACH:
            self.now.stuck_beyond_reach = self.now.place in BEYOND_REACH
            self.now.place = "stuck"
        self.now.jammed = True
        self._note("jammed")
        self._owner.tell(Happening.JAMMED)

    def unjam(self) -> int:
        """The technician frees the path and takes a stuck note into the hand; fen or 0."""
        self.now.jammed = False
        if self.now.place != "stuck":
            return 0
        self.now.stuck_beyond_reach = False
        return self._hand_over("removed by hand")

    def fraud(self) -> None:
        """Somebody pulls a note back out on a string."""
        self._owner.tell(Happening.FRAUD)

    def remove_box(self) -> None:
        """The staff pulls the cash box out."""
        if not self.now.box_inserted:
            raise ControlError("the cash box is out already")
        if self.now.place in BEYOND_REACH:
            raise ControlError("a note is on its way into the box")
        self.now.box_inserted = False
        self._owner.tell(Happening.BOX_REMOVED)

    def insert_box(self) -> None:
        """The staff pushes the cash box in."""
        if self.now.box_inserted:
            raise ControlError("the cash box is in already")
        self.now.box_inserted = True
        self._owner.tell(Happening.BOX_REPLACED)

    def empty_box(self) -> dict[str, int]:
        """The staff empties the removed box; notes by denomination in fen."""
        if self.now.box_inserted:
            raise ControlError("the cash box must be taken out first")
        taken, self.now.box = self.now.box, {}
        return taken

    def fill(self, count: int, denomination_fen: int) -> None:
        """Notes that lie in the box from before."""
        self._count(denomination_fen, count)

    def _go(self, place: Place, happening: Happening, arrive: Callable[[], None]) -> None:
        self.halt()
        self.now.place = place
        if self._owner.hindered(place):
            self.jam()
            return
        self._note(place)
        self._owner.tell(happening)
        self._motion = self._owner.later(self._motion_s, arrive)

    def _read(self) -> None:
        if not self.now.genuine:
            self.give_back(Reason.NOT_RECOGNISED)
            return
        self.now.recognised = True
        match self._owner.judge(self.now.note_fen):
            case Verdict.ESCROW:
                self.now.place = "escrow"
                self._note("escrow")
                self.hold()
                self._owner.tell(Happening.ESCROW)
            case Verdict.STACK:
                self.stack()
            case Verdict.REFUSE:
                self.give_back(Reason.INHIBITED)

    def _become_safe(self) -> None:
        self._go("safe", Happening.SAFE, self._arrive_in_box)

    def _arrive_in_box(self) -> None:
        self._drop_into_box("stacked")
        self._owner.tell(Happening.STACKED)

    def _reach_bezel(self) -> None:
        self._lie_at_bezel("returned")
        self._owner.tell(Happening.RETURNED)

    def _cleared_to_front(self) -> None:
        self._lie_at_bezel("cleared to the front")
        self._owner.tell(Happening.CLEARED_TO_FRONT)

    def _cleared_into_box(self) -> None:
        self._drop_into_box("cleared into the box")
        self._owner.tell(Happening.CLEARED_INTO_BOX)

    def _drop_into_box(self, word: str) -> None:
        self._count(self.now.note_fen, 1)
        self.now.stacked += 1
        self._note(word)
        self.now.place = "none"

    def _lie_at_bezel(self, word: str) -> None:
        self._note(word)
        self.now.place = "bezel"

    def _count(self, denomination_fen: int, count: int) -> None:
        name = str(denomination_fen)
        self.now.box[name] = self.now.box.get(name, 0) + count

    def _hand_over(self, word: str) -> int:
        fen = self.now.note_fen
        self._note(word)
        self.now.note_fen, self.now.place = 0, "none"
        return fen

    def _stop_escrow_limit(self) -> None:
        if self._escrow_limit is not None:
            self._escrow_limit.cancel()
            self._escrow_limit = None

    def _note(self, word: str) -> None:
        self.now.movements.append(f"{self.now.note_fen} {word}")
        del self.now.movements[:-BOOK_LENGTH]
