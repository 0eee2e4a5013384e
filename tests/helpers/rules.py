"""What must be true whatever happened: checked at a journey's end and after recovery.

Each rule returns sentences; an empty list is a pass. The numbers are those of reliability.md 6.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from core.journal.operations import Operation
from core.journeys.doubt import Doubtful
from core.journeys.hold import HoldNotPlaced, HoldPlaced
from core.journeys.issue_card import CardIssued
from core.journeys.refund import NotRefunded, Refunded
from core.journeys.settle import NotSettled, Settled
from core.journeys.top_up import NotRaised, Raised
from core.operation import OperationKind, OperationState
from core.slips import DoubtSlip
from core.upkeep.cash_box import batches
from kiosk.steps import ShowCardIssued, ShowHoldPlaced, ShowSettled, ShowTrouble
from tests.helpers.backend_model import CardState
from tests.helpers.driver import Played
from tests.helpers.world import World

_S = OperationState


def at_the_end(world: World, played: Played[Any]) -> list[str]:
    """After a journey that was not cut off by the power."""
    return [
        *world.broken_rules,
        *_left_open(world),
        *_told_wrong(world, played),
        *_cards(world),
        *_slips(world),
    ]


def when_recovered(world: World) -> list[str]:
    """After recovery with the faults off: nothing is open, nothing is lost, nothing is doubled."""
    operations = world.operations()
    still = [
        f"{one.kind} {one.operation_id} is still open" for one in operations.values() if one.open
    ]
    told = [text for one in operations.values() for text in _books_differ(world, one)]
    books = (*_cards(world), *_slips(world), *_notes(world, operations))
    return [*world.broken_rules, *still, *told, *books]


def _left_open(world: World) -> Iterator[str]:
    """I11: what stays open is a doubt that the patient was told of."""
    if world.journal_troubled:
        return
    for one in world.operations().values():
        if one.open and one.state is not _S.UNKNOWN:
            yield f"{one.kind} was left {one.state}"
        if one.state is _S.UNKNOWN and "vended" not in one.phases and not _slip_tried(world, one):
            yield f"{one.kind} is in doubt and no slip was tried"


def _slip_tried(world: World, doubtful: Operation) -> bool:
    return any(
        one.kind is OperationKind.DOCUMENT and one.text("of") == doubtful.operation_id
        for one in world.operations().values()
    )


def _told_wrong(world: World, played: Played[Any]) -> Iterator[str]:
    """I8: what was shown is so."""
    kept_fen = _kept_fen(world)
    states = {account.state for account in world.backend.accounts.values()}
    for ask in played.asks:
        match ask:
            case ShowTrouble(money="untouched" | "returned" as money) if kept_fen:
                yield f"shown {money}, and {kept_fen} fen are kept"
            case ShowSettled() if states - {"CANCELLED", "QUOTED"} != {"COMPLETED"}:
                yield f"shown settled, and the backend says {states}"
            case ShowHoldPlaced() if not (world.pos.held_fen and world.backend.holds):
                yield "shown placed, and the hold does not stand on both sides"
            case ShowCardIssued() if not _active(world):
                yield "shown issued, and no active card is outside"
    match played.end:
        case NotSettled() | HoldNotPlaced() | NotRaised() if kept_fen:
            yield f"ended {played.end.reason}, and {kept_fen} fen are kept"
        case Settled() if states != {"COMPLETED"}:
            yield f"ended settled, and the backend says {states}"
        case HoldPlaced() if not (world.pos.held_fen and world.backend.holds):
            yield "ended placed, and the hold does not stand on both sides"
        case Raised() if sum(one.amount_fen for one in world.backend.top_ups.values()) != (
            world.pos.sold_fen + world.acceptor.boxed_fen
        ):
            yield "ended raised, and what was booked is not what was taken"
        case CardIssued() if not _active(world):
            yield "ended issued, and no active card is outside"
        case Refunded() if "PAID" not in world.backend.refunds.values():
            yield "ended refunded, and no money moved"
        case NotRefunded() if "PAID" in world.backend.refunds.values():
            yield "ended not refunded, and money moved"
        case Doubtful(case_id) if case_id not in world.operations():
            yield "a doubt names no operation"


def _kept_fen(world: World) -> int:
    """Patients' money on our side, wherever it is."""
    pos = world.pos
    return world.backend.taken_fen + pos.held_fen + pos.sold_fen + world.acceptor.boxed_fen


def _active(world: World) -> bool:
    cards = world.backend.cards
    return any(cards[number] is CardState.ACTIVE for number in world.dispenser.outside)


