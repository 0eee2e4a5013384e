"""Carries out the orders that come by ``/control``.

Changes the acquirer's plans, books and files. What a reader would get wrong: an order about
something unknown is HTTP 409, so that a mistake in a test is seen at once.
"""

from datetime import timedelta
from typing import Literal, assert_never

from fastapi import HTTPException
from pydantic import TypeAdapter

from sandbox.platforms.acquirer import control_orders as orders
from sandbox.platforms.acquirer.channels import fits
from sandbox.platforms.acquirer.movements import Movement
from sandbox.platforms.acquirer.one_code import SigningState
from sandbox.platforms.acquirer.orders import FOR_EVER, PayPlan
from sandbox.platforms.acquirer.pay_wire import DebitCode, FailCode
from sandbox.platforms.acquirer.refunds import RefundPlan
from sandbox.platforms.acquirer.state import AcquirerState
from sandbox.platforms.acquirer.statement import AmountChanged, RowAdded, RowDropped, RowMoved
from sandbox.platforms.acquirer.transfers import TransferPlan

_FAIL_CODES: TypeAdapter[FailCode | DebitCode] = TypeAdapter(FailCode | DebitCode)


def plan(state: AcquirerState, order: orders.PlanOrder) -> None:
    """Remember how the next requests go."""
    plans = state.plans
    match order:
        case orders.NextPay():
            plans.pays.append(_pay_plan(order))
        case orders.PasswordOver():
            plans.password_over_fen = order.amount_fen
        case orders.NextHold():
            plans.completers.append(order.completer)
        case orders.NextRefund():
            outcome: Literal["SUCCESS", "FAIL"]
            outcome = "SUCCESS" if order.outcome == "success" else "FAIL"
            plans.refunds.append(RefundPlan(outcome, order.polls))
        case orders.NextReverse():
            plans.recalls += order.count
        case orders.NextTransfer():
            code = order.code if order.outcome == "returned" else None
            ordered = TransferPlan(code, order.polls)
            if order.item_no is None:
                plans.transfers.append(ordered)
            else:
                plans.transfer_of[order.item_no] = ordered
        case orders.RefundWindow():
            plans.refund_days[order.channel] = order.days
        case orders.SetClock():
            state.clock.set(order.now)
        case _:
            assert_never(order)


def act(state: AcquirerState, order: orders.PersonOrder) -> None:
    """Do what a person did; HTTP 409 when it cannot be done."""
    books = state.books
    done = True
    match order:
        case orders.ScanQr():
            done = books.wallet.scan(order.order_no, order.payer, state.now())
        case orders.OneCode():
            signing = SigningState(order.signed, order.channel if order.signed else "")
            books.one_code.sign(order.ec_token, signing)
        case orders.SignAgreement():
            done = books.agreements.sign(
                order.reference,
                order.channel,
                order.payer,
                order.daily_limit_fen,
                order.agreement_no,
            )
        case orders.CancelAgreement():
            done = books.agreements.cancel(order.agreement_no).result == "CANCELLED"
        case orders.SignCredit():
            done = books.credit.sign(
                order.contract_no,
                order.id_number,
                order.owner,
                order.limit_fen,
                order.product,
                order.form,
            )
        case orders.ShareCredit():
            done = books.credit.share(order.contract_no, order.id_number, order.family_contract_no)
        case orders.CancelCredit():
            done = books.credit.cancel(order.contract_no)
        case orders.RepayCredit():
            done = books.credit.repay(order.contract_no, order.amount_fen)
        case orders.ReturnTransfer():
            done = books.transfers.come_back(order.item_no, order.code)
        case orders.AgeOrder():
            done = _age(state, order)
        case _:
            assert_never(order)
    if not done:
        raise HTTPException(409, "the books know nothing such, or it is over")


def change_files(state: AcquirerState, order: orders.FileOrder) -> None:
    """Let the daily files differ from the books; HTTP 409 when there is no such row."""
    if isinstance(order, orders.AddRow):
        if not fits(order.channel, order.number):
            raise HTTPException(409, "the channel's file has no room for this number")
        movement = Movement(
            channel=order.channel,
            kind=order.kind,
            number=order.number,
            amount_fen=order.amount_fen,
            original_number=order.original_number,
        )
        state.plans.changes.append(RowAdded(movement, orders.date_of(order.day)))
        return
    kind = "PAY" if isinstance(order, orders.Adjust) else order.kind
    key = f"{kind} {order.number}"
    if not any(row.movement.key == key for row in state.rows()):
        raise HTTPException(409, "no file has this row")
    match order:
        case orders.DropRow():
            state.plans.changes.append(RowDropped(key))
        case orders.ChangeAmount():
            state.plans.changes.append(AmountChanged(key, order.amount_fen))
        case orders.MoveToNextDay():
            state.plans.changes.append(RowMoved(key))
        case orders.Adjust():
            state.plans.adjusted_fen[order.number] = order.amount_fen
        case _:
            assert_never(order)


def _age(state: AcquirerState, order: orders.AgeOrder) -> bool:
    moved_at = state.books.moved_at
    key = f"PAY {order.order_no}"
    if key not in moved_at:
        return False
    moved_at[key] -= timedelta(days=order.days)
    return True


def _pay_plan(order: orders.NextPay) -> PayPlan:
    outcome, _, code = order.outcome.partition(":")
    polls = order.polls if order.then == "success" else FOR_EVER
    match outcome:
        case "fail":
            return PayPlan(fail=_FAIL_CODES.validate_python(code))
        case "userpaying":
            return PayPlan("USERPAYING", polls)
        case "systemerror":
            return PayPlan("SYSTEMERROR", polls)
        case _:
            return PayPlan()
