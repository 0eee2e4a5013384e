"""Direct claims: the insurer's part is a tender, no advance by the patient (L10).

A `Source` that offers what it would pay and a `Means` that takes it. What a reader would get wrong:
a booked claim may pay something else than its quote, because another claim used up the limit in
between; it is cancelled then, and the tender counts as declined.
"""

from __future__ import annotations

import logging

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from settlement_backend.acquirers.words import (
    Closed,
    Declined,
    Paid,
    RefundOutcome,
    Standing,
    Taking,
    Undoing,
)
from settlement_backend.base.clock import stamp
from settlement_backend.base.context import Context
from settlement_backend.base.outside import Done, NotFound, Silent
from settlement_backend.claims import insurer as wire
from settlement_backend.claims.authorising import chosen_policy
from settlement_backend.claims.facts import claim_facts
from settlement_backend.claims.insurer import ClaimFacts, Fails, Insurer, Pays
from settlement_backend.claims.tables import ClaimAuthorisation, CommercialClaim
from settlement_backend.settling.planning import Planned
from settlement_backend.settling.tables import Settlement, Tender

_log = logging.getLogger(__name__)
KIND = "COMMERCIAL_DIRECT"
_OTHER_AMOUNT = "AMOUNT_CHANGED"


class DirectClaims:
    """All direct claims. A tender's id is the claim's number for ever."""

    repeatable = True

    def __init__(self, context: Context, insurer: Insurer) -> None:
        self._db, self._clock = context.db, context.clock
        self._insurer = insurer

    # --- what is offered

    def offer(self, settlement_id: str, left_fen: int) -> Planned | None:
        """What the chosen policy would pay of the rest; None without a valid authorisation."""
        with self._db.read() as session:
            row = session.get_one(Settlement, settlement_id)
            word = chosen_policy(session, row.person_id, self._clock.now())
            if word is None:
                return None
            claim = claim_facts(session, f"{settlement_id}Q", row, word, word.policy_no)
        match self._insurer.quote(_of_rest(claim, left_fen)):
            case Pays(amount_fen) if 0 < amount_fen <= left_fen:
                return Planned(
                    KIND,
                    amount_fen,
                    label=word.insurer,
                    agreement_no=word.policy_no,
                    payer=word.insurer,
                )
        return None

    # --- a means of payment

    def take(self, tender: Tender, secret: str) -> Taking:
        """Claim it; `secret` is not needed."""
        with self._db.write() as session:
            claim = self._noted(session, tender.id, tender)
        if claim is None:
            return Declined("AUTHORISATION_MISSING")
        return self._heard(tender.id, tender.amount_fen, self._insurer.direct(claim))

    def query(self, tender: Tender) -> Standing:
        """By the tender's id."""
        match self._insurer.query(tender.id):
            case wire.Standing("SUCCEEDED", paid_fen) if paid_fen == tender.amount_fen:
                self._booked(tender.id, "SUCCEEDED", paid_fen)
                return Paid("", tender.payer)
            case wire.Standing("SUCCEEDED"):
                return Closed() if isinstance(self._cancelled(tender.id), Done) else Silent()
            case wire.Standing("CANCELLED" | "REFUSED"):
                return Closed()
            case NotFound():
                return NotFound()
        return Silent()

    def reverse(self, tender: Tender) -> Undoing:
        """The claim is void, and never becomes one."""
        return self._cancelled(tender.id)

    def refund(self, tender: Tender, refund_no: str, amount_fen: int) -> RefundOutcome:
        """The claim is cancelled as a whole and made again, by the refund's number, for what
        stays. Declined when the insurer then pays something else than planned: a person's."""
        stays_fen = tender.amount_fen - tender.refunded_fen - amount_fen
        with self._db.read() as session:
            standing = _standing(session, tender)
        if standing == refund_no:
            return Done()
        cancelled = self._cancelled(standing)
        if not isinstance(cancelled, Done) or not stays_fen:
            return cancelled
        with self._db.write() as session:
            claim = self._noted(session, refund_no, tender)
        if claim is None:
            return Declined("AUTHORISATION_MISSING")
        match self._heard(refund_no, stays_fen, self._insurer.direct(claim)):
            case Paid():
                return Done()
            case Declined() as declined:
                return declined
        return Silent()

    def refund_query(self, tender: Tender, refund_no: str) -> RefundOutcome | NotFound:
        """A refund may always be sent again as it was."""
        return NotFound()

    # --- steps

    def _noted(self, session: Session, claim_no: str, tender: Tender) -> ClaimFacts | None:
        """The claim's row before it is sent; the facts that are sent, the same each time."""
        row = session.get_one(Settlement, tender.settlement_id)
        known = session.get(CommercialClaim, claim_no)
        first = known or session.get(CommercialClaim, tender.id)
        word = (
            session.get(ClaimAuthorisation, first.authorisation_id)
            if first
            else chosen_policy(session, row.person_id, self._clock.now())
        )
        if word is None or word.policy_no != tender.agreement_no:
            return None
        claim = claim_facts(session, claim_no, row, word, tender.agreement_no)
        if known is None:
            session.add(
                CommercialClaim(
                    id=claim_no,
                    person_id=row.person_id,
                    settlement_id=row.id,
                    authorisation_id=word.id,
                    policy_no=word.policy_no,
                    insurer=word.insurer,
                    mode="DIRECT",
                    state="AUTHORISED",
                    total_fen=claim.total_fen,
                    own_fen=claim.own_fen,
                    made_at=stamp(self._clock.now()),
                )
            )
            session.flush()
        return claim

    def _heard(self, claim_no: str, expected_fen: int, word: Pays | Fails | Silent) -> Taking:
        match word:
            case Pays(amount_fen) if amount_fen == expected_fen:
                self._booked(claim_no, "SUCCEEDED", amount_fen)
                return Paid(claim_no)
            case Pays():
                _log.info("claim %s pays something else than quoted", claim_no)
                cancelled = self._cancelled(claim_no)
                return Declined(_OTHER_AMOUNT) if isinstance(cancelled, Done) else Silent()
            case Fails(code):
                self._booked(claim_no, "REFUSED", 0, code)
                return Declined(code)
        return Silent()

    def _cancelled(self, claim_no: str) -> Done | Declined | Silent:
        match self._insurer.cancel(claim_no, "reversed"):
            case Done():
                self._booked(claim_no, "CANCELLED", 0)
                return Done()
            case Fails(code):
                return Declined(code)
        return Silent()

    def _booked(self, claim_no: str, state: str, paid_fen: int, reason: str = "") -> None:
        now = self._clock.now()
        with self._db.write() as session:
            session.execute(
                update(CommercialClaim)
                .where(CommercialClaim.id == claim_no)
                .values(
                    state=state,
                    paid_fen=paid_fen,
                    reason=reason,
                    applied_at=stamp(now),
                    decided_on=now.date().isoformat(),
                )
            )


def _standing(session: Session, tender: Tender) -> str:
    """The number of the claim that the insurer pays for this tender now."""
    number = session.scalar(
        select(CommercialClaim.id).where(
            CommercialClaim.settlement_id == tender.settlement_id,
            CommercialClaim.mode == "DIRECT",
            CommercialClaim.state == "SUCCEEDED",
        )
    )
    return number or tender.id


def _of_rest(claim: ClaimFacts, left_fen: int) -> ClaimFacts:
    """A quote is about what is left to the patient and nothing else."""
    if claim.own_fen == left_fen:
        return claim
    return ClaimFacts(
        claim.claim_no,
        claim.policy_no,
        claim.authorisation_no,
        claim.visit_no,
        claim.visit_kind,
        claim.total_fen - claim.account_fen - left_fen,
        claim.account_fen,
        left_fen,
        claim.lines,
    )
