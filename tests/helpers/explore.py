"""Runs a story under every plan of faults, then recovers, and says which rules broke.

A plan gives some Acts, by their number from the story's first to recovery's last, another answer
or cuts the power there. Plans grow along the Acts that really came, so what a fault leads to is
tried too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from core.billing import TenderKind
from core.flow import Journey
from core.journeys.recover import recover
from core.operation import OperationState
from core.steps import PresentCard
from tests.helpers.backend_model import Backend
from tests.helpers.driver import Cut, Played, play
from tests.helpers.rules import at_the_end, when_recovered
from tests.helpers.variants import POWER_CUTS, POWER_CUTS_AT_THE_GATE, Variant, variants_of
from tests.helpers.world import Script, World

Plan = Mapping[int, Variant]

_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Story:
    """A journey and the patient's part of it. `covered`: a hold pays, nothing is due; else `ways`
    of the backend to pay what is due. `standing`: a hold was placed another day."""

    name: str
    begin: Callable[[], Journey[Any]]
    script: Script
    covered: bool = False
    ways: tuple[TenderKind, ...] = (TenderKind.SCAN,)
    standing: bool = False

    def run(self, plan: Plan, script: Script | None = None) -> tuple[World, Played[Any]]:
        """Play it once."""
        backend = Backend(covered=self.covered, ways=self.ways, standing=self.standing)
        world = World(script or self.script, dict(plan), backend)
        return world, play(self.begin(), world.answer)


def recover_all(world: World) -> None:
    """The live machine looks once, then it is started anew and looks again and again.

    Whenever the power was cut or the journal broke, the next round is that of a start; and so is
    the last one, because a paper that recovery itself left half done is looked at then.
    """
    _round(world, everything=False)
    world.restart()
    everything = True
    for _ in range(_ROUNDS):
        alive = _round(world, everything=everything)
        everything = not alive or world.journal_dead
        world.restart()
    _round(world, everything=True)


def _round(world: World, *, everything: bool) -> bool:
    """False when the power was cut."""
    for operation in world.operations().values():
        if operation.open and (everything or operation.state is OperationState.UNKNOWN):
            before = len(world.acts)
            play(recover(operation), world.answer)
            if any(_cuts(world, number) for number in range(before, len(world.acts))):
                return False
    return True


def _cuts(world: World, number: int) -> bool:
    variant = world.faults.get(number)
    return variant is not None and variant.reply is Cut


def tell(story: Story, plan: Plan, world: World, rules: list[str]) -> str:
    """A failure in words: what was done to whom, and what broke."""
    faults = [f"{number} {type(world.acts[number]).__name__}: {plan[number]}" for number in plan]
    return f"{story.name} with {faults}: {rules}"


def broken(story: Story, plan: Plan) -> tuple[World, list[str]]:
    """Play, check, recover, check."""
    world, played = story.run(plan)
    cut = any(_cuts(world, number) for number in range(len(world.acts)))
    rules = [] if cut else at_the_end(world, played)
    if not rules:
        world.arrive()
        recover_all(world)
        rules = when_recovered(world)
    return world, rules


def explore(story: Story, depth: int) -> Iterator[str]:
    """Every plan of at most `depth` faults; yields a sentence for each that breaks a rule."""
    waiting: list[Plan] = [{}]
    while waiting:
        plan = waiting.pop()
        world, rules = broken(story, plan)
        if rules:
            yield tell(story, plan, world, rules)
            continue
        if len(plan) == depth:
            continue
        gate = any(isinstance(act, PresentCard) for act in world.acts)
        cuts = POWER_CUTS_AT_THE_GATE if gate else POWER_CUTS
        for number in range(max(plan, default=-1) + 1, len(world.acts)):
            for variant in (*variants_of(type(world.acts[number])), *cuts):
                waiting.append({**plan, number: variant})
