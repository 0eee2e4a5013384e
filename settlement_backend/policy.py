"""The hospital's policy profile: effective-dated rules and numbers from one TOML file.

What a reader would get wrong: limits include their numbers (S10), and a terminal never decides
any of this itself.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Poll:
    """Seconds after the pay call: first question, pause, when to decide, earliest reversal."""

    first: float
    every: float
    decide: float
    reverse_not_before: float


@dataclass(frozen=True, slots=True)
class CollectRule:
    """One dated rule about collecting outpatient prepayments."""

    rule_id: str
    allow: bool
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class HoldRules:
    """Limits of a pre-authorisation, inclusive, in fen."""

    enabled: bool
    min_fen: int
    max_fen: int
    suggestions_fen: tuple[int, ...]
    real_name_only: bool
    expires_days: int


@dataclass(frozen=True, slots=True)
class DoubtRules:
    """How an unknown outside step is treated."""

    ask_every: float
    give_up_after: float
    owner: str
    due_hours: int


@dataclass(frozen=True, slots=True)
class Policy:
    """The whole profile."""

    profile_id: str
    tender_order: tuple[str, ...]
    window_only: frozenset[str]
    quote_minutes: int
    registration_minutes: int
    collect: tuple[CollectRule, ...]
    hold: HoldRules
    polls: dict[str, Poll]
    doubt: DoubtRules

    def may_collect_prepay(self, day: date) -> CollectRule:
        """The first rule whose dates include the day (W18: the ban's first day counts)."""
        return next(rule for rule in self.collect if rule.since <= day <= rule.until)


def load_policy(path: Path) -> Policy:
    """Read a profile. Raises KeyError or ValueError with the missing or wrong name."""
    told: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    hold = told["preauth"]
    doubt = told["doubt"]
    return Policy(
        profile_id=told["id"],
        tender_order=tuple(told["tender_order"]),
        window_only=frozenset(told["window_only_identities"]),
        quote_minutes=told["quote_minutes"],
        registration_minutes=told["registration_minutes"],
        collect=tuple(
            CollectRule(
                rule["id"],
                rule["allow"],
                rule.get("from", date.min),
                rule.get("until", date.max),
            )
            for rule in told["outpatient_prepay_collect"]
        ),
        hold=HoldRules(
            hold["enabled"],
            hold["min_fen"],
            hold["max_fen"],
            tuple(hold["suggestions_fen"]),
            hold["real_name_only"],
            hold["expires_days"],
        ),
        polls={channel: Poll(**seconds) for channel, seconds in told["poll"].items()},
        doubt=DoubtRules(
            doubt["ask_every"], doubt["give_up_after"], doubt["owner"], doubt["due_hours"]
        ),
    )
