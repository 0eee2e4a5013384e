"""A tiny settlement backend: keyed by the operation's id, so doing something twice does it once.

What a reader would get wrong: `wanted` states are followed only where docs/backend_api.md allows
the step, so the model never tells a lie that a real backend could not tell.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from core.billing import (
    Bill,
    CashTaken,
    Completer,
    Component,
    ComponentKind,
    Hold,
    PosOrder,
    PosOrderKind,
    Reauthorisation,
    Settlement,
    SettlementState,
    Slip,
    Tender,
    TenderKind,
    TenderOption,
    TenderState,
)
from core.ports import Done, HoldApproved, Refused
from core.prepay import ToppedUp
from core.steps.paying import PosWord
from core.steps.prefund import Holds
from tests.helpers.device_model import PosSale
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


OLD_HOLD, OLD_RECEIPT, OLD_FEN = "H-1", "0900", 50_000
"""At the card terminal, of the hold that a larger one takes the place of, or that just ends."""


def _order(account: Account) -> PosOrder:
    kind, tender_id = PosOrderKind.SALE, account.reference
    return PosOrder(kind, tender_id, tender_id, "", "", "", "", "", SELF_PAY_FEN)


def _cash(account: Account) -> CashTaken:
    owed_fen = account.handed_fen - account.change_fen - SELF_PAY_FEN
    slip = Slip("C1", "ZF1.C.C1.AAAA") if owed_fen and account.state is _S.COMPLETED else None
    return CashTaken(SELF_PAY_FEN, account.handed_fen, account.change_fen, owed_fen, slip)


@dataclass(slots=True)
class Account:
    """One settlement as it truly is."""

    settlement_id: str
    bills: tuple[Bill, ...]
    state: SettlementState = _S.QUOTED
    committed: bool = False
    tender: TenderKind | None = None
    handed_fen: int = 0
    change_fen: int = 0
    asks_pos: bool = False

    @property
    def taken_fen(self) -> int:
        """The patient's money at the hospital now; that of a card or in notes is elsewhere."""
        if self.tender in (TenderKind.BANK_CARD, TenderKind.CASH):
            return 0
        return SELF_PAY_FEN if self.state in _HOLDS_MONEY else 0

    @property
    def reference(self) -> str:
        """Of its sale at the card terminal."""
        return f"{self.settlement_id}-0"


