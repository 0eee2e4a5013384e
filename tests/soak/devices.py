"""Every device unplugged again and again, all at once; what was held must be given back.

Talks to the rig. What a reader would get wrong: the first tenth of the cycles only warms up, since
libraries keep what they opened once; each half ends with every device well and no hand at work.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from sandbox.house import NotReady
from sandbox.units.request import ControlError
from tests.soak.fitted import NotTold
from tests.soak.plugs import OK
from tests.soak.rig import Rig, Soaked
from tests.soak.usage import Held, back_at, memory_kib, settled

MOST_FAULTS = 3
WARM_UP_PART = 10


@dataclass(slots=True)
class Story:
    """What became of one device; one with MOST_FAULTS faults is left alone."""

    unit: str
    cycles: int = 0
    slowest_s: float = 0.0
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        told = "; ".join(self.faults) or "none"
        return f"{self.unit:16} {self.cycles:6} {self.slowest_s:7.1f} s   {told}"


@dataclass(frozen=True, slots=True)
class Usage:
    """Before the counted cycles and after them."""

    before: Held
    after: Held
    grown_kib: int
    counted_cycles: int

    @property
    def grown_kib_a_cycle(self) -> float:
        """The slope; a short run shows what libraries keep once."""
        return self.grown_kib / self.counted_cycles


class ErrorLog(logging.Handler):
    """Keeps what is logged from ERROR on: a fault in a worker shows there alone."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(self.format(record))


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that is told of a run; without `faults` it passed."""

    stories: list[Story]
    usage: Usage
    faults: list[str]

    def __str__(self) -> str:
        usage = self.usage
        lines = [f"{'device':16} {'cycles':>6} {'slowest':>9}   faults"]
        lines += [str(story) for story in self.stories]
        lines += [f"before: {usage.before}", f"after:  {usage.after}"]
        lines.append(f"memory: {usage.grown_kib:+} KiB, {usage.grown_kib_a_cycle:+.1f} a cycle")
        lines += self.faults or ["every device came back each time, nothing leaks"]
        return "\n".join(lines)


def soak(names: Sequence[str], cycles: int) -> Verdict:
    """Start units, open devices, do it all, end it all."""
    errors = ErrorLog()
    logging.getLogger().addHandler(errors)
    with tempfile.TemporaryDirectory(prefix="zf-soak-") as folder:
        rig = Rig(Path(folder), names)
        try:
            rig.start()
            stories, usage = _run(rig.soaked, cycles)
        finally:
            hanging = rig.stop()
    faults = [f"{story.unit} has faults" for story in stories if story.faults]
    faults += [f"{unit} hangs at its end" for unit in hanging]
    faults += [f"logged: {error}" for error in errors.told]
    if usage.before != usage.after:
        faults.append("not everything was given back")
    return Verdict(stories, usage, faults)


def _run(soaked: Sequence[Soaked], cycles: int) -> tuple[list[Story], Usage]:
    stories = [Story(one.device.unit) for one in soaked]
    warm_up = max(1, cycles // WARM_UP_PART)
    _all(soaked, stories, range(1, warm_up + 1))
    before, memory_before = settled(), memory_kib()
    _all(soaked, stories, range(warm_up + 1, cycles + 1))
    after = back_at(before)
    return stories, Usage(before, after, memory_kib() - memory_before, cycles - warm_up)


def _all(soaked: Sequence[Soaked], stories: Sequence[Story], numbers: range) -> None:
    """Every device goes at its own pace; the hands are gone when the last has ended."""
    with ThreadPoolExecutor(len(soaked), "hand") as hands:
        ended = [
            hands.submit(_cycles, one, story, numbers)
            for one, story in zip(soaked, stories, strict=True)
        ]
    for future in ended:
        future.result()  # raises what is a bug of ours


def _cycles(one: Soaked, story: Story, numbers: range) -> None:
    for number in numbers:
        if len(story.faults) == MOST_FAULTS:
            return
        try:
            one.device.wait_for_state(OK)
            recovery_s = one.plug.cycle(number)
        except (NotTold, NotReady, ControlError, OSError) as reason:
            story.faults.append(f"cycle {number}: {reason}")
        else:
            story.cycles += 1
            story.slowest_s = max(story.slowest_s, recovery_s)
