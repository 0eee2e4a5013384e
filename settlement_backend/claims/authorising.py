"""The patient's word that an insurer may be told about a visit: with a proof of identity, for a
limited time, for one kind of claim (L11, L12).

Talks to the database only, but for the proof, which the people package checks. What a reader would
get wrong: nothing about a person is sent to an insurer without the number of such a word.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.base.clock import later, stamp
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.base.shapes import Words
from settlement_backend.claims.insurer import InsurancePolicy, Mode
from settlement_backend.claims.tables import ClaimAuthorisation

VERSION = "claim-2026-01"
TEXT = Words(
    zh="本人授权医院将本次就诊的费用、医保结算结果和票据信息提供给所选商业保险公司，"
    "仅用于理赔。授权 24 小时内有效。",
    en="I authorise the hospital to give the fees, the public insurance's result and the invoices "
    "of this visit to the insurer that I choose, for the claim only. Valid for 24 hours.",
)
PROOFS = ("ID_CARD", "EC_CODE", "SS_CARD", "FACE")
_VALID_S = 24 * 3600


def give(
    session: Session,
    authorisation_id: str,
    person_id: str,
    mode: Mode,
    proof: str,
    version: str,
    terminal_id: str,
    now: datetime,
) -> ClaimAuthorisation:
    """Keep it; the same id again stands as it was. Raises Refused `consent_missing`."""
    if version != VERSION:
        raise Refused("consent_missing")
    known = session.get(ClaimAuthorisation, authorisation_id)
    if known is not None:
        return known
    row = ClaimAuthorisation(
        id=authorisation_id,
        person_id=person_id,
        mode=mode,
        proof=proof,
        version=version,
        terminal_id=terminal_id,
        given_at=stamp(now),
        expires_at=later(now, _VALID_S),
    )
    session.add(row)
    session.flush()
    return row


def valid(
    session: Session, authorisation_id: str, person_id: str, mode: str, now: datetime
) -> ClaimAuthorisation:
    """Raises NoSuch, and Refused `not_authorised` for another's, another kind or an old one."""
    row = session.get(ClaimAuthorisation, authorisation_id)
    if row is None:
        raise NoSuch("unknown_authorisation")
    if (row.person_id, row.mode) != (person_id, mode) or row.expires_at < stamp(now):
        raise Refused("not_authorised")
    return row


def choose(row: ClaimAuthorisation, policy: InsurancePolicy) -> None:
    """Whose insurer pays directly from now on. Raises Refused `policy_not_offered`."""
    if not policy.direct:
        raise Refused("policy_not_offered")
    row.policy_no, row.insurer = policy.policy_no, policy.insurer


def chosen_policy(session: Session, person_id: str, now: datetime) -> ClaimAuthorisation | None:
    """The newest valid word for a direct claim with a policy."""
    return session.scalar(
        select(ClaimAuthorisation)
        .where(
            ClaimAuthorisation.person_id == person_id,
            ClaimAuthorisation.mode == "DIRECT",
            ClaimAuthorisation.policy_no != "",
            ClaimAuthorisation.expires_at >= stamp(now),
        )
        .order_by(ClaimAuthorisation.given_at.desc(), ClaimAuthorisation.id)
        .limit(1)
    )
