"""Who ends a case, and what can be decided. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from settlement_backend.policy.decision import Decision

VerdictWord = Literal["ASK_AGAIN", "TAKEN", "NOT_TAKEN", "DONE"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person found out. `about`: the tender or the refund's part; `proof`: the transaction
    number under which the platform vouches for it."""

    decision: VerdictWord
    about: str
    proof: str


def may_resolve(above_fen: int, amount_fen: int, resolved_by: str, second_by: str) -> Decision:
    """A named person; above the amount two different ones. `above_fen` 0: always two."""
    if not resolved_by:
        return Decision(allow=False, rule_id="CASE-NAMED", message_key="person_needed")
    if amount_fen > above_fen and second_by in ("", resolved_by):
        return Decision(
            allow=False,
            rule_id="CASE-SECOND",
            message_key="second_person_needed",
            needs=("SECOND_PERSON",),
        )
    return Decision(allow=True, rule_id="CASE-RESOLVE")
