"""One money or motor operation of THIS terminal: states and events as one table.

It covers what this machine did or may have done; the states of a visit's settlement live in the
backend alone. Anything the table does not know raises `RuleBroken`.
"""

from __future__ import annotations

from enum import StrEnum

from core.errors import RuleBroken


class OperationKind(StrEnum):
    """What can be half done when the power goes."""

    CARD_ISSUE = "card_issue"
    HOLD = "hold"
    TOP_UP = "top_up"
    RELEASE = "release"
    SETTLE = "settle"
    REFUND = "refund"
    DOCUMENT = "document"
    INVOICE = "invoice"
    GOODS = "goods"


class OperationState(StrEnum):
    """NEW exists only before the first record."""

    NEW = "new"
    INTENDED = "intended"
    STARTED = "started"
    UNKNOWN = "unknown"
    DONE = "done"
    REFUSED = "refused"
    RETURNED = "returned"
    OWED = "owed"
    SUSPENSE = "suspense"


class OperationEvent(StrEnum):
    """What is written to the journal about an operation.

    INTEND before anything; START right before the outside is asked; NOTE a phase passed while
    started (payload says which); then one ending. OWE: the paper is owed, the money is safe.
    """

    INTEND = "intend"
    START = "start"
    NOTE = "note"
    DOUBT = "doubt"
    FINISH = "finish"
    REFUSE = "refuse"
    RETURN = "return"
    OWE = "owe"
    SUSPEND = "suspend"


_S, _E = OperationState, OperationEvent

TRANSITIONS: dict[tuple[OperationState, OperationEvent], OperationState] = {
    (_S.NEW, _E.INTEND): _S.INTENDED,
    (_S.INTENDED, _E.START): _S.STARTED,
    (_S.INTENDED, _E.REFUSE): _S.REFUSED,
    (_S.INTENDED, _E.RETURN): _S.RETURNED,
    (_S.INTENDED, _E.OWE): _S.OWED,
    (_S.STARTED, _E.NOTE): _S.STARTED,
    (_S.STARTED, _E.DOUBT): _S.UNKNOWN,
    (_S.STARTED, _E.FINISH): _S.DONE,
    (_S.STARTED, _E.REFUSE): _S.REFUSED,
    (_S.STARTED, _E.RETURN): _S.RETURNED,
    (_S.STARTED, _E.OWE): _S.OWED,
    (_S.STARTED, _E.SUSPEND): _S.SUSPENSE,
    (_S.UNKNOWN, _E.NOTE): _S.UNKNOWN,
    (_S.UNKNOWN, _E.FINISH): _S.DONE,
    (_S.UNKNOWN, _E.REFUSE): _S.REFUSED,
    (_S.UNKNOWN, _E.RETURN): _S.RETURNED,
    (_S.UNKNOWN, _E.OWE): _S.OWED,
    (_S.UNKNOWN, _E.SUSPEND): _S.SUSPENSE,
    (_S.OWED, _E.FINISH): _S.DONE,
}

OPEN_STATES = frozenset({_S.INTENDED, _S.STARTED, _S.UNKNOWN})


def advance(state: OperationState, event: OperationEvent) -> OperationState:
    """The state after `event`. Raises RuleBroken for a pair the table does not hold."""
    try:
        return TRANSITIONS[state, event]
    except KeyError:
        raise RuleBroken(f"an operation that is {state} cannot {event}") from None


def pos_reference(operation_id: str) -> str:
    """Our reference at the POS: the first 12 hex digits of the operation's id, in capitals."""
    return operation_id.replace("-", "")[:12].upper()
