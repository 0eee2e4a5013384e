"""What all virtual devices have in common: physical state on disk, faults, control, lines, power.

Talks to the lines (pty, TCP) and to the state file. All units live in one asyncio loop and one
thread, so no unit needs a lock; nothing in a unit may block. Switching a unit on again makes a new
object from its state file: what is not in ``saved()`` is what a real device forgets without power.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar, Protocol

from sandbox.units.faults import BEFORE_EXECUTION, COMMON_KINDS, Fault, FaultQueue, spoil
from sandbox.units.json_files import Json, read_json, write_json
from sandbox.units.request import ControlError, Request


class Line(Protocol):
    """One wire to a host; ``send`` is False when nobody is at the other end."""

    def send(self, data: bytes) -> bool: ...

    def cut(self) -> None: ...


class Unit(ABC):
    """One virtual device. ``name`` is its key in units.json and on the control channel, ``table``
    the terminal's settings table that it serves; "" for one that no terminal is told of."""

    name: ClassVar[str]
    table: ClassVar[str]
    polls: ClassVar[frozenset[str]] = frozenset()
    own_faults: ClassVar[tuple[str, ...]] = ()

    def __init__(self, run_dir: Path) -> None:
        self.run_dir = run_dir
        self.faults = FaultQueue(kinds=COMMON_KINDS + self.own_faults, polls=self.polls)
        self.on_changed: Callable[[Unit], None] = lambda _unit: None
        self.is_on = True
        self._is_replaced = False
        self._timers: set[asyncio.TimerHandle] = set()
        self._state_file = run_dir / "state" / f"{self.name}.json"

    @abstractmethod
    async def start(self) -> None:
        """Open the wires; called once inside the running loop."""

    @abstractmethod
    def stop(self) -> None:
        """Close the wires at once."""

    @abstractmethod
    def paths(self) -> Json:
        """The wires as the terminal's settings spell them, at least ``{"path": ...}``."""

    def settings(self) -> Json:
        """The terminal's settings table for this device; its path unless a unit needs more."""
        return {"path": self.paths()["path"]}

    @abstractmethod
    def state(self) -> Json:
        """What is physically there now, as shown to people."""

    def books(self) -> Json:
        """What the unit recorded; the state itself when it keeps no records."""
        return self.state()

    @abstractmethod
    def perform(self, request: Request) -> Json:
        """Carry out one of the unit's own controls; the result is added to the answer."""

    def saved(self) -> Json:
        """What survives a restart; the shown state unless a unit keeps more."""
        return self.state()

    def load(self) -> Json | None:
        """The saved state of an earlier run, or None."""
        return read_json(self._state_file)

    def changed(self) -> None:
        """Write the state and tell whoever watches; called after every physical change."""
        if self._is_replaced:
            return
        write_json(self._state_file, self.saved())
        self.on_changed(self)

    def later(
        self, delay_s: float, act: Callable[..., object], *given: object
    ) -> asyncio.TimerHandle:
        """Do something after a time, as a motor does it: never once the power is gone."""

        def do_it() -> None:
            self._timers.discard(timer)
            act(*given)

        timer = asyncio.get_running_loop().call_later(delay_s, do_it)
        self._timers.add(timer)
        return timer

    def switch_off(self) -> None:
        """The power goes: wires dead, motors still, volatile state lost. Hands still reach in."""
        if not self.is_on:
            return
        self.stop()
        while self._timers:
            self._timers.pop().cancel()
        self.is_on = False
        self.changed()

    def replaced(self) -> FaultQueue:
        """The power is back and a new object takes over, with the faults that still wait."""
        self._is_replaced = True
        return self.faults

    def shown(self) -> Json:
        """The state as people see it; a dead unit says so."""
        return self.state() if self.is_on else {**self.state(), "power": "off"}

    def control(self, request: Request) -> Json:
        """Answer one control request; raises ControlError with the reason of a refusal."""
        match request.text("do"):
            case "fault":
                self.faults.order(request)
                return {}
            case "clear_faults":
                self.faults.waiting.clear()
                return {}
            case "books":
                return {"books": self.books()}
            case "state":
                return {"state": self.shown()}
            case _:
                return self.perform(request)

    def unknown(self, request: Request) -> ControlError:
        """The refusal of a control that this unit does not have."""
        return ControlError(f"{self.name} cannot {request.text('do')!r}")

    @staticmethod
    def stopped_before(fault: Fault | None, line: Line) -> bool:
        """True when the fault keeps the command from being executed at all."""
        if fault is None or fault.kind not in BEFORE_EXECUTION:
            return False
        if fault.kind == "cut":
            line.cut()
        return True

    def deliver(self, fault: Fault | None, line: Line, answer: bytes) -> None:
        """Send the answer of an executed command, or what the fault leaves of it."""
        match fault.kind if fault else None:
            case "answer_lost":
                return
            case "cut_after_execution":
                line.cut()
            case "power_off":
                self.switch_off()
            case "duplicate":
                line.send(answer + answer)
            case "delay" if fault:
                self.later(fault.seconds, line.send, answer)
            case "garble" | "drop_byte" as kind:
                line.send(spoil(kind, answer))
            case _:
                line.send(answer)
