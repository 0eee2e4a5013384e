"""The mechanics of the card dispenser: stacker, transport, error bin, and where each card lies.

Talks to the wallet alone. A card that was ejected still lies in the gate until somebody takes it
and cannot be pulled back in; only a held card can be captured.
"""

from dataclasses import dataclass, field
from typing import Literal

from sandbox.units.request import ControlError
from sandbox.units.wallet import Wallet

Position = Literal["none", "rf", "ic", "gate", "ejected", "stuck"]
FEW_CARDS = 10
HIGHEST_COUNTER = 999
BOOK_LENGTH = 500

SEQUENCE, JAM, CAPTURE_FAILED, MOVED_BY_HAND, COUNTER_OVERFLOW = "02", "10", "40", "45", "50"
STACKER_EMPTY, BIN_FULL = "A0", "A1"


class MoveRefused(Exception):
    """A movement did not happen; ``error`` is the two-character code of protocol page 3.5."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


@dataclass(slots=True)
class Mechanics:
    """What is physically in the dispenser; survives a restart as it stands."""

    stacker: list[str] = field(default_factory=list)
    card: str | None = None
    position: Position = "none"
    bin: list[str] = field(default_factory=list)
    bin_capacity: int = 30
    jammed: bool = False
    bin_counter: int = 0
    few_cards: int = FEW_CARDS
    movements: list[str] = field(default_factory=list)


class CardPath:
    """Moves cards. Every method that moves raises MoveRefused instead of moving half."""

    def __init__(self, mechanics: Mechanics, wallet: Wallet) -> None:
        self.now = mechanics
        self._wallet = wallet

    def status(self) -> bytes:
        """st0 st1 st2 (protocol page 3.3)."""
        m = self.now
        transport = {"none": b"0", "gate": b"1", "ejected": b"1"}.get(m.position, b"2")
        stacker = b"0" if not m.stacker else b"1" if len(m.stacker) <= m.few_cards else b"2"
        return transport + stacker + (b"1" if len(m.bin) >= m.bin_capacity else b"0")

    def sensors(self) -> bytes:
        """S1 gate, S2 transport, the others uncovered."""
        position = self.now.position
        gate = b"1" if position in ("gate", "ejected") else b"0"
        inside = b"1" if position in ("rf", "ic", "stuck") else b"0"
        return gate + inside + b"000000"

    def bring(self, target: Literal["rf", "ic", "gate"]) -> None:
        """Move the card in the transport to ``target``, or dispense one from the stacker."""
        m = self.now
        self._refuse_when_jammed()
        if m.position == "ejected":
            raise MoveRefused(SEQUENCE)
        if m.card is None:
            if not m.stacker:
                raise MoveRefused(STACKER_EMPTY)
            uid = m.stacker.pop(0)
            self._wallet.move(uid, "stacker", "dispenser")
            m.card = uid
        m.position = target
        self._note(f"to {target}")

    def enter(self, uid: str) -> None:
        """A person pushes a card into the gate; it is pulled to the RF position."""
        m = self.now
        if m.card is not None:
            raise ControlError(f"card {m.card} is in the transport")
        self._wallet.move(uid, "hand", "dispenser")
        m.card, m.position = uid, "rf"
        self._note("entered at the gate")

    def eject(self) -> None:
        """Push the card out of the gate; it lies there until taken."""
        self._refuse_when_jammed()
        if self.now.card is None:
            raise MoveRefused(SEQUENCE)
        self.now.position = "ejected"
        self._note("ejected")

    def capture(self, counting: bool) -> None:
        """Drop the card into the error bin; ``counting`` adds to the retract counter."""
        m = self.now
        self._refuse_when_jammed()
        if m.card is None:
            raise MoveRefused(SEQUENCE)
        if m.position == "ejected":
            raise MoveRefused(CAPTURE_FAILED)
        if len(m.bin) >= m.bin_capacity:
            raise MoveRefused(BIN_FULL)
        if counting and m.bin_counter >= HIGHEST_COUNTER:
            raise MoveRefused(COUNTER_OVERFLOW)
        m.bin_counter += counting
        self._note("captured")
        self._wallet.move(m.card, "dispenser", "bin")
        m.bin.append(m.card)
        m.card, m.position = None, "none"

    def jam(self) -> None:
        """Get stuck on the way: a waiting card leaves the stacker and stops in between."""
        m = self.now
        if m.card is None and m.stacker:
            m.card = m.stacker.pop(0)
            self._wallet.move(m.card, "stacker", "dispenser")
        if m.card is not None:
            m.position = "stuck"
        m.jammed = True
        self._note("jammed")

    def unjam(self, remove: bool) -> None:
        """The technician clears the path; the card stays at the RF position or goes with him."""
        m = self.now
        m.jammed = False
        if m.position == "stuck":
            m.position = "rf"
        if remove and m.card is not None:
            self._hand_over("removed by hand")

    def take(self) -> str:
        """The patient takes the card at the gate; ControlError when none is there."""
        if self.now.position not in ("gate", "ejected"):
            raise ControlError("no card is at the gate")
        return self._hand_over("taken")

    def pull(self) -> str:
        """Somebody pulls the card out of the gate while the motor works on it."""
        if self.now.card is None or self.now.jammed:
            raise ControlError("no card can be reached")
        return self._hand_over("pulled out")

    def load(self, count: int) -> list[str]:
        """Put ``count`` new blank cards at the end of the stacker."""
        fresh = [self._wallet.create("stacker").uid for _ in range(count)]
        self.now.stacker.extend(fresh)
        return fresh

    def empty_stacker(self) -> list[str]:
        """The technician takes all blank cards out of the stacker."""
        taken, self.now.stacker = self.now.stacker, []
        for uid in taken:
            self._wallet.move(uid, "stacker", "hand")
        return taken

    def empty_bin(self) -> list[str]:
        """The technician takes all captured cards into the hand."""
        taken, self.now.bin = self.now.bin, []
        for uid in taken:
            self._wallet.move(uid, "bin", "hand")
        return taken

    def _hand_over(self, word: str) -> str:
        uid = self.now.card or ""
        self._note(word)
        self._wallet.move(uid, "dispenser", "hand")
        self.now.card, self.now.position = None, "none"
        return uid

    def _refuse_when_jammed(self) -> None:
        if self.now.jammed:
            raise MoveRefused(JAM)

    def _note(self, word: str) -> None:
        self.now.movements.append(f"{self.now.card or 'no card'} {word}")
        del self.now.movements[:-BOOK_LENGTH]
