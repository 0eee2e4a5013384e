"""A tiny settlement backend: keyed by the operation's id, so doing something twice does it once.

What a reader would get wrong: `wanted` states are followed only where docs/backend_api.md allows
the step, so the model never tells a lie that a real backend could not tell.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from core.billing import (
    Bill,
    Completer,
    Component,
    ComponentKind,
    Hold,
    Settlement,
    SettlementState,
    Slip,
    Tender,
    TenderKind,
    TenderOption,
    TenderState,
)
from core.ports import Done, HoldApproved, Refused
from tests.helpers.people import FUND_FEN, SELF_PAY_FEN, TOTAL_FEN

_S = SettlementState
_QUOTE = frozenset({_S.QUOTED, _S.CANCELLED})
_RUNNING = frozenset({_S.INSURED, _S.PAYING, _S.COMPLETED, _S.REVERSING, _S.REVERSED, _S.SUSPENSE})
_UNDOING = frozenset({_S.REVERSING, _S.REVERSED, _S.SUSPENSE})
_NEXT: dict[SettlementState, frozenset[SettlementState]] = {
    _S.QUOTED: _QUOTE,
    _S.INSURED: _RUNNING,
    _S.PAYING: _RUNNING,
    _S.REVERSING: _UNDOING,
}
_BY_ITSELF = {
    _S.INSURED: _S.COMPLETED,
    _S.PAYING: _S.COMPLETED,
    _S.REVERSING: _S.REVERSED,
}
_HOLDS_MONEY = frozenset({_S.PAYING, _S.COMPLETED, _S.REVERSING, _S.SUSPENSE})


class CardState(StrEnum):
    """Of one card number."""

    RESERVED = "RESERVED"
    ACTIVE = "ACTIVE"
    VOID = "VOID"


@dataclass(slots=True)
class Account:
    """One settlement as it truly is."""

    settlement_id: str
    bills: tuple[Bill, ...]
    state: SettlementState = _S.QUOTED
    committed: bool = False

    @property
    def taken_fen(self) -> int:
        """The patient's money at the hospital now."""
        return SELF_PAY_FEN if self.state in _HOLDS_MONEY else 0


@dataclass(slots=True)
class Backend:
    """`covered`: a hold of the patient pays, so nothing is due."""

    covered: bool = False
    accounts: dict[str, Account] = field(default_factory=dict)
    cards: dict[str, CardState] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    holds: dict[str, Hold] = field(default_factory=dict)
    refunds: dict[str, str] = field(default_factory=dict)
    cases: list[str] = field(default_factory=list)

    def open(self, operation_id: str, bills: tuple[Bill, ...]) -> Settlement:
        """Quote once."""
        account = self.accounts.setdefault(operation_id, Account(operation_id, bills))
        return self.told(account)

    def commit(self, operation_id: str, wanted: str) -> Settlement | Refused:
        """Take the money, once; a cancelled quote takes none."""
        account = self.accounts[operation_id]
        if account.committed:
            return self.told(account)
        if account.state is not _S.QUOTED:
            return Refused("not_open")
        account.state = SettlementState(wanted or _S.COMPLETED)
        account.committed = account.state is not _S.QUOTED
        return self.told(account)

    def follow(self, operation_id: str, wanted: str) -> Settlement | None:
        """As it stands; what is under way comes to its end."""
        account = self.accounts.get(operation_id)
        if account is None:
            return None
        self._move(account, wanted, _BY_ITSELF.get(account.state, account.state))
        return self.told(account)

    def cancel(self, operation_id: str, wanted: str) -> Settlement | Refused:
        """Unlock a quote, reverse what runs, refuse what is paid."""
        account = self.accounts.get(operation_id)
        if account is None:
            return Refused("unknown_settlement")
        if account.state is _S.COMPLETED:
            return Refused("completed")
        if account.state is _S.QUOTED:
            account.state = _S.CANCELLED
        elif account.state in (_S.INSURED, _S.PAYING):
            account.state = _S.REVERSING
            self._move(account, wanted, _S.REVERSING)
        return self.told(account)

    def reserve(self, operation_id: str) -> str:
        """One number for one operation."""
        number = self.numbers.setdefault(operation_id, f"{260000000100 + len(self.numbers)}")
        self.cards.setdefault(number, CardState.RESERVED)
        return number

    def activate(self, number: str) -> Done | Refused:
        """Not after it was withdrawn."""
        if self.cards[number] is CardState.VOID:
            return Refused("card_void")
        self.cards[number] = CardState.ACTIVE
        return Done()

    def void(self, number: str) -> Done | Refused:
        """Not while it is used."""
        if self.cards[number] is CardState.ACTIVE:
            return Refused("card_active")
        self.cards[number] = CardState.VOID
        return Done()

    def register_hold(
        self, operation_id: str, approved: HoldApproved, at_acquirer: bool
    ) -> Hold | Refused:
        """Known once; the acquirer is asked first."""
        if operation_id not in self.holds and not at_acquirer:
            return Refused("not_at_acquirer")
        amount_fen = approved.amount_fen
        hold = Hold(
            f"H-{operation_id}",
            amount_fen,
            0,
            0,
            amount_fen,
            "HELD",
            approved.masked_card,
            "2026-02-04",
            Completer.ACQUIRER,
        )
        return self.holds.setdefault(operation_id, hold)

    def told(self, account: Account) -> Settlement:
        """What the backend says of it."""
        paid = account.state in _HOLDS_MONEY
        kind = TenderKind.PREAUTH if self.covered else TenderKind.SCAN
        state = TenderState.TAKEN if paid else TenderState.PLANNED
        tender = Tender("T1", kind, SELF_PAY_FEN, state, "")
        final = account.state not in _NEXT
        return Settlement(
            settlement_id=account.settlement_id,
            state=account.state,
            patient="王*国",
            bills=account.bills,
            components=(
                Component(ComponentKind.INSURANCE_FUND, FUND_FEN),
                Component(ComponentKind.SELF_PAY, SELF_PAY_FEN),
            ),
            tenders=(tender,) if paid or self.covered else (),
            options=(TenderOption(TenderKind.SCAN, True, ""),),
            total_fen=TOTAL_FEN,
            due_fen=0 if paid or self.covered else SELF_PAY_FEN,
            hold=None,
            slip=Slip("S1", "ZF1.S.S1.AAAA") if account.state is _S.COMPLETED else None,
            trouble="" if account.state is _S.COMPLETED or not final else "pay_refused",
            next_poll_ms=None if final else 3_000,
            settled_at="",
        )

    def _move(self, account: Account, wanted: str, otherwise: SettlementState) -> None:
        allowed = _NEXT.get(account.state, frozenset())
        target = SettlementState(wanted) if wanted else otherwise
        account.state = target if target in allowed else otherwise

    @property
    def taken_fen(self) -> int:
        """Patients' money at the hospital."""
        return sum(account.taken_fen for account in self.accounts.values())
