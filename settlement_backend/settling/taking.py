"""The saga's money steps: take the next tender, and give the last one back.

Talks to whatever moves a tender's money, by `Means`, outside of any transaction. What a reader
would get wrong: a tender is asked for once with its secret and afterwards only asked about; at its
limit it is undone under the same number, which also closes the number for ever.
"""

from __future__ import annotations

from datetime import timedelta
from typing import assert_never

from settlement_backend.acquirers.means import Means, MeansTable
from settlement_backend.acquirers.words import (
    Again,
    Closed,
    Declined,
    Paid,
    Paying,
    Standing,
    Taking,
)
from settlement_backend.base.context import Context
from settlement_backend.base.outside import Done, NotFound, Silent
from settlement_backend.policy.profile import Policy, Poll
from settlement_backend.settling import books, rules
from settlement_backend.settling.booking import Booking
from settlement_backend.settling.tables import Settlement, Tender

_DECLINED = {
    "AUTH_CODE_INVALID": "pay_code_invalid",
    "AUTH_CODE_EXPIRED": "pay_code_expired",
    "NOT_ENOUGH": "pay_not_enough",
    "OVER_LIMIT": "daily_limit",
    "AGREEMENT_CANCELLED": "agreement_ended",
    "AGREEMENT_NOT_FOUND": "agreement_ended",
    "CONTRACT_CANCELLED": "agreement_ended",
    "CONTRACT_NOT_FOUND": "agreement_ended",
}
_ONE_TIME = ("SCAN", "ONE_CODE")


def poll_of(policy: Policy, tender: Tender) -> Poll:
    """When its platform is asked and when that ends: by channel for codes, as long as a relative
    or a patient at a card terminal may take, else as for a debit."""
    if tender.kind in _ONE_TIME:
        return policy.polls[tender.channel]
    if tender.kind == "REMOTE":
        seconds = policy.tender.remote_minutes * 60.0
        return policy.polls[tender.channel].model_copy(update={"decide": seconds, "pauses": ()})
    return policy.polls["POS" if tender.channel == "POS" else "DIRECT"]


class Takings:
    """Each step answers whether the next one can follow at once."""

    def __init__(self, context: Context, means: MeansTable, booking: Booking) -> None:
        self._policy, self._db = context.policy, context.db
        self._means, self._booking = means, booking
        self._secrets: dict[str, str] = {}

    def keep(self, tender_id: str, secret: str) -> None:
        """What pays this tender once; in memory only, and gone with the process."""
        self._secrets[tender_id] = secret

    def take(self, row: Settlement, tender: Tender) -> bool:
        """One step of taking a tender that is not taken yet."""
        means = self._means.of(tender)
        if means is None:
            return self._booking.taken(row, tender)
        poll, now = poll_of(self._policy, tender), self._booking.now()
        secret = self._secrets.pop(tender.id, "")
        if tender.state == "PLANNED":
            if tender.kind in _ONE_TIME and not secret:
                return self._booking.reverse(row, "pay_not_confirmed", untaken=tender)
            self._booking.asked(tender)
            return self._heard(row, tender, means.take(tender, secret))
        first = self._booking.called_at(tender) + timedelta(seconds=poll.first)
        if now < first and not tender.word:
            return self._booking.again(row, first)
        return self._heard(row, tender, self._asked_about(means, tender))

    def _asked_about(self, means: Means, tender: Tender) -> Taking | Standing:
        """A request that never arrived is sent again as it was, where no secret is used up."""
        word = means.query(tender)
        if isinstance(word, NotFound) and means.repeatable and not tender.code_url:
            return means.take(tender, "")
        return word

    def _heard(self, row: Settlement, tender: Tender, word: Taking | Standing) -> bool:
        """A no to the first request ends it; a no to a repeated one does not, because the first
        may still arrive: then undoing closes the number."""
        match word:
            case Paid(payer=payer):
                tender.payer = tender.payer or (payer if tender.kind == "REMOTE" else "")
                return self._booking.taken(row, tender)
            case Declined(code):
                untaken = tender if tender.state == "PLANNED" else None
                return self._booking.reverse(row, _reason(tender, code), untaken=untaken)
            case Closed():
                return self._booking.reverse(row, _reason(tender, ""), untaken=tender)
            case Paying(code_url=code_url):
                return self._undecided(row, tender, code_url)
            case NotFound() | Silent():
                return self._undecided(row, tender, "")
            case other:
                assert_never(other)

    def _undecided(self, row: Settlement, tender: Tender, code_url: str) -> bool:
        """Asked again in its rhythm; at its limit, or when the card terminal said no, undone."""
        poll, now = poll_of(self._policy, tender), self._booking.now()
        if code_url:
            self._show(tender, code_url)
        called = self._booking.called_at(tender)
        if tender.word == "REFUSED":
            return self._booking.reverse(row, _reason(tender, ""))
        if now >= called + timedelta(seconds=poll.decide):
            return self._booking.reverse(row, "pay_not_confirmed")
        first = tender.state != "PAYING"
        return self._booking.again(row, rules.next_question(poll, called, now, first))

    def _show(self, tender: Tender, code_url: str) -> None:
        with self._db.write() as session:
            session.get_one(Tender, tender.id).code_url = code_url

    def undo(self, row: Settlement, tender: Tender) -> bool:
        """One step of giving a tender back that was taken or asked for."""
        means, booking = self._means.of(tender), self._booking
        if means is not None:
            poll = poll_of(self._policy, tender)
            pause = timedelta(seconds=poll.reverse_not_before)
            earliest = booking.called_at(tender) + pause
            if booking.now() < earliest:
                return booking.again(row, earliest)
        word = Done() if means is None else means.reverse(tender)
        match word:
            case Done():
                return booking.book(
                    row,
                    lambda s, r: books.give_back(s, r, s.get_one(Tender, tender.id), booking.now()),
                )
            case Again() | Declined() | Silent():
                return booking.wait(row, row.trouble)
            case other:
                assert_never(other)


def _reason(tender: Tender, code: str) -> str:
    """Why nothing was taken, in the terminals' words."""
    if tender.kind == "PREAUTH":
        return "hold_refused"
    return _DECLINED.get(code, "pay_refused") if code else "pay_not_confirmed"
