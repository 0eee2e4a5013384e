"""Every way to pay that an acquirer carries out, as `Means` (means.py).

Talks to the bank that a tender names, and looks up the hold or the person it needs. What a reader
would get wrong: a card terminal's own sale or completion is never started here; the terminal
does it under the tender's number, and here it only counts once the acquirer confirms it.
"""

from __future__ import annotations

from settlement_backend.acquirers.acquirer import Acquirer, HoldAt, SaleAt
from settlement_backend.acquirers.banks import Banks
from settlement_backend.acquirers.means import Means
from settlement_backend.acquirers.words import (
    Again,
    Closed,
    Declined,
    Paid,
    Paying,
    RefundOutcome,
    Standing,
    Taking,
    Undoing,
)
from settlement_backend.base.database import Database
from settlement_backend.base.outside import Done, NotFound, Silent
from settlement_backend.holds.tables import Hold
from settlement_backend.people.tables import Person
from settlement_backend.settling.tables import Settlement, Tender


class Orders:
    """What all orders of an acquirer share: asked about, taken back and refunded alike."""

    repeatable = False

    def __init__(self, banks: Banks) -> None:
        self._banks = banks

    def query(self, tender: Tender) -> Standing:
        """What became of the order."""
        return self._bank(tender).query(tender.id)

    def reverse(self, tender: Tender) -> Undoing:
        """Reversed; where the channel reverses no more, all of it is refunded (UnionPay: the
        day after, B.4)."""
        word = self._bank(tender).reverse(tender.id)
        if not isinstance(word, Declined):
            return word
        outcome = self._bank(tender).refund(tender.id, f"{tender.id}R", tender.amount_fen)
        return Again() if isinstance(outcome, Paying) else outcome

    def refund(self, tender: Tender, refund_no: str, amount_fen: int) -> RefundOutcome:
        """A part of it."""
        return self._bank(tender).refund(tender.id, refund_no, amount_fen)

    def refund_query(self, tender: Tender, refund_no: str) -> RefundOutcome | NotFound:
        """By its number."""
        return self._bank(tender).refund_query(refund_no)

    def _bank(self, tender: Tender) -> Acquirer:
        return self._banks.of(tender.acquirer)


class PayCode(Orders):
    """SCAN and ONE_CODE: a code that works once takes the money (W13)."""

    def take(self, tender: Tender, secret: str) -> Taking:
        """`secret`: the code of the wallet, or the credential for the e-code."""
        return self._bank(tender).micropay(tender.id, secret, tender.amount_fen)


class Remote(Orders):
    """REMOTE: a relative pays a QR on the phone (N18, C03)."""

    repeatable = True

    def take(self, tender: Tender, secret: str) -> Taking:
        """Make the QR; `secret` is not needed. The payer reads the patient's masked name."""
        bank = self._bank(tender)
        return bank.precreate(tender.id, tender.channel, tender.amount_fen, tender.label)

    def reverse(self, tender: Tender) -> Undoing:
        """Close the QR; one that was paid meanwhile is taken back."""
        closed = self._bank(tender).close(tender.id)
        return super().reverse(tender) if isinstance(closed, Declined) else closed


class BoundDebit(Orders):
    """BOUND_DEBIT: the payer's agreement is debited (W01)."""

    repeatable = True

    def take(self, tender: Tender, secret: str) -> Taking:
        """Debit; `secret` is not needed."""
        agreements = self._bank(tender).agreements
        return agreements.debit(tender.agreement_no, tender.id, tender.amount_fen)


class CreditLine(Orders):
    """CREDIT_LINE and FAMILY_CREDIT_LINE: the bank lends it to the patient or a relative (H30)."""

    repeatable = True

    def __init__(self, banks: Banks, db: Database) -> None:
        super().__init__(banks)
        self._db = db

    def take(self, tender: Tender, secret: str) -> Taking:
        """Debit the line; `secret` is not needed."""
        with self._db.read() as session:
            person_id = session.get_one(Settlement, tender.settlement_id).person_id
            id_number = session.get_one(Person, person_id).id_number
        agreements = self._bank(tender).agreements
        return agreements.debit_credit(tender.agreement_no, tender.id, tender.amount_fen, id_number)