def _cards(world: World) -> Iterator[str]:
    """A withdrawn number is never in a hand."""
    for number in world.dispenser.outside:
        if world.backend.cards[number] is CardState.VOID:
            yield f"card {number} is outside and void"
    for number in world.dispenser.captured:
        if number and world.backend.cards[number] is CardState.ACTIVE:
            yield f"card {number} is in the bin and active"


def _notes(world: World, operations: Mapping[str, Operation]) -> Iterator[str]:
    """I1: the ledger of the cash box is what lies in it, but for a note that a person looks for."""
    ledger_fen = sum(batch.total_fen for batch in batches(world.records))
    suspended_fen = sum(
        one.number("cash_fen") for one in operations.values() if one.state is _S.SUSPENSE
    )
    if not ledger_fen <= world.acceptor.boxed_fen <= ledger_fen + suspended_fen:
        yield f"in the box: {world.acceptor.boxed_fen}, in its ledger: {ledger_fen}"


def _slips(world: World) -> Iterator[str]:
    """One doubt slip an operation, however often recovery runs."""
    for slip in world.printer.tried:
        if isinstance(slip, DoubtSlip) and world.doubt_slips(slip.operation_id) > 1:
            yield f"{world.doubt_slips(slip.operation_id)} doubt slips of {slip.operation_id}"


def _books_differ(world: World, one: Operation) -> Iterator[str]:
    """I3, I5, I6: the journal's last word against the other side's books."""
    if one.state is _S.SUSPENSE:
        known = (*world.backend.cases, *world.papers.cases)
        if one.operation_id not in known and not _suspended(world, one):
            yield f"{one.kind} is in suspense and nobody owns it"
        return
    done = one.state is _S.DONE
    match one.kind:
        case OperationKind.SETTLE:
            account = world.backend.accounts.get(one.operation_id)
            taken = account is not None and account.state == "COMPLETED"
            boxed_fen = sum(world.acceptor.boxed.get(one.operation_id, ()))
            sold_here = world.pos.sales.get(f"{one.operation_id}-0")
            sold = sold_here is not None and sold_here.stands
            if (boxed_fen or sold) and not done:
                yield f"settlement {one.state}, in the box: {boxed_fen}, sold: {sold}"
            if taken is not done or (account is not None and account.taken_fen and not done):
                yield f"settlement {one.state}, backend {account}"
        case OperationKind.HOLD:
            hold = world.pos.holds.get(one.operation_id)
            held = hold is not None and hold.held
            if (held, one.operation_id in world.backend.holds) != (done, done):
                yield f"hold {one.state}, held at the bank: {held}, {world.backend.holds}"
        case OperationKind.RELEASE if one.text("hold_id"):
            if world.backend.old_released is not done:
                yield f"release {one.state}, the hold is free: {world.backend.old_released}"
        case OperationKind.TOP_UP:
            swiped = world.pos.sales.get(one.operation_id)
            sold_fen = swiped.approved.amount_fen if swiped is not None and swiped.stands else 0
            taken_fen = sold_fen + sum(world.acceptor.boxed.get(one.operation_id, ()))
            booked = world.backend.top_ups.get(one.operation_id)
            booked_fen = booked.amount_fen if booked is not None else 0
            if taken_fen != booked_fen or bool(booked_fen) is not done:
                yield f"top-up {one.state}, taken: {taken_fen}, booked: {booked_fen}"
        case OperationKind.CARD_ISSUE:
            active = world.backend.cards.get(one.text("card_number")) is CardState.ACTIVE
            if active is not done:
                yield f"card {one.state}, active: {active}"
        case OperationKind.REFUND:
            paid = world.backend.refunds.get(one.text("refund_id")) == "PAID"
            if paid is not done:
                yield f"refund {one.state}, paid: {paid}"
        case OperationKind.DOCUMENT:
            if one.state not in (_S.DONE, _S.OWED):
                yield f"document {one.state}"
        case OperationKind.INVOICE:
            sheets = world.papers.sheets.get(one.text("invoice_id"), [])
            if done and sheets != ["PRINTED"]:
                yield f"invoice {one.state}, its sheets: {sheets}"
        case OperationKind.GOODS:
            sale = world.papers.sales.get(one.text("sale_id"), "")
            if (sale == "HANDED_OUT") is not done:
                yield f"goods {one.state}, the sale: {sale}"


def _suspended(world: World, one: Operation) -> bool:
    account = world.backend.accounts.get(one.operation_id)
    refund = world.backend.refunds.get(one.text("refund_id"))
    return refund == "SUSPENSE" or (account is not None and account.state == "SUSPENSE")
