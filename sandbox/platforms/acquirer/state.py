"""What one acquirer keeps: its books on disk, and a tester's plans in memory.

Talks to nothing; the routes share it. What a reader would get wrong: the desk replaces the books
at a reset, so the routes ask for them at every request.
"""

from collections import deque
from dataclasses import dataclass, field
from datetime import date, datetime

from sandbox.platforms.acquirer.agreements import AgreementBooks
from sandbox.platforms.acquirer.channels import TERMS, Channel
from sandbox.platforms.acquirer.credit import CreditBooks
from sandbox.platforms.acquirer.holds import Completer, HoldBooks
from sandbox.platforms.acquirer.movements import movements
from sandbox.platforms.acquirer.one_code import OneCodeBooks
from sandbox.platforms.acquirer.orders import PayPlan
from sandbox.platforms.acquirer.refunds import RefundCode, RefundPlan
from sandbox.platforms.acquirer.sales import SaleBooks
from sandbox.platforms.acquirer.statement import Change, Row
from sandbox.platforms.acquirer.transfers import TransferBooks, TransferPlan
from sandbox.platforms.acquirer.wallet import WalletBooks
from sandbox.platforms.clock import PlatformClock
from sandbox.platforms.desk import Desk


@dataclass(slots=True)
class AcquirerBooks:
    """What survives a restart; ``moved_at`` is when each movement of money happened, by its key."""

    wallet: WalletBooks = field(default_factory=WalletBooks)
    holds: HoldBooks = field(default_factory=HoldBooks)
    sales: SaleBooks = field(default_factory=SaleBooks)
    one_code: OneCodeBooks = field(default_factory=OneCodeBooks)
    agreements: AgreementBooks = field(default_factory=AgreementBooks)
    credit: CreditBooks = field(default_factory=CreditBooks)
    transfers: TransferBooks = field(default_factory=TransferBooks)
    moved_at: dict[str, datetime] = field(default_factory=dict)


@dataclass(slots=True)
class Plans:
    """What a tester ordered, oldest first; ``changes`` are made to the daily files.

    ``adjusted_fen`` is what the bank corrected by hand, by the payment's order_no.
    """

    pays: deque[PayPlan] = field(default_factory=deque)
    completers: deque[Completer] = field(default_factory=deque)
    refunds: deque[RefundPlan] = field(default_factory=deque)
    recalls: int = 0
    password_over_fen: int | None = None
    transfers: deque[TransferPlan] = field(default_factory=deque)
    transfer_of: dict[str, TransferPlan] = field(default_factory=dict)
    refund_days: dict[Channel, int] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    adjusted_fen: dict[str, int] = field(default_factory=dict)

    def transfer(self, item_no: str) -> TransferPlan | None:
        """The plan for an item, used up by it: the one that names it before the next one."""
        if item_no in self.transfer_of:
            return self.transfer_of.pop(item_no)
        return self.transfers.popleft() if self.transfers else None

    def next_refund(self) -> RefundPlan:
        """The plan of the next refund, used up by it."""
        return self.refunds.popleft() if self.refunds else RefundPlan()


class AcquirerState:
    """Books, plans and clock of the acquirer called ``name`` at ``bank``."""

    def __init__(self, desk: Desk[AcquirerBooks], name: str, bank: str) -> None:
        self._desk = desk
        self.name = name
        self.bank = bank
        self.plans = Plans()
        self.clock = PlatformClock()

    @property
    def books(self) -> AcquirerBooks:
        """The books in force."""
        return self._desk.books

    def forget_plans(self) -> None:
        """As after a start."""
        self.plans = Plans()
        self.clock.set(None)

    def now(self) -> datetime:
        """The platform's time, to the second."""
        return self.clock.now().replace(microsecond=0)

    def today(self) -> date:
        """The platform's day."""
        return self.now().date()

    def next_pay(self, order_no: str) -> PayPlan | None:
        """The plan of the next payment; asking about a known order uses none up."""
        if order_no in self.books.wallet.orders or not self.plans.pays:
            return None
        return self.plans.pays.popleft()

    def paid_days_ago(self, order_no: str) -> int:
        """How many days lie between the day of payment and today; 0 when it is not paid."""
        paid_at = self.books.moved_at.get(f"PAY {order_no}", self.now())
        return (self.today() - paid_at.date()).days

    def taken_today_fen(self, agreement_no: str) -> int:
        """What an agreement's orders of today took or are taking."""
        orders = self.books.wallet.taken_by(agreement_no)
        return sum(o.amount_fen for o in orders if self.paid_days_ago(o.order_no) == 0)

    def available_fen(self, contract_no: str) -> int:
        """What is left of a credit line: all its orders count, less what was given back."""
        wallet = self.books.wallet
        used_fen = sum(
            order.amount_fen - wallet.refunds.refunded_fen(order.order_no)
            for number in self.books.credit.line_of(contract_no)
            for order in wallet.taken_by(number)
        )
        return self.books.credit.available_fen(contract_no, used_fen)

    def refund_refusal(self, order_no: str) -> RefundCode | None:
        """Why the channel gives nothing back of this order now; None when it does."""
        order = self.books.wallet.orders.get(order_no)
        if order is None or order.channel == "":
            return None
        terms = TERMS[order.channel]
        days = self.plans.refund_days.get(order.channel, terms.refund_days)
        if self.paid_days_ago(order_no) > days:
            return "REFUND_WINDOW_CLOSED"
        parts = self.books.wallet.refunds.parts(order_no)
        if terms.refund_parts is not None and parts >= terms.refund_parts:
            return "TOO_MANY_PARTS"
        return None

    def note_movements(self) -> None:
        """Write down when money moved: what is new since the last request moved now."""
        books, now = self.books, self.now()
        noted = books.moved_at
        for movement in movements(books.wallet, books.holds, books.sales, books.transfers, noted):
            noted.setdefault(movement.key, now)

    def rows(self) -> list[Row]:
        """What the daily files show, a tester's changes included, in the order of time."""
        self.note_movements()
        books = self.books
        every = movements(books.wallet, books.holds, books.sales, books.transfers)
        rows = [Row(movement, books.moved_at[movement.key]) for movement in every]
        for change in self.plans.changes:
            rows = change.applied_to(rows)
        return sorted(rows, key=lambda row: row.at)
