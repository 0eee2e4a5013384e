"""What a step or state of somebody's money is called, and what happens next.

Talks to nobody: resources/money/words.toml. What a reader would get wrong: a step that nobody
named is shown in general words, because a list with a gap is worse than a vague line; a state
without words is a fault that a test finds.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from settlement_backend.base.shapes import Words

_FILE = Path(__file__).resolve().parents[2] / "resources" / "money" / "words.toml"
_OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class StateWords:
    """Of one state of one kind of movement."""

    called: Words
    next: Words


@dataclass(frozen=True, slots=True)
class MoneyWords:
    """All of them."""

    kinds: Mapping[str, Words]
    steps: Mapping[str, Words]
    states: Mapping[tuple[str, str], StateWords]

    def step(self, name: str) -> Words:
        """Of a step."""
        return self.steps.get(name, self.steps[_OTHER])


@cache
def money_words() -> MoneyWords:
    """Read once."""
    content = tomllib.loads(_FILE.read_text("utf-8"))
    return MoneyWords(
        kinds={kind: Words(**told) for kind, told in content["kind"].items()},
        steps={step: Words(**told) for step, told in content["step"].items()},
        states={
            (kind, state): StateWords(
                Words(zh=told["zh"], en=told["en"]),
                Words(zh=told["next_zh"], en=told["next_en"]),
            )
            for kind, states in content["state"].items()
            for state, told in states.items()
        },
    )
