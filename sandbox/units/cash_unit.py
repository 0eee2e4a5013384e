"""What both virtual banknote acceptors have in common: the note path and the hands around it.

Talks to the note path and to the control channel; the protocols live in ``cash`` and
``cash_ccnet``. A note pushed into a disabled acceptor stays in the hand: the motor does not run.
"""

from abc import abstractmethod
from dataclasses import asdict
from pathlib import Path
from typing import Any, ClassVar

from sandbox.units.faults import COMMON_KINDS, Fault
from sandbox.units.json_files import Json
from sandbox.units.note_path import DENOMINATIONS_FEN, Happening, Mechanism, NotePath, Verdict
from sandbox.units.pty_line import PtyLine
from sandbox.units.request import ControlError, Request
from sandbox.units.unit import Unit

OUTCOMES = ("ok", "invalid")
LONGEST_SERIAL = 10


class CashUnit(Unit):
    """Control: ``insert(denomination_fen, outcome)``, ``take``, ``jam``, ``unjam``, ``fraud``,
    ``remove_box``, ``insert_box``, ``empty_box``, ``fill(count, denomination_fen)``,
    ``serial(text)``, ``timers(escrow_s, silence_s)``."""

    own_faults: ClassVar[tuple[str, ...]] = ("jam",)

    def __init__(self, run_dir: Path, motion_s: float) -> None:
        super().__init__(run_dir)
        self.motion_s = motion_s
        self._line = PtyLine(run_dir / f"{self.name}.tty", self._on_bytes)
        before: dict[str, Any] = self.load() or {}
        self._path = NotePath(Mechanism(**before), self, motion_s)

    @property
    @abstractmethod
    def enabled(self) -> bool:
        """The host lets notes in."""

    @abstractmethod
    def judge(self, denomination_fen: int) -> Verdict:
        """What the host's switches say of a note that was read."""

    @abstractmethod
    def report(self, happening: Happening) -> None:
        """Remember what the protocol has to say of this."""

    @abstractmethod
    def _on_bytes(self, data: bytes) -> None: ...

    def tell(self, happening: Happening) -> None:
        """The note path says what happened."""
        self.report(happening)
        self.changed()

    def hindered(self, movement: str) -> bool:
        """True when a jam was ordered for this movement."""
        return self.faults.take(movement, kinds=("jam",)) is not None

    def fault_of(self, command: str) -> Fault | None:
        """The fault that meets a command; a jam waits for a movement."""
        return self.faults.take(command, kinds=COMMON_KINDS)

    async def start(self) -> None:
        self._line.open()

    def stop(self) -> None:
        self._line.close()

    def paths(self) -> Json:
        return {"path": self._line.path}

    def state(self) -> Json:
        now = self._path.now
        note = None
        if now.place != "none":
            note = {"denomination_fen": now.note_fen, "place": now.place, "genuine": now.genuine}
        return {
            "note": note,
            "enabled": self.enabled and self.is_on,
            "jammed": now.jammed,
            "box": dict(now.box),
            "box_inserted": now.box_inserted,
            "box_full": self._path.is_full,
            "serial": now.serial,
        }

    def books(self) -> Json:
        return asdict(self._path.now)

    def saved(self) -> Json:
        return asdict(self._path.now)

    def perform(self, request: Request) -> Json:
        result = self._perform_with_note(request)
        if result is None:
            result = self._perform_with_box(request)
        self.changed()
        return result

    def _perform_with_note(self, request: Request) -> Json | None:
        match request.text("do"):
            case "insert":
                fen = _denomination(request, None)
                genuine = request.choice("outcome", OUTCOMES, "ok") == "ok"
                motor_runs = self.enabled and self.is_on
                return {"drawn_in": self._path.insert(fen, genuine, motor_runs)}
            case "take":
                return {"denomination_fen": self._path.take()}
            case "jam":
                self._path.jam()
            case "unjam":
                return {"denomination_fen": self._path.unjam()}
            case "fraud":
                self._path.fraud()
            case "timers":
                now = self._path.now
                now.escrow_s = request.seconds("escrow_s", now.escrow_s)
                now.silence_s = request.seconds("silence_s", now.silence_s)
            case _:
                return None
        return {}

    def _perform_with_box(self, request: Request) -> Json:
        match request.text("do"):
            case "remove_box":
                self._path.remove_box()
            case "insert_box":
                self._path.insert_box()
            case "empty_box":
                return {"notes": self._path.empty_box()}
            case "fill":
                self._path.fill(request.number("count"), _denomination(request, 1000))
            case "serial":
                self._path.now.serial = _serial(request.text("text"))
            case _:
                raise self.unknown(request)
        return {}


def _denomination(request: Request, default: int | None) -> int:
    fen = request.number("denomination_fen", default)
    if fen not in DENOMINATIONS_FEN:
        known = ", ".join(str(value) for value in DENOMINATIONS_FEN)
        raise ControlError(f"field 'denomination_fen' must be one of {known}")
    return fen


def _serial(text: str) -> str:
    if not text.isdecimal() or len(text) > LONGEST_SERIAL or int(text) >= 1 << 32:
        raise ControlError("a serial number is a decimal number below 4294967296")
    return text
