"""One case: a world made ready, a kill, the dark, recovery (perhaps killed too), a verdict.

What a reader would get wrong: the kill inside recovery is a case of its own, with a patient of its
own; recovery must then end what the story's kill and its own kill left behind.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import get_args

from tests.crash.boundaries import all_boundaries
from tests.crash.life import START_LIMIT_S, Kill, Moment, Order
from tests.crash.lives import Lives
from tests.crash.stories import Story
from tests.crash.town import Town
from tests.crash.verdict import Verdict

# "before" a boundary the world is nearly as "after" the one before it: `./run soak crash` kills at
# both, the suite after each.
MOMENTS: tuple[Moment, ...] = (
    get_args(Moment) if os.environ.get("ZHENFU_CRASH") == "full" else ("after",)
)


@dataclass(slots=True)
class Score:
    """What the whole run did: kills that happened, and where a person was needed afterwards."""

    killed: set[Kill] = field(default_factory=set)
    killed_in_recovery: set[Kill] = field(default_factory=set)
    suspense: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Cases:
    """The cases of stories in one town, one after another."""

    town: Town
    lives: Lives
    verdict: Verdict
    score: Score = field(default_factory=Score)

    def play(self, story: Story) -> None:
        """The story as it goes, then a kill at each of its boundaries, then kills in recovery."""
        self.town.new_roll()
        passed, recovered = self.case(story, None, None)
        ways = {tuple(recovered): None} if recovered else {}
        kills: dict[tuple[str, ...], Kill | None] = dict(ways)
        for kill in self._planned(story, passed):
            _, recovered = self.case(story, kill, None)
            kills.setdefault(tuple(recovered), kill)
        for way, first in kills.items():
            for kill in _at_each(way):
                if not self._known_in_recovery(kill):
                    self.case(story, first, kill)

    def _known_in_recovery(self, kill: Kill) -> bool:
        """Before an Act the world is as after the one before it, which is another kill."""
        score = self.score
        before = kill.moment == "before" and kill in score.killed
        return before or kill in score.killed_in_recovery

    def case(
        self, story: Story, kill: Kill | None, second: Kill | None
    ) -> tuple[list[str], list[str]]:
        """What the story passed, and what the (first) recovery passed."""
        what = f"{story.name}, killed {kill}, in recovery {second}"
        guest = story.make_ready(self.town)
        order = self.order(story)
        told = self.lives.run(
            replace(order, story=story.name, guest=guest, kill=kill, silence_at=story.silence_at)
        )
        assert told.killed == (kill is not None), f"{what}: passed {told.reached}"
        self.town.wake_backend()
        story.in_the_dark(self.town)
        recovered = self._recover(order, second, what)
        story.put_right(self.town)
        if kill is not None:
            self.score.killed.add(kill)
        if second is not None:
            self.score.killed_in_recovery.add(second)
        if self.verdict.judge(what):
            self.score.suspense.add(kill.boundary if kill else _doubt_of(told.reached))
        return told.reached, recovered

    def order(self, story: Story) -> Order:
        """A life that only recovers, at the machine of this story."""
        return Order(
            settings=self.town.settings(echoes_reference=story.echoes_reference),
            control=self.town.house.run_dir / "kiosk" / "control.sock",
        )

    def _recover(self, order: Order, kill: Kill | None, what: str) -> list[str]:
        if kill is not None:
            killed = self.lives.run(replace(order, kill=kill))
            assert killed.killed, f"{what}: recovery passed {killed.reached}"
        told = self.lives.run(order)
        assert told.recovered is not None, what
        assert told.recovered.after_s < START_LIMIT_S, what
        return told.reached

    def _planned(self, story: Story, passed: list[str]) -> Iterator[Kill]:
        for kill in _at_each(tuple(passed)):
            if story.only and kill.boundary not in story.only:
                continue
            if story.only or kill not in self.score.killed:
                yield kill


def _doubt_of(passed: list[str]) -> str:
    """The doubt that a story without a kill ends with, or that a person owns by then."""
    ends = (".doubt", ".suspend")
    last = next(name for name in reversed(passed) if name.endswith(ends))
    return last.replace(".suspend", ".doubt")


def _at_each(passed: tuple[str, ...]) -> list[Kill]:
    """Before and after each durable boundary of a way, each once."""
    durable = all_boundaries()
    names = [name for name in dict.fromkeys(passed) if generated(name, durable)]
    return [Kill(name, moment) for name in names for moment in MOMENTS]


def generated(reached: str, durable: frozenset[str]) -> frozenset[str]:
    """The generated names that a reached boundary stands for; none when it is only a look."""
    any_kind = f"*.{reached.split('.', 1)[-1]}"
    return frozenset({reached, any_kind}) & durable
