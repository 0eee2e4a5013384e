"""Fast claims: the patient has paid, the insurer pays the patient within two working days (L09).

Talks to the insurer outside of transactions; a job asks what became of the claims. What a reader
would get wrong: a claim whose word was lost is AUTHORISED still and goes out again under its own
number; only the insurer's yes makes it APPLIED.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from settlement_backend.base.clock import later, stamp
from settlement_backend.base.context import Context
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.base.outside import Done, NotFound, NoWord, Silent
from settlement_backend.claims import authorising
from settlement_backend.claims.facts import claim_facts, invoices_of
from settlement_backend.claims.insurer import (
    ClaimFacts,
    Fails,
    InsurancePolicy,
    Insurer,
    InvoiceNumber,
    Standing,
)
from settlement_backend.claims.tables import ClaimAuthorisation, CommercialClaim
from settlement_backend.notices.outbox import tell
from settlement_backend.people.people import person_of
from settlement_backend.settling.tables import Settlement

_SEND_AGAIN_S = 5.0
_ASK_EVERY_S = 600.0
_TOLD = {"SUCCEEDED": "claim_succeeded", "REFUSED": "claim_refused"}


@dataclass(frozen=True, slots=True)
class Application:
    """What a patient asks for."""

    settlement_id: str
    authorisation_id: str
    policy_no: str


class FastClaims:
    """All fast claims, and the policies that claims can be made on."""

    def __init__(self, context: Context, insurer: Insurer) -> None:
        self._db, self._clock = context.db, context.clock
        self._insurer = insurer

    def policies(self, authorisation_id: str) -> tuple[InsurancePolicy, ...]:
        """What the person who gave this word is insured by. Raises NoSuch, Refused, NoWord."""
        with self._db.read() as session:
            word = session.get(ClaimAuthorisation, authorisation_id)
            if word is None:
                raise NoSuch("unknown_authorisation")
            authorising.valid(session, word.id, word.person_id, word.mode, self._clock.now())
            id_number = person_of(session, word.person_id).id_number
        found = self._insurer.policies(id_number, word.id)
        match found:
            case Silent():
                raise NoWord
            case Fails(code):
                raise Refused("insurer_refused", code)
        return found

    def choose(self, authorisation_id: str, policy_no: str) -> ClaimAuthorisation:
        """The policy of a direct claim. Raises Refused `policy_not_found`, `not_authorised`."""
        listed = self.policies(authorisation_id)
        policy = next((each for each in listed if each.policy_no == policy_no), None)
        if policy is None:
            raise Refused("policy_not_found")
        with self._db.write() as session:
            word = session.get_one(ClaimAuthorisation, authorisation_id)
            if word.mode != "DIRECT":
                raise Refused("not_authorised")
            authorising.choose(word, policy)
        return word

    def apply(self, claim_id: str, wish: Application) -> CommercialClaim:
        """Claim for a settlement that was paid; the same id again goes on with the same.

        Raises Refused `not_settled`, `not_authorised`, `no_invoice`, `nothing_to_claim`,
        `policy_not_found`, `policy_not_offered`, `already_claimed`, and NoWord.
        """
        with self._db.read() as session:
            known = session.get(CommercialClaim, claim_id)
        if known is None:
            self._note(claim_id, wish, self._check_policy(wish))
        self.advance(claim_id)
        return self.claim_of(claim_id)

    def claim_of(self, claim_id: str) -> CommercialClaim:
        """Raises NoSuch."""
        with self._db.read() as session:
            row = session.get(CommercialClaim, claim_id)
        if row is None:
            raise NoSuch("unknown_claim")
        return row

    def of_person(self, person_id: str) -> list[CommercialClaim]:
        """Fast and direct, newest first."""
        with self._db.read() as session:
            person_of(session, person_id)
            return list(
                session.scalars(
                    select(CommercialClaim)
                    .where(CommercialClaim.person_id == person_id)
                    .order_by(CommercialClaim.made_at.desc(), CommercialClaim.id)
                )
            )

    # --- the job

    def waiting(self) -> list[str]:
        """Claims that are due to be sent again or asked about."""
        now = stamp(self._clock.now())
        with self._db.read() as session:
            due = select(CommercialClaim.id).where(
                CommercialClaim.next_at != "", CommercialClaim.next_at <= now
            )
            return list(session.scalars(due))

    def advance(self, claim_id: str) -> None:
        """One claim, one step further."""
        with self._db.locks.alone(f"claim/{claim_id}"):
            row = self.claim_of(claim_id)
            match row.state:
                case "AUTHORISED" if row.mode == "FAST":
                    self._send(row)
                case "APPLIED":
                    self._ask(row)

    # --- steps

    def _check_policy(self, wish: Application) -> InsurancePolicy:
        with self._db.read() as session:
            person_id = _settled(session, wish.settlement_id).person_id
            now = self._clock.now()
            authorising.valid(session, wish.authorisation_id, person_id, "FAST", now)
        listed = self.policies(wish.authorisation_id)
        policy = next((each for each in listed if each.policy_no == wish.policy_no), None)
        if policy is None:
            raise Refused("policy_not_found")
        if not policy.fast:
            raise Refused("policy_not_offered")
        return policy

    def _note(self, claim_id: str, wish: Application, policy: InsurancePolicy) -> None:
        now = self._clock.now()
        try:
            with self._db.write() as session:
                row = _settled(session, wish.settlement_id)
                word = authorising.valid(session, wish.authorisation_id, row.person_id, "FAST", now)
                claim = claim_facts(session, claim_id, row, word, wish.policy_no)
                if not claim.own_fen:
                    raise Refused("nothing_to_claim")
                if not invoices_of(session, row.id):
                    raise Refused("no_invoice")
                session.add(_row(claim, row, policy, now))
        except IntegrityError:
            raise Refused("already_claimed") from None

    def _send(self, row: CommercialClaim) -> None:
        claim, invoices = self._facts(row)
        now = self._clock.now()
        match self._insurer.fast(claim, invoices):
            case Done() | Fails("CLAIM_NO_USED"):
                self._move(
                    row,
                    now,
                    state="APPLIED",
                    applied_at=stamp(now),
                    next_at=later(now, _ASK_EVERY_S),
                )
            case Fails(code):
                self._move(row, now, state="REFUSED", reason=code, next_at="")
            case Silent():
                self._move(row, now, next_at=later(now, _SEND_AGAIN_S))

    def _ask(self, row: CommercialClaim) -> None:
        now = self._clock.now()
        match self._insurer.query(row.id):
            case Standing("SUCCEEDED", paid_fen, decided_on):
                self._move(
                    row,
                    now,
                    state="SUCCEEDED",
                    paid_fen=paid_fen,
                    decided_on=decided_on,
                    next_at="",
                )
            case Standing("REFUSED", _, decided_on, reason):
                self._move(
                    row, now, state="REFUSED", reason=reason, decided_on=decided_on, next_at=""
                )
            case Standing() | NotFound() | Silent():
                self._move(row, now, next_at=later(now, _ASK_EVERY_S))

    def _facts(self, row: CommercialClaim) -> tuple[ClaimFacts, Sequence[InvoiceNumber]]:
        with self._db.read() as session:
            settlement = session.get_one(Settlement, row.settlement_id)
            word = session.get_one(ClaimAuthorisation, row.authorisation_id)
            claim = claim_facts(session, row.id, settlement, word, row.policy_no)
            return claim, invoices_of(session, row.settlement_id)

    def _move(self, row: CommercialClaim, now: datetime, **values: str | int) -> None:
        """What became of it, once; the patient is told in the same transaction."""
        with self._db.write() as session:
            moved = session.execute(
                update(CommercialClaim)
                .where(CommercialClaim.id == row.id, CommercialClaim.state == row.state)
                .values(**values)
            )
            kind = _TOLD.get(str(values.get("state", "")))
            if moved.rowcount == 1 and kind:  # type: ignore[attr-defined]  # a CursorResult
                fen = int(values.get("paid_fen", 0))
                tell(session, now, row.person_id, kind, row.id, claim_no=row.id, amount_fen=fen)


def _settled(session: Session, settlement_id: str) -> Settlement:
    row = session.get(Settlement, settlement_id)
    if row is None:
        raise NoSuch("unknown_settlement")
    if row.state != "COMPLETED":
        raise Refused("not_settled")
    return row


def _row(
    claim: ClaimFacts, settlement: Settlement, policy: InsurancePolicy, now: datetime
) -> CommercialClaim:
    return CommercialClaim(
        id=claim.claim_no,
        person_id=settlement.person_id,
        settlement_id=settlement.id,
        authorisation_id=claim.authorisation_no,
        policy_no=claim.policy_no,
        insurer=policy.insurer,
        mode="FAST",
        state="AUTHORISED",
        total_fen=claim.total_fen,
        own_fen=claim.own_fen,
        made_at=stamp(now),
        next_at=stamp(now),
    )
