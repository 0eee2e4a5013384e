"""The monthly self-evaluation (H39): evidence from the books, answers of people, points, grade.

Talks to the database only. What a reader would get wrong: an evaluation is never stored; it is
computed from the month's figures and answers, so it is the same for everybody who asks.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.errors import Refused
from settlement_backend.policy.profile import Policy
from settlement_backend.statistics.evidence import credit_room_percent, facts_of
from settlement_backend.statistics.gathering import figures_between, gathered_at
from settlement_backend.statistics.scoring import (
    Group,
    Item,
    ScoringTable,
    grade_of,
    points_of,
    scoring_table,
)
from settlement_backend.statistics.shapes import (
    Evaluation,
    EvaluationGroup,
    EvaluationItem,
    EvidenceShape,
    QuestionShape,
)
from settlement_backend.statistics.tables import EvaluationAnswer

REMARK = "remark"
_RECORDS, _PERSON, _NOBODY = "RECORDS", "PERSON", "NOBODY"


def days_of(month: str) -> tuple[str, str]:
    """First and last day of "YYYY-MM"."""
    year, number = int(month[:4]), int(month[5:])
    return f"{month}-01", f"{month}-{monthrange(year, number)[1]:02d}"


def evaluation(session: Session, policy: Policy, month: str) -> Evaluation:
    """As the books and the answers stand now."""
    since, until = days_of(month)
    table = scoring_table()
    percent = credit_room_percent(session, policy, since, until)
    computed = facts_of(figures_between(session, since, until), percent)
    answers = _answers(session, month)
    facts = computed | {name: row.value for name, row in answers.items() if name != REMARK}
    groups = tuple(_group(group, facts, answers, table) for group in table.groups)
    points = sum(group.points for group in groups)
    remark = answers.get(REMARK)
    return Evaluation(
        month=month,
        standard=table.standard,
        groups=groups,
        points=points,
        most=table.total,
        grade=grade_of(table, points, facts).name,
        to_answer=tuple(
            QuestionShape(fact=asked.fact, question=asked.question, most=asked.most)
            for asked in table.asked
            if asked.fact not in answers
        ),
        remark=remark.note if remark else "",
        gathered_at=gathered_at(session, since, until),
    )


def answer(
    session: Session,
    month: str,
    fact: str,
    value: int,
    note: str,
    by: tuple[str, str],
    now: datetime,
) -> None:
    """What a person says; the last answer counts. `by`: operator and terminal.

    Raises Refused `not_asked` and `out_of_range`.
    """
    most = {asked.fact: asked.most for asked in scoring_table().asked} | {REMARK: 0}
    if fact not in most:
        raise Refused("not_asked")
    if value > most[fact]:
        raise Refused("out_of_range", str(most[fact]))
    operator, terminal_id = by
    session.merge(
        EvaluationAnswer(
            month=month,
            fact=fact,
            value=value,
            note=note,
            operator=operator,
            terminal_id=terminal_id,
            at=stamp(now),
        )
    )
    session.flush()


def _answers(session: Session, month: str) -> dict[str, EvaluationAnswer]:
    wanted = select(EvaluationAnswer).where(EvaluationAnswer.month == month)
    return {row.fact: row for row in session.scalars(wanted)}


def _group(
    group: Group,
    facts: dict[str, int],
    answers: dict[str, EvaluationAnswer],
    table: ScoringTable,
) -> EvaluationGroup:
    items = tuple(_item(item, facts, answers, table) for item in group.items)
    return EvaluationGroup(
        id=group.id,
        name=group.name,
        points=sum(item.points for item in items),
        most=group.points,
        items=items,
    )


def _item(
    item: Item, facts: dict[str, int], answers: dict[str, EvaluationAnswer], table: ScoringTable
) -> EvaluationItem:
    asked = {each.fact for each in table.asked}
    evidence = []
    for name in item.all_facts:
        row = answers.get(name) if name in asked else None
        source = (_PERSON if row else _NOBODY) if name in asked else _RECORDS
        evidence.append(
            EvidenceShape(
                fact=name,
                name=table.facts[name],
                value=facts.get(name, 0),
                source=source,
                operator=row.operator if row else "",
            )
        )
    return EvaluationItem(
        id=item.id,
        name=item.name,
        rule=item.rule,
        points=points_of(item, facts),
        most=item.points,
        evidence=tuple(evidence),
    )
