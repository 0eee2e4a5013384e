"""Agreements as terminals use them: show the code, see what came of it, find credit lines, cancel.

Talks to the acquirers outside of transactions. What a reader would get wrong: a payer may sign or
cancel on his phone at any time, so what is kept here is what was last heard; a debit that meets a
cancelled agreement is declined by the bank and then cancelled here too.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.identity import Audience, mask_name
from settlement_backend.acquirers import books
from settlement_backend.acquirers.agreements import (
    Cancelled,
    CodeUrl,
    Contract,
    Signed,
)
from settlement_backend.acquirers.banks import Banks, bank_for
from settlement_backend.acquirers.shapes import AgreementList, AgreementShape, agreement_shape
from settlement_backend.acquirers.tables import Agreement
from settlement_backend.acquirers.words import Declined
from settlement_backend.base.clock import stamp
from settlement_backend.base.context import Context
from settlement_backend.base.errors import Refused
from settlement_backend.base.outside import Done, NotFound, NoWord, Silent
from settlement_backend.notices import outbox
from settlement_backend.people.people import person_of
from settlement_backend.people.tables import Person
from settlement_backend.settling.tables import Settlement, Tender
from settlement_backend.terminals.tables import Terminal

_CREDIT_KINDS = (books.CREDIT, books.FAMILY)
_SIGNING_HOURS = 2
EVERY_S = 2.0


class Agreeing:
    """All agreements of this hospital's patients."""

    def __init__(self, context: Context, banks: Banks) -> None:
        self._context, self._banks = context, banks
        self._db, self._clock, self._policy = context.db, context.clock, context.policy

    def enrol(
        self, key: str, person_id: str, product: str, payer_id: str, terminal: Terminal
    ) -> AgreementShape:
        """The code that somebody signs by, once and until it is cancelled (W02, W06, L13).

        `product`: BOUND_DEBIT or what a credit line is called at the bank. The key is the
        agreement's id. Raises NoSuch, Refused `anonymous`, NoWord.
        """
        with self._db.read() as session:
            person = person_of(session, person_id)
            if payer_id:
                person_of(session, payer_id)
            known = session.get(Agreement, key)
        if not person.id_number:
            raise Refused("anonymous")
        if known is None:
            bank = bank_for(self._policy.acquirers, terminal.id)
            code_url = self._code_url(bank, key, person, product)
            with self._db.write() as session:
                session.add(self._new(key, person_id, product, payer_id, bank, code_url))
        return self.refresh(key)

    def _code_url(self, bank: str, reference: str, person: Person, product: str) -> str:
        agreements = self._banks.of(bank).agreements
        if product == books.DEBIT:
            word = agreements.enrol(reference, mask_name(person.name, Audience.KIOSK))
        else:
            word = agreements.enrol_credit(reference, product, person.id_number)
        if not isinstance(word, CodeUrl):
            raise NoWord
        return word.url

    def _new(
        self, key: str, person_id: str, product: str, payer_id: str, bank: str, code_url: str
    ) -> Agreement:
        debit = product == books.DEBIT
        return Agreement(
            id=key,
            person_id=person_id,
            payer_id=payer_id if debit else "",
            kind=books.DEBIT if debit else books.CREDIT,
            state="WAITING",
            acquirer=bank,
            product="" if debit else product,
            code_url=code_url,
            asked_at=stamp(self._clock.now()),
        )

    def refresh(self, agreement_id: str) -> AgreementShape:
        """As it stands at the bank; a bank that says nothing changes nothing. Raises NoSuch."""
        with self._db.read() as session:
            row = books.agreement_of(session, agreement_id)
        if row.state != "CANCELLED" and row.kind == books.DEBIT:
            self._hear_debit(row)
        elif row.state != "CANCELLED":
            self.find(row.person_id)
        with self._db.read() as session:
            return self._shape(books.agreement_of(session, agreement_id))

    def _hear_debit(self, row: Agreement) -> None:
        agreements = self._banks.of(row.acquirer).agreements
        waits = row.state == "WAITING"
        word = agreements.enrolled(row.id) if waits else agreements.agreement(row.agreement_no)
        match word:
            case Signed():
                with self._db.write() as session:
                    self._signed(session, session.get_one(Agreement, row.id), word)
            case Cancelled():
                self._cancelled(row.id)
            case NotFound() if not waits:
                self._cancelled(row.id)

    def _signed(self, session: Session, row: Agreement, word: Signed) -> None:
        now = self._clock.now()
        row.agreement_no, row.channel = word.agreement_no, word.channel
        row.payer, row.limit_fen = word.payer, word.daily_limit_fen
        if row.state == "WAITING":
            row.state, row.signed_at, row.code_url = "SIGNED", stamp(now), ""
            outbox.tell(session, now, row.person_id, "agreement_signed", row.id)

    def find(self, person_id: str) -> AgreementList:
        """Ask every bank for this person's credit lines, those of relatives included (A.b1, H28).

        Each one found is confirmed to its bank once (H32). Raises NoSuch and Refused `anonymous`;
        a silent bank is left out.
        """
        with self._db.read() as session:
            id_number = person_of(session, person_id).id_number
        if not id_number:
            raise Refused("anonymous")
        for name, bank in self._banks.all().items():
            contracts = bank.agreements.contracts(id_number)
            if isinstance(contracts, Silent):
                continue
            confirmed = [each for each in contracts if self._confirm(name, each, id_number)]
            with self._db.write() as session:
                self._keep(session, person_id, name, confirmed)
        return self.all_of(person_id)

    def _confirm(self, bank: str, contract: Contract, id_number: str) -> bool:
        """Account confirmation: the bank knows that this line is this patient's (H32)."""
        if not contract.signed:
            return False
        word = self._banks.of(bank).agreements.confirm(contract.contract_no, id_number)
        return isinstance(word, Done)

    def _keep(
        self, session: Session, person_id: str, bank: str, contracts: Sequence[Contract]
    ) -> None:
        """What the bank has now; a line it names no more is cancelled."""
        found = {contract.contract_no: contract for contract in contracts}
        for row in books.agreements_of(session, person_id):
            if row.kind not in _CREDIT_KINDS or row.acquirer != bank:
                continue
            contract = found.pop(row.agreement_no, None)
            waits = row.state == "WAITING"
            if contract is None and waits:
                contract = next((c for c in found.values() if c.product == row.product), None)
                found.pop(contract.contract_no if contract else "", None)
            if contract is not None:
                _fill(row, contract, stamp(self._clock.now()))
            elif row.state == "SIGNED":
                row.state, row.cancelled_at = "CANCELLED", stamp(self._clock.now())
        for number, contract in found.items():
            row = self._new(
                f"{bank}-{number}-{person_id}", person_id, contract.product, "", bank, ""
            )
            session.add(row)
            _fill(row, contract, stamp(self._clock.now()))

    def all_of(self, person_id: str) -> AgreementList:
        """As last heard."""
        with self._db.read() as session:
            found = books.agreements_of(session, person_id)
            return AgreementList(agreements=tuple(self._shape(each) for each in found))

    def cancel(self, agreement_id: str) -> AgreementShape:
        """End a debit agreement (W02). Raises NoSuch, Refused `at_the_bank` for credit lines, which
        end where they were signed, and NoWord."""
        with self._db.read() as session:
            row = books.agreement_of(session, agreement_id)
        if row.kind != books.DEBIT:
            raise Refused("at_the_bank")
        if row.state == "SIGNED":
            word = self._banks.of(row.acquirer).agreements.cancel(row.agreement_no)
            if isinstance(word, Silent):
                raise NoWord
        self._cancelled(agreement_id)
        with self._db.read() as session:
            return self._shape(books.agreement_of(session, agreement_id))

    def _cancelled(self, agreement_id: str) -> None:
        with self._db.write() as session:
            session.execute(
                update(Agreement)
                .where(Agreement.id == agreement_id, Agreement.state != "CANCELLED")
                .values(state="CANCELLED", cancelled_at=stamp(self._clock.now()), code_url="")
            )

    def report_abuse(self, key: str, agreement_id: str, reason: str) -> AgreementShape:
        """A person says that a credit line is misused; its bank records it once (H32)."""
        with self._db.read() as session:
            row = books.agreement_of(session, agreement_id)
        if row.kind not in _CREDIT_KINDS or not row.agreement_no:
            raise Refused("not_a_credit_line")
        agreements = self._banks.of(row.acquirer).agreements
        word = agreements.report_abuse(key, row.agreement_no, reason)
        if isinstance(word, Silent):
            raise NoWord
        if isinstance(word, Declined):
            raise Refused("agreement_ended")
        return self._shape(row)

    # --- what the runner asks

    def waiting(self) -> list[str]:
        """Codes that were shown lately and not signed yet."""
        since = stamp(self._clock.now() - timedelta(hours=_SIGNING_HOURS))
        wanted = select(Agreement.id).where(
            Agreement.state == "WAITING", Agreement.asked_at > since
        )
        with self._db.read() as session:
            return list(session.scalars(wanted))

    def unconfirmed(self) -> list[str]:
        """Debits of credit lines whose bank has not heard that the treatment took place (H32)."""
        wanted = (
            select(Tender.id)
            .join(Settlement, Settlement.id == Tender.settlement_id)
            .where(
                Tender.kind.in_(_CREDIT_KINDS),
                Tender.state == "TAKEN",
                Tender.confirmed.is_(False),
                Settlement.state == "COMPLETED",
            )
        )
        with self._db.read() as session:
            return list(session.scalars(wanted))

    def confirm_debit(self, tender_id: str) -> None:
        """Tell the bank once; a silent one is asked at the next step."""
        with self._db.read() as session:
            tender = session.get_one(Tender, tender_id)
        agreements = self._banks.of(tender.acquirer).agreements
        if isinstance(agreements.confirm_debit(tender.id, tender.amount_fen), Silent):
            return
        with self._db.write() as session:
            session.get_one(Tender, tender_id).confirmed = True

    def _shape(self, row: Agreement) -> AgreementShape:
        limit_fen = self._policy.tender.debit_daily_limit_fen
        left_fen = books.left_fen(row, limit_fen, self._clock.now().date())
        return agreement_shape(row, left_fen)


def _fill(row: Agreement, contract: Contract, at: str) -> None:
    row.kind = books.FAMILY if contract.kind == "FAMILY" else books.CREDIT
    row.agreement_no, row.channel = contract.contract_no, "CREDIT"
    row.product, row.form = contract.product, contract.form
    row.risk_bearer, row.payer = contract.risk_bearer, contract.owner
    row.limit_fen, row.state, row.code_url = contract.available_fen, "SIGNED", ""
    row.signed_at = row.signed_at or at
