"""The ledger follows the world: one posting with a reason, ordered by named persons.

Talks to the database only, inside the caller's transaction. What a reader would get wrong: nothing
is ever changed in place; the correction is a posting of its own, and what it is about rests on
`difference:<line>` until somebody knows whose money it is.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.base.steps import Actor
from settlement_backend.cases import cases
from settlement_backend.cases.rules import may_resolve
from settlement_backend.ledger import ledger
from settlement_backend.ledger.ledger import Move
from settlement_backend.policy.decision import required
from settlement_backend.reconciliation.compare import DIFFERENCES
from settlement_backend.reconciliation.tables import ReconciliationLine

CORRECTED = "CORRECTED"
_ACCOUNTS = {"CARD": "outside:card", "CREDIT": "outside:credit:own", "TRANSFER": "outside:transfer"}
_WALLETS = ("WECHAT", "ALIPAY", "UNIONPAY")


def correct(
    session: Session,
    above_fen: int,
    line_id: str,
    reason: str,
    actor: Actor,
    second_by: str,
    now: datetime,
) -> ReconciliationLine:
    """Book what the other side says, and resolve the line's case with the reason.

    Raises NoSuch, and Refused `corrected`, `no_difference`, `not_correctable`,
    `second_person_needed`, `case_resolved`.
    """
    line = session.get(ReconciliationLine, line_id, with_for_update=True)
    if line is None:
        raise NoSuch("unknown_line")
    if line.correction:
        raise Refused("corrected")
    if line.verdict not in DIFFERENCES or line.our_fen == line.their_fen:
        raise Refused("no_difference")
    if line.kind == "ADJUSTED":
        raise Refused("not_correctable")
    amount_fen = abs(line.their_fen - line.our_fen)
    required(may_resolve(above_fen, amount_fen, actor.operator, second_by))
    line.correction = f"correct/{line.id}"
    ledger.post(session, line.correction, stamp(now), [_move(line)])
    told = f"{reason} ({line.correction})"
    cases.resolve(session, above_fen, line.case_id, CORRECTED, told, actor, second_by, now)
    session.flush()
    return line


def _move(line: ReconciliationLine) -> Move:
    """Money that came in is a debit of where it is; money that went out a credit."""
    account, rest = line.account or _account(line.channel), f"difference:{line.id}"
    more_fen = line.their_fen - line.our_fen
    if (more_fen > 0) == (line.kind == "PAY"):
        return Move(account, rest, abs(more_fen))
    return Move(rest, account, abs(more_fen))


def _account(channel: str) -> str:
    """Where money of a channel is. Raises Refused `not_correctable` for what has no account of
    its own: the insurance splits its money, and nobody knows where an adjustment belongs."""
    if channel in _WALLETS:
        return f"outside:scan:{channel}"
    if channel not in _ACCOUNTS:
        raise Refused("not_correctable")
    return _ACCOUNTS[channel]
