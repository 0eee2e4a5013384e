"""The inside of a booklet vending machine: spirals, delivery tray with its drop sensor, doors.

Talks to nothing. A spiral that turns empty drops nothing, and only the drop sensor knows; without
the sensor a turn counts as a sale.
"""

from dataclasses import dataclass, field

from sandbox.units.request import ControlError

SELECTIONS = 6
CAPACITY = 10
PRICE_FEN = 500
BOOK_LENGTH = 500

GOOD, OUT_OF_STOCK, MISSING, PAUSED = 1, 2, 3, 4
DISPENSED, JAMMED, NO_MOTOR, ENDED = 0x02, 0x03, 0x06, 0xFF


@dataclass(slots=True)
class Spiral:
    """One selection."""

    selection: int
    stock: int = 0
    capacity: int = CAPACITY
    price_fen: int = PRICE_FEN
    product: int = 0
    paused: bool = False


@dataclass(slots=True)
class Shelf:
    """What is physically in the machine; survives a restart as it stands."""

    spirals: list[Spiral] = field(default_factory=list)
    tray: list[int] = field(default_factory=list)
    jammed: bool = False
    door_open: bool = False
    delivery_door_open: bool = False
    movements: list[str] = field(default_factory=list)

    def spiral(self, selection: int) -> Spiral | None:
        """One selection, None when there is no such motor."""
        return next((s for s in self.spirals if s.selection == selection), None)

    def fitness(self, selection: int) -> int:
        """May this selection be sold? (protocol page, command 02)."""
        spiral = self.spiral(selection)
        if spiral is None:
            return MISSING
        if spiral.paused:
            return PAUSED
        return GOOD if spiral.stock else OUT_OF_STOCK

    def turn(self, selection: int, with_sensor: bool) -> int:
        """Turn a motor once round; the dispensing status that follows."""
        spiral = self.spiral(selection)
        if spiral is None:
            return NO_MOTOR
        if self.jammed:
            self.note(f"{selection} jammed")
            return JAMMED
        dropped = spiral.stock > 0
        if dropped:
            spiral.stock -= 1
            self.tray.append(selection)
        self.note(f"{selection} {'dropped' if dropped else 'turned empty'}")
        return DISPENSED if dropped or not with_sensor else ENDED

    def load(self, selection: int, count: int) -> Spiral:
        """Put booklets into a spiral by hand."""
        spiral = self.spiral(selection)
        if spiral is None:
            raise ControlError(f"there is no selection {selection}")
        if spiral.stock + count > spiral.capacity:
            raise ControlError(f"selection {selection} has room for {spiral.capacity}")
        spiral.stock += count
        return spiral

    def take(self) -> list[int]:
        """The patient takes what lies in the tray; selections."""
        if not self.tray:
            raise ControlError("nothing lies in the tray")
        taken, self.tray = self.tray, []
        return taken

    def note(self, word: str) -> None:
        """Write into the machine's book."""
        self.movements.append(word)
        del self.movements[:-BOOK_LENGTH]


def empty_shelf() -> Shelf:
    """A machine as delivered: six spirals, nothing in them."""
    return Shelf([Spiral(number, product=number) for number in range(1, SELECTIONS + 1)])
