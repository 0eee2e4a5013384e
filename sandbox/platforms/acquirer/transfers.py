"""Transfers to bank accounts in batches: refunds that cannot go back the way they came (W28, W29).

Talks to nothing. What a reader would get wrong: a paid transfer may still come back days later,
so PAID is not the end of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

ReturnCode = Literal["NAME_MISMATCH", "ACCOUNT_CLOSED", "ACCOUNT_NOT_FOUND"]
RETURNED_ACCOUNT_ENDING = "0404"


@dataclass(frozen=True, slots=True)
class TransferPlan:
    """PROCESSING for ``polls`` queries, then PAID, or RETURNED with ``code``."""

    code: ReturnCode | None = None
    polls: int = 1


@dataclass(slots=True)
class Transfer:
    """One item; ``came_back`` tells a transfer that was paid and returned afterwards."""

    item_no: str
    batch_no: str
    payee_name: str
    account_no: str
    bank: str
    amount_fen: int
    polls_left: int = 0
    code: ReturnCode | None = None
    came_back: bool = False

    @property
    def state(self) -> Literal["PROCESSING", "PAID", "RETURNED"]:
        """What a query would be told now."""
        if self.polls_left > 0:
            return "PROCESSING"
        return "PAID" if self.code is None else "RETURNED"

    def same_as(self, other: "Transfer") -> bool:
        """Whether both ask for the same payment."""
        mine = (self.item_no, self.payee_name, self.account_no, self.bank, self.amount_fen)
        return mine == (
            other.item_no,
            other.payee_name,
            other.account_no,
            other.bank,
            other.amount_fen,
        )


@dataclass(frozen=True, slots=True)
class BatchAnswer:
    """``/transfers/batch``."""

    result: Literal["ACCEPTED", "FAIL"]
    code: Literal["BATCH_NO_USED", "ITEM_NO_USED"] | None = None


@dataclass(frozen=True, slots=True)
class ItemState:
    """One item in ``/transfers/query``."""

    item_no: str
    state: Literal["PROCESSING", "PAID", "RETURNED"]
    amount_fen: int
    code: ReturnCode | None = None


@dataclass(frozen=True, slots=True)
class BatchState:
    """``/transfers/query``."""

    state: Literal["NOTFOUND", "ACCEPTED"]
    items: list[ItemState]


@dataclass(frozen=True, slots=True)
class BookedTransfer:
    """A transfer in ``GET /books``."""

    batch_no: str
    item_no: str
    payee_name: str
    amount_fen: int
    state: str
    code: str | None


@dataclass(slots=True)
class TransferBooks:
    """Every item by its number."""

    items: dict[str, Transfer] = field(default_factory=dict)

    def accept(
        self,
        batch_no: str,
        asked: list[Transfer],
        plan_of: Callable[[str], TransferPlan | None],
    ) -> BatchAnswer:
        """Take a batch in whole or not at all; a known one is accepted again and paid once.

        ``plan_of`` gives a tester's plan for an item; without one its account decides.
        """
        known = self._of(batch_no)
        if known:
            same = len(known) == len(asked) and all(map(Transfer.same_as, known, asked))
            return BatchAnswer("ACCEPTED") if same else BatchAnswer("FAIL", "BATCH_NO_USED")
        numbers = {item.item_no for item in asked}
        if len(numbers) < len(asked) or numbers & self.items.keys():
            return BatchAnswer("FAIL", "ITEM_NO_USED")
        for item in asked:
            plan = plan_of(item.item_no) or _by_account(item.account_no)
            item.code, item.polls_left = plan.code, plan.polls
            self.items[item.item_no] = item
        return BatchAnswer("ACCEPTED")

    def query(self, batch_no: str) -> BatchState:
        """What became of a batch; each query brings the items in PROCESSING nearer to their end."""
        found = self._of(batch_no)
        told = [ItemState(i.item_no, i.state, i.amount_fen, _told_code(i)) for i in found]
        for item in found:
            item.polls_left = max(0, item.polls_left - 1)
        return BatchState("ACCEPTED" if found else "NOTFOUND", told)

    def come_back(self, item_no: str, code: ReturnCode) -> bool:
        """A paid transfer returns; False when there is none such."""
        item = self.items.get(item_no)
        if item is None or item.state != "PAID":
            return False
        item.code, item.came_back = code, True
        return True

    def booked(self) -> list[BookedTransfer]:
        """Every transfer, oldest first."""
        return [
            BookedTransfer(
                batch_no=item.batch_no,
                item_no=item.item_no,
                payee_name=item.payee_name,
                amount_fen=item.amount_fen,
                state=item.state,
                code=_told_code(item),
            )
            for item in self.items.values()
        ]

    def _of(self, batch_no: str) -> list[Transfer]:
        return [item for item in self.items.values() if item.batch_no == batch_no]


def _by_account(account_no: str) -> TransferPlan:
    mismatch = account_no.endswith(RETURNED_ACCOUNT_ENDING)
    return TransferPlan("NAME_MISMATCH" if mismatch else None)


def _told_code(item: Transfer) -> ReturnCode | None:
    return item.code if item.state == "RETURNED" else None
