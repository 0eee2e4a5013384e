"""The auditor's view: docs/backend_api.md, `GET /v1/books`."""

from __future__ import annotations

from settlement_backend.base.shapes import Shape


class OpenCaseShape(Shape):
    """A doubt about money that a person owns."""

    case_id: str
    amount_fen: int
    operation_kind: str
    operation_id: str


class ScanOrderShape(Shape):
    """A wallet payment by code, as we believe it stands at its acquirer."""

    order_no: str
    amount_fen: int
    refunded_fen: int


class OrderShape(Shape):
    """Any payment that an acquirer carried out, by its order number."""

    order_no: str
    kind: str
    acquirer: str
    amount_fen: int
    refunded_fen: int


class HoldTakeShape(Shape):
    """What is still taken of a hold."""

    auth_code: str
    amount_fen: int


class InsuredShape(Shape):
    """An insurance settlement that stands."""

    setl_id: str
    fund_fen: int
    account_fen: int
    mutual_fen: int


class BooksShape(Shape):
    """Sums of the ledger and what we believe the world holds of ours.

    `money_in_fen` and `refunded_fen` by kind of tender or component: seven kinds are always there,
    the others when they are not zero. money in less refunds = settled + deposited +
    refunding, what confirmed refunds still have to give back.
    """

    entries_balanced: bool
    postings: int
    money_in_fen: dict[str, int]
    refunded_fen: dict[str, int]
    settled_fen: int
    deposited_fen: int
    refunding_fen: int
    held_fen: int
    open_cases: tuple[OpenCaseShape, ...]
    cards: dict[str, str]
    scan_orders: tuple[ScanOrderShape, ...]
    orders: tuple[OrderShape, ...]
    hold_takes: tuple[HoldTakeShape, ...]
    insurance: tuple[InsuredShape, ...]
    slips: tuple[str, ...]
