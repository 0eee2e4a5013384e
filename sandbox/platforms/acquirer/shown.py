"""What ``GET /books`` of an acquirer shows.

Talks to nothing. What a reader would get wrong: pay codes, full card and account numbers are in no
answer; they are as good as money.
"""

from dataclasses import dataclass

from sandbox.platforms.acquirer.agreements import BookedAgreement
from sandbox.platforms.acquirer.credit import AbuseReport
from sandbox.platforms.acquirer.one_code import BookedCredential
from sandbox.platforms.acquirer.sales import BookedCardRefund, BookedSale
from sandbox.platforms.acquirer.state import AcquirerState
from sandbox.platforms.acquirer.transfers import BookedTransfer


@dataclass(frozen=True, slots=True)
class BookedOrder:
    """An order; ``account_no`` is the agreement or contract that paid."""

    order_no: str
    channel: str
    state: str
    amount_fen: int
    refunded_fen: int
    source: str
    account_no: str
    payer_mask: str
    patient_digest: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class BookedHold:
    """A hold."""

    auth_code: str
    rrn: str
    reference: str
    amount_fen: int
    taken_fen: int
    refunded_fen: int
    state: str


@dataclass(frozen=True, slots=True)
class BookedEnrolment:
    """A QR for signing that was shown; ``hint`` is what the payer reads there."""

    reference: str
    hint: str


@dataclass(frozen=True, slots=True)
class BookedContract:
    """A credit contract."""

    contract_no: str
    product: str
    form: str
    kind: str
    signed: bool
    confirmed: bool
    limit_fen: int
    available_fen: int
    owner_mask: str


@dataclass(frozen=True, slots=True)
class BooksShown:
    """``GET /books``."""

    orders: list[BookedOrder]
    holds: list[BookedHold]
    sales: list[BookedSale]
    card_refunds: list[BookedCardRefund]
    credentials: list[BookedCredential]
    agreements: list[BookedAgreement]
    enrolments: list[BookedEnrolment]
    contracts: list[BookedContract]
    abuse_reports: list[AbuseReport]
    transfers: list[BookedTransfer]


def shown(state: AcquirerState) -> BooksShown:
    """Everything an acquirer recorded."""
    books = state.books
    hints = [*books.agreements.enrolments.items(), *books.credit.enrolments.items()]
    return BooksShown(
        orders=_orders(state),
        holds=_holds(state),
        sales=books.sales.booked_sales(),
        card_refunds=books.sales.booked_refunds(),
        credentials=books.one_code.booked(),
        agreements=books.agreements.booked(),
        enrolments=[BookedEnrolment(reference, hint) for reference, hint in hints],
        contracts=_contracts(state),
        abuse_reports=list(books.credit.abuse_reports.values()),
        transfers=books.transfers.booked(),
    )


def _orders(state: AcquirerState) -> list[BookedOrder]:
    wallet = state.books.wallet
    return [
        BookedOrder(
            order_no=order.order_no,
            channel=order.channel,
            state=wallet.shown_state(order),
            amount_fen=order.amount_fen,
            refunded_fen=wallet.refunds.refunded_fen(order.order_no),
            source=order.source,
            account_no=order.account_no,
            payer_mask=order.payer_mask,
            patient_digest=order.patient_digest,
            confirmed=order.confirmed,
        )
        for order in wallet.orders.values()
    ]


def _holds(state: AcquirerState) -> list[BookedHold]:
    holds = state.books.holds
    return [
        BookedHold(
            auth_code=hold.auth_code,
            rrn=hold.rrn,
            reference=hold.reference,
            amount_fen=hold.amount_fen,
            taken_fen=hold.taken_fen,
            refunded_fen=holds.refunds.refunded_fen(hold.order_no),
            state=hold.state,
        )
        for hold in holds.holds.values()
    ]


def _contracts(state: AcquirerState) -> list[BookedContract]:
    return [
        BookedContract(
            contract_no=contract.contract_no,
            product=contract.product,
            form=contract.form,
            kind=contract.kind,
            signed=contract.signed,
            confirmed=contract.confirmed,
            limit_fen=contract.limit_fen,
            available_fen=state.available_fen(contract.contract_no),
            owner_mask=contract.owner_mask,
        )
        for contract in state.books.credit.contracts.values()
    ]
