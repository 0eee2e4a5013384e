"""Every movement of money, read off the books.

Talks to nothing. What a reader would get wrong: states in the books only go forward, so a movement
that was there once is there for ever; that is why it can be read off instead of being written down.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from sandbox.platforms.acquirer.channels import Channel
from sandbox.platforms.acquirer.holds import Hold, HoldBooks
from sandbox.platforms.acquirer.orders import Order
from sandbox.platforms.acquirer.sales import SaleBooks
from sandbox.platforms.acquirer.transfers import TransferBooks
from sandbox.platforms.acquirer.wallet import WalletBooks

FileChannel = Literal[Channel, "CARD", "TRANSFER"]
Kind = Literal[
    "PAY",
    "REFUND",
    "REVOKED",
    "SALE",
    "SALE_VOID",
    "CARD_REFUND",
    "CARD_REFUND_UNDO",
    "COMPLETION",
    "COMPLETION_CANCEL",
    "COMPLETION_REFUND",
    "TRANSFER",
    "TRANSFER_RETURN",
]


@dataclass(frozen=True, slots=True)
class Movement:
    """Money that moved once; ``original_number`` is what a giving back belongs to.

    ``transaction_no`` is the platform's number of the payment; ``account`` who paid, masked.
    """

    channel: FileChannel
    kind: Kind
    number: str
    amount_fen: int
    original_number: str = ""
    transaction_no: str = ""
    auth_code: str = ""
    terminal_id: str = ""
    account: str = ""
    source: str = ""
    description: str = ""

    @property
    def key(self) -> str:
        """What tells it from every other one."""
        return f"{self.kind} {self.number}"


def movements(
    wallet: WalletBooks,
    holds: HoldBooks,
    sales: SaleBooks,
    transfers: TransferBooks,
    noted: Container[str] = frozenset(),
) -> Iterator[Movement]:
    """All movements of these books; payments whose keys are ``noted`` are left out.

    Payments are nearly everything, and the books are gone through at every request.
    """
    yield from _of_orders(wallet, noted)
    yield from _of_sales(sales)
    yield from _of_holds(holds)
    yield from _of_transfers(transfers)


def _of_orders(wallet: WalletBooks, noted: Container[str]) -> Iterator[Movement]:
    for order in wallet.orders.values():
        if order.channel == "" or order.state not in ("SUCCESS", "REVOKED"):
            continue
        if f"PAY {order.order_no}" not in noted:
            yield _payment(order, order.channel)
        if order.state == "REVOKED":
            paid = _payment(order, order.channel)
            yield replace(paid, kind="REVOKED", original_number=order.order_no)
    for refund in wallet.refunds.made.values():
        known = wallet.orders.get(refund.order_no)
        if known is not None and known.channel != "" and refund.state == "SUCCESS":
            yield replace(
                _payment(known, known.channel),
                kind="REFUND",
                number=refund.refund_no,
                amount_fen=refund.amount_fen,
                original_number=refund.order_no,
            )


def _payment(order: Order, channel: Channel) -> Movement:
    return Movement(
        channel=channel,
        kind="PAY",
        number=order.order_no,
        amount_fen=order.amount_fen,
        transaction_no=order.transaction_no,
        account=order.payer_mask or order.account_no,
        source=order.source,
        description=order.description,
    )


def _of_sales(books: SaleBooks) -> Iterator[Movement]:
    for sale in books.sales.values():
        sold = Movement(
            channel="CARD",
            kind="SALE",
            number=sale.reference,
            amount_fen=sale.amount_fen,
            transaction_no=sale.rrn,
            auth_code=sale.auth_code,
            terminal_id=sale.terminal_id,
            account=sale.masked_pan,
        )
        yield sold
        if sale.state == "VOIDED":
            yield replace(sold, kind="SALE_VOID", original_number=sale.reference)
    for refund in books.refunds.values():
        sale = books.sales[refund.original_auth_code]
        given = Movement(
            channel="CARD",
            kind="CARD_REFUND",
            number=refund.reference,
            amount_fen=refund.amount_fen,
            original_number=sale.reference,
            transaction_no=refund.rrn,
            auth_code=refund.auth_code,
            terminal_id=sale.terminal_id,
            account=refund.masked_pan,
        )
        yield given
        if refund.state == "UNDONE":
            yield replace(given, kind="CARD_REFUND_UNDO", original_number=refund.reference)


def _of_holds(books: HoldBooks) -> Iterator[Movement]:
    for hold in books.holds.values():
        if hold.state == "COMPLETED" and hold.order_no == "":
            yield _completion(hold, hold.reference, hold.taken_fen)
    for done in books.completions.values():
        if done.auth_code == "":
            continue
        taken = _completion(books.holds[done.auth_code], done.order_no, done.amount_fen)
        yield taken
        if done.state == "CANCELLED":
            yield replace(taken, kind="COMPLETION_CANCEL", original_number=done.order_no)
    for refund in books.refunds.made.values():
        completed = books.completions.get(refund.order_no)
        if completed is not None and refund.state == "SUCCESS":
            hold = books.holds[completed.auth_code]
            yield replace(
                _completion(hold, refund.refund_no, refund.amount_fen),
                kind="COMPLETION_REFUND",
                original_number=refund.order_no,
            )


def _completion(hold: Hold, number: str, amount_fen: int) -> Movement:
    return Movement(
        channel="CARD",
        kind="COMPLETION",
        number=number,
        amount_fen=amount_fen,
        transaction_no=hold.rrn,
        auth_code=hold.auth_code,
        terminal_id=hold.terminal_id,
        account=hold.masked_pan,
    )


def _of_transfers(books: TransferBooks) -> Iterator[Movement]:
    for item in books.items.values():
        if item.state != "PAID" and not item.came_back:
            continue
        paid = Movement(
            channel="TRANSFER",
            kind="TRANSFER",
            number=item.item_no,
            amount_fen=item.amount_fen,
            original_number=item.batch_no,
            account=f"{item.account_no[:4]}****{item.account_no[-4:]}",
        )
        yield paid
        if item.came_back:
            yield replace(paid, kind="TRANSFER_RETURN", original_number=item.item_no)
