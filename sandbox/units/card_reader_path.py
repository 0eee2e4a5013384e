"""The mechanics of the motorised card reader: slot with shutter, transport, box at the rear.

Talks to the wallet alone. A card at the front can be pulled out whether it is held or not; a card
further in is out of reach, and without power it stays where it is.
"""

from dataclasses import dataclass, field
from typing import Literal

from sandbox.units.request import ControlError
from sandbox.units.wallet import Wallet

Position = Literal["none", "front_free", "front_held", "rf", "contacts", "rear_held"]
Size = Literal["normal", "long", "short"]
Result = Literal["done", "failed", "no_card", "wrong_place"]
SIZES = ("normal", "long", "short")
AT_FRONT = frozenset({"front_free", "front_held"})
BOOK_LENGTH = 500
FRONT_MODES = {0x31: "shut", 0x32: "magnetic_and_switch", 0x33: "switch", 0x34: "magnetic"}


class AbnormalCard(Exception):
    """The card inside cannot be moved (error 06)."""


@dataclass(slots=True)
class ReaderMechanics:
    """What is physically in the reader; survives without power as it stands."""

    card: str | None = None
    position: Position = "none"
    size: Size = "normal"
    jammed: bool = False
    box: list[str] = field(default_factory=list)
    movements: list[str] = field(default_factory=list)


class ReaderPath:
    """Moves one card. ``front_mode`` is forgotten without power: then cards enter by switch."""

    def __init__(self, mechanics: ReaderMechanics, wallet: Wallet) -> None:
        self.now = mechanics
        self.front_mode = "switch"
        self.rear_open = True
        self.stop_position: Position = "rf"
        self._wallet = wallet

    @property
    def is_abnormal(self) -> bool:
        """A card that is stuck, too long or too short."""
        return self.now.jammed or self.now.size != "normal"

    @property
    def shutter_open(self) -> bool:
        """Open while a card lies in the slot."""
        return self.now.position in AT_FRONT

    def sensors(self) -> bytes:
        """PSS1 to PSS5 from the front to the rear."""
        covered = {
            "none": b"00000",
            "front_free": b"10000",
            "front_held": b"11000",
            "rf": b"01110",
            "contacts": b"01110",
            "rear_held": b"00011",
        }[self.now.position]
        return b"11111" if self.now.jammed else covered

    def insert(self, uid: str, size: Size) -> None:
        """A person pushes a card into the slot; ControlError when it does not go in."""
        m = self.now
        if m.card is not None:
            raise ControlError(f"card {m.card} is in the reader")
        if self.front_mode != "switch":
            raise ControlError(f"the shutter stays shut (front entry: {self.front_mode})")
        self._wallet.move(uid, "hand", "reader")
        m.card, m.position, m.size = uid, "front_free", size
        self._note("inserted")

    def draw_in(self) -> None:
        """The motor takes the card that was pushed in, if it is still there."""
        if self.now.position == "front_free":
            self.now.position = self.stop_position
            self._note(f"drawn in to {self.stop_position}")

    def bring(self, target: Position) -> Result:
        """Move the card; raises AbnormalCard when it cannot be moved."""
        m = self.now
        if m.card is None:
            return "no_card"
        if self.is_abnormal:
            raise AbnormalCard
        if m.position == "front_free" and target != "front_free":
            return "wrong_place"  # the rollers do not reach it any more
        m.position = target
        self._note(f"to {target}")
        return "done"

    def capture(self) -> Result:
        """Out at the rear, into the box."""
        m = self.now
        result = self.bring("rear_held")
        if result == "done" and m.card is not None:
            self._wallet.move(m.card, "reader", "bin")
            m.box.append(m.card)
            self._note("captured")
            m.card, m.position = None, "none"
        return result

    def expel(self) -> Result:
        """Push an abnormal card out of the front."""
        m = self.now
        if m.card is None:
            return "no_card"
        m.jammed, m.position = False, "front_free"
        self._note("expelled")
        return "done"

    def take(self, moving: bool) -> str:
        """A person pulls the card out; ``moving``: also one that is just passing the slot."""
        m = self.now
        if m.card is None or not (m.position in AT_FRONT or moving) or m.jammed:
            raise ControlError("no card can be reached in the slot")
        return self._hand_over("pulled out" if moving else "taken")

    def jam(self) -> None:
        """Whatever moves next stands still."""
        self.now.jammed = True
        self._note("jammed")

    def unjam(self, remove: bool) -> None:
        """The technician clears the path; the card stays or goes with him."""
        self.now.jammed = False
        if remove and self.now.card is not None:
            self._hand_over("removed by hand")

    def empty_box(self) -> list[str]:
        """The technician takes the captured cards into the hand."""
        taken, self.now.box = self.now.box, []
        for uid in taken:
            self._wallet.move(uid, "bin", "hand")
        return taken

    def _hand_over(self, word: str) -> str:
        uid = self.now.card or ""
        self._note(word)
        self._wallet.move(uid, "reader", "hand")
        self.now.card, self.now.position, self.now.size = None, "none", "normal"
        return uid

    def _note(self, word: str) -> None:
        self.now.movements.append(f"{self.now.card or 'no card'} {word}")
        del self.now.movements[:-BOOK_LENGTH]
