"""The scoring table of the monthly self-evaluation, and how facts become points. Pure.

The table is data (resources/evaluation/annex_c.json, domain.md A.5, H39). What a reader would get
wrong: a mandatory item that is missing (必要指标) does not only cost its points: the month has not
passed, whatever the sum says.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, assert_never

from pydantic import Field, model_validator

from settlement_backend.base.shapes import Shape, Words

_TABLE = Path(__file__).resolve().parents[2] / "resources/evaluation/annex_c.json"
Points = Annotated[int, Field(ge=0, le=100)]
Facts = tuple[str, ...]


class Grade(Shape):
    """From so many points on, inclusive."""

    min: Points
    name: Words


class Asked(Shape):
    """A fact that only a person knows. `most`: the highest answer that makes sense."""

    fact: str
    most: int
    question: Words


class Step(Shape):
    """From so much on, inclusive, so many points; the highest step comes first."""

    min: int
    points: Points


class Part(Shape):
    """A part of an item with points of its own."""

    name: Words
    points: Points
    facts: Facts


class Item(Shape):
    """One line of the table. Its value is the sum of its facts."""

    id: str
    name: Words
    points: Points
    rule: Literal["mandatory", "present", "sum", "steps"]
    facts: Facts = ()
    parts: tuple[Part, ...] = ()
    steps: tuple[Step, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Item:
        if self.rule == "sum" and sum(part.points for part in self.parts) != self.points:
            raise ValueError(f"{self.id}: its parts do not sum")
        if self.rule == "steps" and (not self.steps or self.steps[0].points != self.points):
            raise ValueError(f"{self.id}: its first step is not its points")
        return self

    @property
    def all_facts(self) -> Facts:
        """Its own and its parts'."""
        return (*self.facts, *(fact for part in self.parts for fact in part.facts))


class Group(Shape):
    """Items that belong together."""

    id: str
    name: Words
    points: Points
    items: tuple[Item, ...]


class ScoringTable(Shape):
    """All of it; sums are checked when it is read, and that every fact has a name (`facts`)."""

    standard: str
    total: Points
    grades: tuple[Grade, ...]
    asked: tuple[Asked, ...]
    facts: dict[str, Words]
    groups: tuple[Group, ...]

    @model_validator(mode="after")
    def _sums(self) -> ScoringTable:
        for group in self.groups:
            if sum(item.points for item in group.items) != group.points:
                raise ValueError(f"{group.id}: its items do not sum")
        if sum(group.points for group in self.groups) != self.total:
            raise ValueError("the groups do not sum")
        return self

    @model_validator(mode="after")
    def _named(self) -> ScoringTable:
        items = (item for group in self.groups for item in group.items)
        unnamed = {fact for item in items for fact in item.all_facts} - set(self.facts)
        if unnamed:
            raise ValueError(f"facts without a name: {sorted(unnamed)}")
        return self


@cache
def scoring_table() -> ScoringTable:
    """The table of this release. Raises pydantic.ValidationError when it does not sum."""
    return ScoringTable.model_validate_json(_TABLE.read_text("utf-8"))


def points_of(item: Item, facts: Mapping[str, int]) -> int:
    """What an item is worth; a fact that nobody knows counts 0."""
    match item.rule:
        case "mandatory" | "present":
            return item.points if value_of(item.facts, facts) else 0
        case "sum":
            return sum(part.points for part in item.parts if value_of(part.facts, facts))
        case "steps":
            value = value_of(item.facts, facts)
            return next((step.points for step in item.steps if value >= step.min), 0)
        case impossible:
            assert_never(impossible)


def value_of(names: Facts, facts: Mapping[str, int]) -> int:
    """The sum of some facts."""
    return sum(facts.get(name, 0) for name in names)


def grade_of(table: ScoringTable, points: int, facts: Mapping[str, int]) -> Grade:
    """By the sum, unless something mandatory is missing."""
    missing = any(
        item.rule == "mandatory" and not points_of(item, facts)
        for group in table.groups
        for item in group.items
    )
    if missing:
        return table.grades[-1]
    return next(grade for grade in table.grades if points >= grade.min)
