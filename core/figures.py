"""Statistics and the monthly self-evaluation; fields as statistics.md names them.

What a reader would get wrong: shares are whole hundredths of a percent, 9743 is 97.43 %.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.billing import Text


@dataclass(frozen=True, slots=True)
class Figure:
    """How often and for how much; `channel`: the kind of terminal, or ""."""

    name: str
    channel: str
    count: int
    amount_fen: int


@dataclass(frozen=True, slots=True)
class ServiceTime:
    """From opening a settlement to its end."""

    channel: str
    count: int
    average_s: int


@dataclass(frozen=True, slots=True)
class Shares:
    """`mobile` of all payments (W36); `bound` and `scan` of the mobile ones (W37)."""

    mobile: int
    bound: int
    scan: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """Of some days, both included. `gathered_at`: how fresh the newest is."""

    since: str
    until: str
    gathered_at: str
    functions: tuple[Figure, ...]
    tenders: tuple[Figure, ...]
    media: tuple[Figure, ...]
    departments: tuple[Figure, ...]
    hours: tuple[Figure, ...]
    signings: tuple[Figure, ...]
    notices: tuple[Figure, ...]
    service_times: tuple[ServiceTime, ...]
    busiest_hour: str
    shares: Shares


def percent(share: int) -> str:
    """9743 -> "97.43 %"."""
    return f"{share // 100}.{share % 100:02d} %"


@dataclass(frozen=True, slots=True)
class Evidence:
    """`source`: RECORDS, PERSON (told by `operator`) or NOBODY (not answered yet)."""

    fact: str
    name: Text
    value: int
    source: str
    operator: str


@dataclass(frozen=True, slots=True)
class EvaluationItem:
    """One line of the standard's table."""

    id: str
    name: Text
    rule: str
    points: int
    most: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class EvaluationGroup:
    """Lines that belong together."""

    id: str
    name: Text
    points: int
    most: int
    items: tuple[EvaluationItem, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What only a person knows; `most`: the largest answer."""

    fact: str
    question: Text
    most: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A month's self-evaluation. `to_answer`: what nobody answered yet counts 0."""

    month: str
    standard: str
    groups: tuple[EvaluationGroup, ...]
    points: int
    most: int
    grade: Text
    to_answer: tuple[Question, ...]
    remark: str
    gathered_at: str


@dataclass(frozen=True, slots=True)
class PrepaidFlow:
    """What came onto balances or left them. `kind`: TOP_UP, SPENT, REFUNDED, …"""

    kind: str
    amount_fen: int
    count: int


@dataclass(frozen=True, slots=True)
class PrepaidTotals:
    """Of some days, both included; `owed_fen`: what the hospital owes now, to so many accounts."""

    since: str
    until: str
    flows: tuple[PrepaidFlow, ...]
    owed_fen: int
    accounts: int


@dataclass(frozen=True, slots=True)
class SurveyScore:
    """How a question was answered at one kind of terminal. `average`: in hundredths (425 is 4.25);
    `scores`: how often 1, 2, 3, 4 and 5."""

    question: str
    channel: str
    count: int
    average: int
    scores: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SurveyScores:
    """Of some days, both included; nobody in particular answered (H40)."""

    since: str
    until: str
    results: tuple[SurveyScore, ...]
