"""One refund at one channel: asked under its own number until its word is known.

What a reader would get wrong: a refund that was asked before is looked up first; only a channel
that knows nothing of the number is asked again, and then under the same one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from settlement_backend.acquirers.words import RefundOutcome
from settlement_backend.base.outside import NotFound


@dataclass(frozen=True, slots=True)
class Question:
    """How one refund is asked for: `note` writes down that it is, before `send`."""

    query: Callable[[], RefundOutcome | NotFound]
    note: Callable[[], None]
    send: Callable[[], RefundOutcome]


def ask(question: Question, *, asked_before: bool) -> RefundOutcome:
    """The channel's word."""
    if asked_before:
        known = question.query()
        if not isinstance(known, NotFound):
            return known
    question.note()
    return question.send()
