"""A named person settles a doubt: the money moves and the case ends in one transaction.

Talks to the database only. What a reader would get wrong: whoever reported the case also said how
much it is about, so two persons are asked for by what is really at stake.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from settlement_backend.base.context import Context
from settlement_backend.base.errors import Refused
from settlement_backend.base.steps import Actor, record
from settlement_backend.cases import cases
from settlement_backend.cases.rules import Verdict
from settlement_backend.cases.tables import Case
from settlement_backend.refunds import deciding as refunds
from settlement_backend.refunds.plan import stored_parts
from settlement_backend.refunds.tables import Refund
from settlement_backend.settling import deciding as settling
from settlement_backend.settling.tables import Settlement


def decide(
    session: Session,
    context: Context,
    case_id: str,
    verdict: Verdict,
    reason: str,
    actor: Actor,
    second_by: str,
) -> Case:
    """Decide what the case is about and end it.

    Raises NoSuch, and Refused `proof_needed`, `nothing_to_decide`, and what the two `deciding` and
    `cases.resolve` say.
    """
    case = cases.still_open(session, case_id)
    if verdict.decision != "ASK_AGAIN" and not verdict.proof.strip():
        raise Refused("proof_needed")
    now, above_fen = context.clock.now(), context.policy.cases.second_person_above_fen
    doubted = _doubted(session, case)
    match doubted:
        case Settlement():
            at_stake_fen = doubted.total_fen
            outcome = settling.decide(session, context, doubted, verdict)
        case Refund():
            at_stake_fen = sum(part.amount_fen for part in stored_parts(session, doubted.id))
            outcome = refunds.decide(session, context, doubted, verdict)
        case None:
            raise Refused("nothing_to_decide")
    told = (verdict.decision, verdict.about, verdict.proof)
    record(session, case.id, "DECIDED", actor, now, " ".join(word for word in told if word))
    return cases.resolve(
        session, above_fen, case_id, outcome, reason, actor, second_by, now, at_stake_fen
    )


def may_just_end(session: Session, case_id: str) -> None:
    """Raises NoSuch, and Refused `decision_needed`: what is in SUSPENSE would stay so for ever."""
    doubted = _doubted(session, cases.case_of(session, case_id, alone=True))
    if doubted is None or doubted.state != "SUSPENSE":
        return
    if isinstance(doubted, Settlement) or refunds.fits(session, doubted):
        raise Refused("decision_needed")


def _doubted(session: Session, case: Case) -> Settlement | Refund | None:
    """What the case is about, where a decision moves it; nobody else changes it meanwhile."""
    settlement = session.get(Settlement, case.operation_id, with_for_update=True)
    if settlement is not None:
        return settlement
    return session.get(Refund, case.operation_id, with_for_update=True)