@dataclass(slots=True)
class Backend:
    """`covered`: a hold of the patient pays, so nothing is due. `ways`: how else it may be paid.

    `standing`: the hold of `OLD_RECEIPT` stands from the beginning. `sales`: what the acquirer
    knows of this machine's card terminal, and undoes when it is told.
    """

    covered: bool = False
    ways: tuple[TenderKind, ...] = (TenderKind.SCAN,)
    standing: bool = False
    sales: dict[str, PosSale] = field(default_factory=dict)
    announced: set[str] = field(default_factory=set)
    old_released: bool = False
    accounts: dict[str, Account] = field(default_factory=dict)
    cards: dict[str, CardState] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    holds: dict[str, Hold] = field(default_factory=dict)
    refunds: dict[str, str] = field(default_factory=dict)
    cases: list[str] = field(default_factory=list)
    top_ups: dict[str, ToppedUp] = field(default_factory=dict)

    def open(self, operation_id: str, bills: tuple[Bill, ...]) -> Settlement:
        """Quote once."""
        account = self.accounts.setdefault(operation_id, Account(operation_id, bills))
        return self.told(account)

    def commit(
        self,
        operation_id: str,
        wanted: str,
        tender: TenderKind | None = None,
        cash_fen: tuple[int, int] = (0, 0),
    ) -> Settlement | Refused:
        """Take the money, once; a cancelled quote takes none. A card's waits for its sale.

        `cash_fen`: handed over, and given back of it.
        """
        account = self.accounts[operation_id]
        if account.committed:
            return self.told(account)
        if account.state is not _S.QUOTED:
            return Refused("not_open")
        state = SettlementState(wanted or _S.COMPLETED)
        at_pos = tender is TenderKind.BANK_CARD
        account.state = _S.PAYING if at_pos and state is _S.COMPLETED else state
        account.committed = account.state is not _S.QUOTED
        if account.committed:
            account.tender, (account.handed_fen, account.change_fen) = tender, cash_fen
        account.asks_pos = at_pos and account.state is _S.PAYING
        return self.told(account)

    def pos_word(self, operation_id: str, word: PosWord, wanted: str) -> Settlement:
        """The word decides when the acquirer is asked; the acquirer decides what is so."""
        account = self.accounts[operation_id]
        if account.asks_pos and account.state is _S.PAYING:
            account.asks_pos = False
            if account.reference in self.sales:
                self._move(account, wanted, _S.COMPLETED)
            elif word is PosWord.REFUSED:
                self._move(account, _S.REVERSED, _S.REVERSED)
        return self.told(account)

    def follow(self, operation_id: str, wanted: str) -> Settlement | None:
        """As it stands; what is under way comes to its end."""
        account = self.accounts.get(operation_id)
        if account is None:
            return None
        if not account.asks_pos or account.state is not _S.PAYING:
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

    def announce(self, operation_id: str) -> Reauthorisation:
        """Before the card terminal holds it."""
        self.announced.add(operation_id)
        return self.reauthorisation(operation_id)

    def reauthorisation(self, operation_id: str) -> Reauthorisation:
        """The old hold may go once the new one is known here."""
        if operation_id not in self.announced or operation_id not in self.holds:
            return Reauthorisation(operation_id, "ASKED", "")
        if self.old_released:
            return Reauthorisation(operation_id, "DONE", "")
        return Reauthorisation(operation_id, "HELD", OLD_RECEIPT)

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

    def old_holds(self) -> Holds:
        """What stood before the story began."""
        stands = self.standing and not self.old_released
        return Holds((self.hold_that_ends(OLD_HOLD),) if stands else (), ())

    def hold_that_ends(self, hold_id: str) -> Hold:
        """As its acquirer has it: free once the card terminal released `OLD_RECEIPT`."""
        held_fen = 0 if self.old_released else OLD_FEN
        return Hold(
            hold_id,
            OLD_FEN,
            0,
            OLD_FEN - held_fen,
            held_fen,
            "RELEASED" if self.old_released else "HELD",
            "622202*********4567",
            "2026-02-04",
            Completer.ACQUIRER,
        )

    def top_up(self, operation_id: str, amount_fen: int, taken: bool) -> ToppedUp | Refused:
        """Booked once; a sale that its acquirer does not know is none."""
        if operation_id not in self.top_ups and not taken:
            return Refused("not_at_acquirer")
        slip = Slip("S1", "ZF1.S.S1.AAAA")
        booked = ToppedUp(f"T-{operation_id}", "CASH", amount_fen, amount_fen, "OP-LEGACY", slip)
        return self.top_ups.setdefault(operation_id, booked)

    def told(self, account: Account) -> Settlement:
        """What the backend says of it."""
        paid = account.state in _HOLDS_MONEY
        kind = TenderKind.PREAUTH if self.covered else account.tender or TenderKind.SCAN
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
            options=tuple(TenderOption(way, True, "") for way in self.ways),
            total_fen=TOTAL_FEN,
            due_fen=0 if paid or self.covered else SELF_PAY_FEN,
            cash_fen=SELF_PAY_FEN,
            reauthorise_fen=0,
            pos=_order(account) if account.asks_pos and account.state is _S.PAYING else None,
            cash=_cash(account) if account.handed_fen else None,
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
        if account.tender is TenderKind.BANK_CARD:
            self._at_acquirer(account)

    def _at_acquirer(self, account: Account) -> None:
        """A sale that is not there pays nothing; one of a reversed settlement is undone."""
        sale = self.sales.get(account.reference)
        if account.state is _S.COMPLETED and sale is None:
            account.state = _S.REVERSED
        if account.state in (_S.REVERSED, _S.CANCELLED) and sale is not None:
            sale.stands = False

    @property
    def taken_fen(self) -> int:
        """Patients' money at the hospital."""
        return sum(account.taken_fen for account in self.accounts.values())
