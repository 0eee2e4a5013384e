"""Faults a person can order for the next commands of a unit.

Talks to nothing. A fault without ``on`` skips the commands a unit is polled with, because a fault
meant for "the next command" would otherwise be eaten by the next status poll.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.units.request import ControlError, Request

COMMON_KINDS = (
    "silent",  # neither executes nor answers
    "answer_lost",  # executes, then says nothing
    "delay",  # executes, answers after `seconds`
    "garble",  # one byte of the answer is flipped
    "drop_byte",  # one byte of the answer is missing
    "duplicate",  # the answer is sent twice
    "cut",  # the line drops instead of the command
    "cut_after_execution",  # the line drops instead of the answer
    "power_off",  # executes, then the unit is dead until `power` on
)
BEFORE_EXECUTION = frozenset({"silent", "cut"})


@dataclass(slots=True)
class Fault:
    """One ordered fault; ``count`` commands long or, with ``until``, until that moment."""

    kind: str
    count: int
    seconds: float
    on: str | None
    code: str
    until: float | None


@dataclass(slots=True)
class FaultQueue:
    """The faults in force for one unit, oldest first."""

    kinds: tuple[str, ...] = COMMON_KINDS
    polls: frozenset[str] = frozenset()
    now: Callable[[], float] = time.monotonic
    waiting: list[Fault] = field(default_factory=list)

    def order(self, request: Request) -> None:
        """Arm one fault; ``seconds`` is the length of a delay, else how long the fault lasts."""
        kind = request.choice("kind", self.kinds)
        lasting = kind != "delay" and request.has("seconds")
        seconds = request.seconds("seconds", 1.0)
        count = request.number("count", 1)
        if count == 0:
            raise ControlError("field 'count' must be 1 or more")
        self.waiting.append(
            Fault(
                kind=kind,
                count=count,
                seconds=seconds,
                on=request.text("on") if request.has("on") else None,
                code=request.text("code", "51"),
                until=self.now() + seconds if lasting else None,
            )
        )

    def take(self, command: str, kinds: tuple[str, ...] | None = None) -> Fault | None:
        """The fault that meets this command, used up by one; None for a healthy command."""
        self.waiting = [f for f in self.waiting if f.until is None or f.until > self.now()]
        for fault in self.waiting:
            if self._meets(fault, command) and (kinds is None or fault.kind in kinds):
                if fault.until is None:
                    fault.count -= 1
                    if fault.count == 0:
                        self.waiting.remove(fault)
                return fault
        return None

    def _meets(self, fault: Fault, command: str) -> bool:
        if fault.on is None:
            return command not in self.polls
        return fault.on in (command, "any")


def spoil(kind: str, answer: bytes) -> bytes:
    """The answer with its middle byte flipped (``garble``) or missing (``drop_byte``)."""
    middle = len(answer) // 2
    if kind == "drop_byte":
        return answer[:middle] + answer[middle + 1 :]
    return answer[:middle] + bytes([answer[middle] ^ 0x21]) + answer[middle + 1 :]