class BankCard(Orders):
    """BANK_CARD: a sale that a card terminal made under the tender's number."""

    def take(self, tender: Tender, secret: str) -> Taking:
        """The terminal sells; until the acquirer knows the sale nothing is taken."""
        match self.query(tender):
            case Closed():
                return Declined("VOIDED")
            case NotFound():
                return Paying()
            case word:
                return word

    def query(self, tender: Tender) -> Standing:
        """Counts only with our amount; another one is nobody's to decide here."""
        word = self._bank(tender).sale(tender.id)
        match word:
            case SaleAt(voided=True):
                return Closed()
            case SaleAt(amount_fen=amount_fen) if amount_fen == tender.amount_fen:
                return Paid(word.rrn, word.masked_card)
            case SaleAt():
                return Silent()
        return word

    def reverse(self, tender: Tender) -> Undoing:
        """The whole sale goes back to the card, or never happens (冲正, B.5)."""
        return self._bank(tender).reverse_sale(tender.id)

    def refund(self, tender: Tender, refund_no: str, amount_fen: int) -> RefundOutcome:
        """A part of it, to the card that paid."""
        return self._bank(tender).refund_sale(tender.id, refund_no, amount_fen)


class HoldTaking(Orders):
    """PREAUTH: completed by the acquirer from anywhere, or by the one POS that made it (S11)."""

    repeatable = True

    def __init__(self, banks: Banks, db: Database) -> None:
        super().__init__(banks)
        self._db = db

    def take(self, tender: Tender, secret: str) -> Taking:
        """Complete for the actual amount; `secret` is not needed."""
        hold = self._hold(tender)
        if hold.completer == "THIS_POS":
            return _as_taking(self._at_pos(tender, hold))
        word = self._bank(tender).complete_hold(hold.auth_code, tender.id, tender.amount_fen)
        return Paid(hold.rrn) if isinstance(word, Done) else word

    def query(self, tender: Tender) -> Standing:
        """What became of the completion."""
        hold = self._hold(tender)
        if hold.completer == "THIS_POS":
            return self._at_pos(tender, hold)
        word = self._bank(tender).complete_query(tender.id)
        return Paid(hold.rrn) if isinstance(word, Done) else word

    def reverse(self, tender: Tender) -> Undoing:
        """Cancelling closes the number for ever, also one whose completion is on its way.

        The completion of a POS cannot be cancelled from here: once it stands a person sees to it.
        """
        if self._hold(tender).completer == "THIS_POS":
            return self._not_at_pos(tender)
        word = self._bank(tender).cancel_completion(tender.id)
        if isinstance(word, Declined):
            asked = self._bank(tender).complete_query(tender.id)
            return Done() if isinstance(asked, NotFound | Closed) else word
        return word

    def refund(self, tender: Tender, refund_no: str, amount_fen: int) -> RefundOutcome:
        """A part of what the completion took."""
        return self._bank(tender).refund_hold(tender.id, refund_no, amount_fen)

    def _at_pos(self, tender: Tender, hold: Hold) -> Standing:
        """The POS completed it when the acquirer says so, with our amount."""
        found = self._bank(tender).hold(hold.auth_code, hold.rrn)
        match found:
            case HoldAt(state="COMPLETED", taken_fen=taken) if taken == tender.amount_fen:
                return Paid(hold.rrn)
            case HoldAt(state="HELD"):
                return Paying()
            case HoldAt(state="RELEASED"):
                return Closed()
            case HoldAt():
                return Silent()
        return found

    def _not_at_pos(self, tender: Tender) -> Undoing:
        match self._at_pos(tender, self._hold(tender)):
            case Closed():
                return Done()
            case Paying() if tender.word == "REFUSED":
                return Done()
            case Paid():
                return Declined("ONLY_THIS_POS")
        return Silent()

    def _hold(self, tender: Tender) -> Hold:
        with self._db.read() as session:
            return session.get_one(Hold, tender.hold_id)


def _as_taking(word: Standing) -> Taking:
    match word:
        case Closed():
            return Declined("HOLD_RELEASED")
        case NotFound():
            return Silent()
        case _:
            return word


def all_ways(banks: Banks, db: Database) -> dict[str, Means]:
    """Means by kind of tender, for a `MeansTable`."""
    code, credit = PayCode(banks), CreditLine(banks, db)
    return {
        "PREAUTH": HoldTaking(banks, db),
        "CREDIT_LINE": credit,
        "FAMILY_CREDIT_LINE": credit,
        "BOUND_DEBIT": BoundDebit(banks),
        "ONE_CODE": code,
        "SCAN": code,
        "BANK_CARD": BankCard(banks),
        "REMOTE": Remote(banks),
    }
